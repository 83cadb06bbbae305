/** How the greeting tests begin, and what they look at. */
import { greeting } from '#flows/greeting/flow.ts'
import { lobby } from '#flows/greeting/samples.ts'
import type { Rows } from '#flows/samples/model.ts'
import { monday, visitRow } from '#flows/samples/rows.ts'
import type { FlowEvent } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import type { VisitRow } from '#protocol/model.ts'
import { runFlow } from '../kit/run-flow.ts'

export const visitor = (change: Partial<VisitRow>, rows: Partial<Rows> = {}): Rows => ({
  ...lobby,
  visits: [visitRow({ id: 'v1', ...change })],
  ...rows,
})
const started: FlowEvent = {
  type: 'visit.started',
  visit: 'v1',
  zone: 'entrance',
  grade: 'tracked',
  party: 1,
}
export const greets = { ref: 'greet', task: 't1', member: 'robot-1' }
export const start = (
  rows: Rows = lobby,
  options: { policy?: Record<string, unknown>; lateByMs?: number } = {},
) => {
  const run = runFlow(greeting, {
    key: 'v1',
    rows,
    policy: options.policy ?? {},
    at: monday + (options.lateByMs ?? 0),
  })
  run.tell(started)
  return run
}
export const capabilitiesOf = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => (intent.type === 'task' ? [intent.capability] : []))
export const passesOf = (intents: readonly Intent[]) =>
  intents.flatMap((intent) => (intent.type === 'pass' ? [intent.because.code] : []))
