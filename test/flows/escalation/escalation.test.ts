import { describe, expect, it } from 'vitest'
import { escalation } from '#flows/escalation/flow.ts'
import { attended, call, lobby, unanswered } from '#flows/escalation/samples.ts'
import type { TaskAnswer } from '#protocol/flow-events.ts'
import type { Intent } from '#protocol/intents.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { runFlow } from '../kit/run-flow.ts'
import { escalationProof } from './proof.ts'

describeFlow(escalation, escalationProof)

const begin = (rows = lobby) => {
  const run = runFlow(escalation, { key: 'call-1', rows, policy: {} })
  return { run, first: run.tell(call()) }
}
const answer = (type: TaskAnswer['type'], ref: string): TaskAnswer => ({
  type,
  ref,
  task: 't',
  member: 'person/li',
  reason: 'x',
  result: {},
  progress: {},
})
const types = (intents: readonly Intent[]) => intents.map(({ type }) => type)
const lease = { key: 'attention:visit:v1', kind: 'lease', leaseMs: 3_600_000 }

describe('around a call', () => {
  it('robots leave the visitor in peace from the request to the end, whoever else had their attention first', () => {
    expect(begin().first).toMatchObject([{ type: 'claim', claim: lease }])
    const { run, first } = begin(attended)
    expect(first).toEqual([])
    run.set(lobby)
    expect(run.tell(call({ state: 'ringing', was: 'waiting' }))).toMatchObject([{ claim: lease }])
    const over = run.tell(call({ state: 'ended', was: 'wrap-up', outcome: 'solved' }))
    expect(over).toEqual([
      { type: 'release', claim: 'attention:visit:v1' },
      { type: 'alert.clear', key: 'call:call-1' },
    ])
  })

  it('a lost expert is told to people until the next one stands in the call', () => {
    const { run } = begin()
    const lost = run.tell(call({ state: 'waiting', was: 'resuming', ahead: 1 }))
    expect(lost.at(-1)).toMatchObject({ type: 'alert', because: { code: 'escalation.expert-lost' } })
    const back = run.tell(call({ state: 'in-call', was: 'accepted', ahead: 1 }))
    expect(back.at(-1)).toEqual({ type: 'alert.clear', key: 'call:call-1' })
  })
})

describe('where no expert came', () => {
  it('a person on the spot is asked at once, with an urgent alert, and the attention is let go', () => {
    const { run } = begin()
    const asked = run.tell(unanswered)
    expect(types(asked)).toEqual(['release', 'task', 'alert'])
    expect(asked[1]).toMatchObject({
      capability: 'call-staff',
      command: { at: { place: 'kiosk-place-1', zone: 'kiosks' }, reason: 'expert-nobody-came' },
    })
    expect(asked[2]).toMatchObject({ priority: 'urgent', because: { code: 'escalation.nobody-came' } })
    expect(run.tell(answer('task.accepted', 'staff-1'))).toEqual([
      { type: 'alert.clear', key: 'call:call-1' },
    ])
    expect(types(run.tell(answer('task.done', 'staff-1')))).toEqual(['alert.clear', 'pass'])
    expect(run.ended).toBe(true)
  })

  it('people are asked anew while nobody answers, and after the last round the alert stays', () => {
    const run = runFlow(escalation, { key: 'call-1', rows: lobby, policy: { roundsMax: 2 } })
    run.tell(unanswered)
    run.tell(answer('task.refused', 'staff-1'))
    expect(types(run.wait(60_000))).toEqual(['task', 'alert'])
    run.tell(answer('task.expired', 'staff-2'))
    expect(types(run.wait(60_000))).toEqual(['alert'])
    expect(run.ended).toBe(true)
  })

  it('what an expert leaves to the branch is asked of people as well; what is solved is not', () => {
    const rest = begin().run.tell(call({ state: 'ended', was: 'wrap-up', outcome: 'follow-up' }))
    expect(rest[1]).toMatchObject({ command: { reason: 'expert-finish-here' } })
    const solved = begin().run.tell(call({ state: 'ended', was: 'wrap-up', outcome: 'call-back' }))
    expect(types(solved)).toEqual(['release', 'alert.clear'])
  })
})
