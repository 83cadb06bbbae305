/** For trying robots out: whoever asks for help is led to the zone they ask for, by whichever robot can. */
import { setup } from 'xstate'
import { z } from 'zod'
import { defineFlow, inEveryMode, intend } from '#flows/define.ts'
import { setting, span } from '#flows/setting.ts'
import { isAbout, onEach, undone, wish } from '#flows/wish.ts'
import type { Seen } from '#protocol/flow-events.ts'
import type { TaskIntent } from '#protocol/intents.ts'

const EscortPolicy = z.strictObject({
  waitMs: setting(
    span(1_000, 600_000).default(300_000),
    'How long a robot is waited for',
    '等候机器人的时长',
  ),
})

interface Step {
  readonly context: { readonly zone: string }
  readonly event: Seen<object, z.infer<typeof EscortPolicy>>
}

const lead = ({ event }: Step): TaskIntent => ({
  type: 'task',
  ref: 'lead',
  capability: 'guide',
  command: { to: { zone: event.type === 'help.requested' ? (event.zone ?? '') : '' } },
  subject: {},
  who: { members: 'devices', kinds: ['robot'] },
  priority: 5,
  claims: [],
  ackWithinMs: 3_000,
  startWithinMs: 10_000,
  runWithinMs: 60_000,
  expiresInMs: event.policy.waitMs,
  attemptsMax: 3,
  because: { code: 'help-asked' },
})

const guard = { type: 'about', params: { ref: 'lead' } } as const

const escortMachine = setup({
  types: {
    context: {} as Step['context'],
    events: {} as Step['event'],
    input: {} as { key: string; at: number },
  },
  actions: { intend },
  guards: { about: isAbout },
  delays: { patience: ({ event }) => event.policy.waitMs + 300_000 },
}).createMachine({
  id: 'escort',
  context: { zone: '' },
  initial: 'quiet',
  states: {
    quiet: { on: { 'help.requested': { target: 'leading', actions: wish(lead) } } },
    leading: {
      on: {
        'task.done': { guard, target: 'over' },
        ...onEach(undone, { guard, target: 'over' }),
      },
      after: { patience: 'over' },
    },
    over: { type: 'final' },
  },
})

export const escort = defineFlow({
  id: 'escort',
  version: 1,
  title: { en: 'Escort', zh: '引路' },
  purpose: { en: 'Leads whoever asks for help', zh: '为求助者引路' },
  policy: EscortPolicy,
  listens: ['help.requested'],
  starts: ['help.requested'],
  key: (event) => (event.type === 'help.requested' ? (event.reason ?? undefined) : undefined),
  view: () => ({}),
  machine: escortMachine,
  modes: inEveryMode('run'),
  pausable: true,
  gracedDelays: ['patience'],
  migrations: {},
})
