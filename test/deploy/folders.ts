/** Flow folders made for a test, removed after it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Folders {
  readonly root: string
  /** Writes the files of one flow and returns its folder. */
  write(name: string, files: Readonly<Record<string, string>>): string
  /** A copy of the folder of a shipped flow. */
  copyShipped(flow: string): string
  remove(): void
}

export const createFolders = (): Folders => {
  const root = mkdtempSync(join(tmpdir(), 'usher-flows-'))
  return {
    root,
    write: (name, files) => {
      for (const [path, text] of Object.entries(files)) {
        const file = join(root, name, path)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, text)
      }
      return join(root, name)
    },
    copyShipped: (flow) => {
      const to = join(root, flow)
      cpSync(join(import.meta.dirname, '../../flows', flow), to, { recursive: true })
      return to
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

export interface BellParts {
  readonly version?: number
  /** Further lines of the declaration. */
  readonly more?: string
  /** Lines before the machine. */
  readonly before?: string
  /** The states after `waiting`. */
  readonly waiting?: string
  readonly id?: string
}

/** A small sound flow, as a vendor would write it: somebody is called to where help is asked for. */
export const bellFlow = ({
  version = 1,
  more = '',
  before = '',
  waiting,
  id = 'bell',
}: BellParts = {}): string => `
import { assign, setup } from 'xstate'
import { z } from 'zod'
import { defineFlow, inEveryMode, intend } from '#flows/define.ts'
import { setting, span } from '#flows/setting.ts'
import { about, isAbout, wish } from '#flows/wish.ts'
import type { Seen } from '#protocol/flow-events.ts'
${before}
const Policy = z.strictObject({
  patienceMs: setting(span(1_000, 600_000).default(60_000), 'How long to wait for a person', '等待员工的时间'),
})
type Policy = z.infer<typeof Policy>
interface View { readonly zone: string | null }
interface Context { readonly key: string; readonly calls: number }

const call = ({ context, event }: { context: Context; event: Seen<View, Policy> }) => ({
  type: 'task',
  ref: 'call',
  capability: 'call-staff',
  command: { at: event.view.zone === null ? {} : { zone: event.view.zone }, reason: 'bell' },
  subject: { device: context.key },
  who: { members: 'people' },
  priority: 6,
  claims: [],
  ackWithinMs: 30_000,
  startWithinMs: 60_000,
  runWithinMs: 600_000,
  expiresInMs: 60_000,
  attemptsMax: 3,
  because: { code: 'bell-rung' },
}) as const

const machine = setup({
  types: { context: {} as Context, events: {} as Seen<View, Policy>, input: {} as { key: string; at: number } },
  actions: { intend, count: assign({ calls: ({ context }) => context.calls + 1 }) },
  guards: { about: isAbout },
  delays: { patience: ({ event }) => event.policy.patienceMs },
}).createMachine({
  id: '${id}',
  context: ({ input }) => ({ key: input.key, calls: 0 }),
  initial: 'new',
  states: {
    new: { on: { 'help.requested': { target: 'waiting', actions: 'count' } } },
    waiting: ${
      waiting ??
      `{
      entry: wish(call),
      on: {
        'task.done': { guard: about('call'), target: 'over' },
        'task.refused': { guard: about('call'), target: 'over' },
        'task.failed': { guard: about('call'), target: 'over' },
        'task.expired': { guard: about('call'), target: 'over' },
        'task.cancelled': { guard: about('call'), target: 'over' },
        'task.unknown': { guard: about('call'), target: 'over' },
      },
      after: { patience: 'over' },
    }`
    },
    over: { type: 'final' },
  },
})

export const bell = defineFlow({
  id: '${id}',
  version: ${version},
  title: { en: 'Bell', zh: '呼叫铃' },
  purpose: { en: 'Calls a person where help is asked for', zh: '求助处呼叫员工' },
  policy: Policy,
  listens: ['help.requested'],
  starts: ['help.requested'],
  key: (event) => (event.type === 'help.requested' ? event.device : undefined),
  view: (model, key): View => ({ zone: model.device(key)?.zone ?? null }),
  machine,
  modes: inEveryMode('run'),
  pausable: true,
  gracedDelays: ['patience'],
  migrations: {},
  ${more}
})
`
