/** One small sound flow, and the parts in which a planted one differs from it. */
import { assign, type StateNodeConfig, setup } from 'xstate'
import { z } from 'zod'
import { type AnyFlow, defineFlow, inEveryMode, intend } from '#flows/define.ts'
import type { Rows } from '#flows/samples/model.ts'
import { deviceRow, visitRow } from '#flows/samples/rows.ts'
import type { Scenario } from '#flows/samples/scenario.ts'
import { setting, span } from '#flows/setting.ts'
import { about, isAbout, wish } from '#flows/wish.ts'
import type { Intent, TaskIntent } from '#protocol/intents.ts'

// biome-ignore format: a state of any machine
// oxlint-disable-next-line typescript/no-explicit-any -- planted faults are beyond the types of a machine
type State = StateNodeConfig<any, any, any, any, any, any, any, any, any, any> | Record<string, unknown>

export const task = (change: Partial<TaskIntent> = {}): TaskIntent => ({
  type: 'task',
  ref: 'call',
  capability: 'call-staff',
  command: { at: { zone: 'kiosks' }, reason: 'bell' },
  subject: { device: 'kiosk-1' },
  who: { members: 'people' },
  priority: 6,
  claims: [],
  ackWithinMs: 30_000,
  startWithinMs: 60_000,
  runWithinMs: 600_000,
  expiresInMs: 60_000,
  attemptsMax: 3,
  because: { code: 'bell-rung' },
  ...change,
})

/** Says `words` aloud for a visit. */
export const announcement = (claims: TaskIntent['claims']): TaskIntent =>
  task({
    ref: 'say',
    capability: 'announce',
    command: { at: { zone: 'kiosks' }, words: [{ language: 'en', text: 'Someone is coming.' }] },
    who: { members: 'devices' },
    claims,
  })

const named = (intents: Intent | readonly Intent[]) => {
  const wanted = () => intents
  return wish(wanted)
}

export const wants = (...intents: readonly Intent[]) => named(intents)

/** Every end of a task leads to the same place. */
export const ended = (target: string, ref = 'call'): Record<string, unknown> =>
  Object.fromEntries(
    ['done', 'refused', 'failed', 'expired', 'cancelled', 'unknown'].map((end) => [
      `task.${end}`,
      { guard: about(ref), target },
    ]),
  )

export interface Plant {
  readonly id?: string
  /** Replaces or adds states. */
  readonly states?: Readonly<Record<string, State>>
  readonly actions?: Readonly<Record<string, unknown>>
  readonly actors?: Readonly<Record<string, unknown>>
  readonly guards?: Readonly<Record<string, unknown>>
  readonly context?: unknown
  /** Parts of the declaration. */
  readonly flow?: Partial<AnyFlow>
}

export const waiting = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  entry: wants(task()),
  on: ended('over'),
  after: { patience: 'over' },
  ...change,
})

export const plant = ({
  id = 'bell',
  states = {},
  actions = {},
  actors,
  guards = {},
  context,
  flow = {},
}: Plant = {}): AnyFlow => {
  const parts: unknown = {
    ...(actors && { actors }),
    actions: {
      intend,
      count: assign({ calls: ({ context: now }) => (now as { calls: number }).calls + 1 }),
      ...actions,
    },
    guards: { about: isAbout, ...guards },
    delays: { patience: 60_000, again: 5_000 },
  }
  const made: unknown = setup(parts as never)
  const { createMachine } = made as { createMachine(config: unknown): AnyFlow['machine'] }
  const machine = createMachine({
    id,
    context: context ?? (({ input }: { input: { key: string } }) => ({ key: input.key, calls: 0 })),
    initial: 'new',
    states: {
      new: { on: { 'help.requested': 'waiting' } },
      waiting: waiting(),
      over: { type: 'final' },
      ...states,
    },
  })
  return defineFlow({
    id,
    version: 1,
    title: { en: 'Bell', zh: '呼叫铃' },
    purpose: { en: 'Calls a person', zh: '呼叫员工' },
    policy: z.strictObject({ waitMs: setting(span(1, 9).default(5), 'How long', '多久') }),
    listens: ['help.requested'],
    starts: ['help.requested'],
    key: () => 'kiosk-1',
    view: () => ({}),
    machine,
    modes: inEveryMode('run'),
    pausable: true,
    gracedDelays: ['patience'],
    migrations: {},
    ...flow,
  } as never)
}

const world: Rows = {
  devices: [deviceRow({ id: 'kiosk-1', kind: 'kiosk', zone: 'kiosks' })],
  visits: [visitRow({ id: 'v1' })],
}

export const samples: readonly Scenario[] = [
  {
    name: 'help at a kiosk',
    key: 'kiosk-1',
    worlds: [world],
    facts: [
      {
        type: 'help.requested',
        device: 'kiosk-1',
        zone: 'kiosks',
        ticket: null,
        visit: 'v1',
        service: null,
        reason: null,
        language: null,
      },
    ],
    refs: { call: [], say: [] },
  },
]
