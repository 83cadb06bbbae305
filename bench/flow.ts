/**
 * The flow of the benchmark: one task for each detection. No shipped flow makes a task of every event (greeting groups,
 * claims and waits), so this one does, with everything a shipped one costs: a machine, a view, a policy, a claim, a
 * reason, and the answers to its tasks.
 */
import { assign, setup } from 'xstate'
import { z } from 'zod'
import { defineFlow, intend } from '#flows/define.ts'
import type { FactTypes, TaskAnswer } from '#protocol/flow-events.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import type { BranchView, Mode } from '#protocol/model.ts'
import { ticketZone } from './branch.ts'

const Policy = z.object({
  showForMs: z.int().min(0).default(5_000),
  priority: z.int().min(0).max(9).default(4),
})
type Policy = z.infer<typeof Policy>

interface View {
  readonly zone: string
  readonly mode: Mode
  readonly languages: readonly string[]
}

interface Context {
  readonly zone: string
  readonly detected: number
  readonly answered: number
}

type Seen = { readonly at: number; readonly view: View; readonly policy: Policy }
type Detection = { readonly type: 'arrivals.counted' } & FactTypes['arrivals.counted'] & Seen
type Event = Detection | (TaskAnswer & Seen)

const words = [
  { language: 'zh', text: '欢迎光临' },
  { language: 'en', text: 'Welcome' },
]

/** An entry in the queue system for what is counted at the desk, something on a screen for everyone else. */
const work = ({ zone, detected }: Context, policy: Policy) =>
  zone === ticketZone
    ? {
        capability: 'manage-ticket',
        command: { ticket: `A${detected}`, service: 'cash', action: 'hold' },
        kinds: ['ticket-machine' as const],
      }
    : {
        capability: 'display',
        command: { content: { template: 'greeting', words }, showForMs: policy.showForMs },
        kinds: ['screen' as const],
      }

const wanted = ({ context, event }: { context: Context; event: Event }): TaskIntent => {
  const { policy } = event
  const { capability, command, kinds } = work(context, policy)
  const ref = `detection-${context.detected}`
  return {
    type: 'task',
    ref,
    capability,
    command,
    subject: { zone: context.zone },
    who: { members: 'devices', kinds },
    priority: policy.priority,
    claims: [{ key: `attention:${context.zone}:${ref}`, kind: 'lease' }],
    ackWithinMs: 10_000,
    startWithinMs: 10_000,
    runWithinMs: 60_000,
    expiresInMs: 120_000,
    attemptsMax: 3,
    because: { code: 'bench.detected', params: { zone: context.zone } },
  }
}

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as { key: string; at: number } },
  actions: {
    intend,
    count: assign({ detected: ({ context }) => context.detected + 1 }),
    hear: assign({ answered: ({ context }) => context.answered + 1 }),
  },
}).createMachine({
  id: 'bench-detection',
  initial: 'watching',
  context: ({ input }) => ({ zone: input.key, detected: 0, answered: 0 }),
  states: {
    watching: {
      on: {
        'arrivals.counted': { actions: ['count', { type: 'intend', params: wanted }] },
        'task.done': { actions: 'hear' },
        'task.failed': { actions: 'hear' },
        'task.unknown': { actions: 'hear' },
        'task.expired': { actions: 'hear' },
      },
    },
  },
})

export const detectionFlow = defineFlow<Policy, View>({
  id: 'bench-detection',
  version: 1,
  title: { en: 'Benchmark', zh: '基准测试' },
  purpose: { en: 'Makes one task for each detection.', zh: '每次检测产生一个任务。' },
  policy: Policy,
  listens: ['arrivals.counted'],
  starts: ['arrivals.counted'],
  key: (event) => (event.type === 'arrivals.counted' ? event.zone : undefined),
  view: (model: BranchView, zone) => ({
    zone,
    mode: model.branch.mode,
    languages: model.branch.languages,
  }),
  machine,
  modes: {
    closed: 'run',
    opening: 'run',
    open: 'run',
    closing: 'run',
    'cash-delivery': 'run',
    emergency: 'stop',
  },
  pausable: true,
  gracedDelays: [],
  migrations: {},
})
