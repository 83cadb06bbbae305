import { describe, expect, test } from 'vitest'
import { applyIntent } from '#hub/branch/intents.ts'
import type { Intent } from '#protocol/intents.ts'
import { createTestBranch, type TestBranch } from '../support/branch.ts'
import { createTestTurn } from '../support/turn.ts'

const origin = {
  flow: 'care',
  instance: 'care/robot-1',
  version: 1,
  policyRevision: 0,
  policySetBy: 'default',
}

let seq = 10_000
const want = (branch: TestBranch, intent: Intent) => {
  seq += 1
  const turn = createTestTurn({
    state: branch.state,
    at: branch.at(),
    seq,
    body: { kind: 'clock', stepMs: 0 },
  })
  applyIntent(turn, origin, intent)
  return turn
}

const alert: Intent = {
  type: 'alert',
  key: 'stuck/robot-1',
  priority: 'urgent',
  because: { code: 'care.stuck', params: { seconds: 10 } },
  subject: { device: 'robot-1' },
}

describe('alerts', () => {
  test('a flood is one row with a count, its record thinned', () => {
    const branch = createTestBranch()
    const records = Array.from({ length: 100 }, () => {
      branch.advance(1_000)
      return want(branch, alert).decisions
    }).flat()
    expect(branch.state.alerts.values()).toMatchObject([
      { key: 'stuck/robot-1', count: 100, lastAt: branch.at(), code: 'care.stuck', clearedAt: null },
    ])
    expect(records.map((one) => one.params?.['count'])).toEqual([1, 2, 4, 8, 16, 32, 64])
    expect(records[0]).toMatchObject({ kind: 'alert', device: 'robot-1', flow: 'care' })
  })

  test('claimed, cleared, remembered for a while, and a new one when it comes back', () => {
    const branch = createTestBranch()
    want(branch, alert)
    const first = branch.state.alerts.get('stuck/robot-1')
    branch.command({ name: 'alert.claim', alert: first?.id ?? '', by: 'li' })
    expect(branch.state.alerts.get('stuck/robot-1')?.claimedBy).toBe('li')
    want(branch, { type: 'alert.clear', key: 'stuck/robot-1' })
    expect(want(branch, { type: 'alert.clear', key: 'stuck/robot-1' }).decisions).toEqual([])
    branch.advance(599_999)
    want(branch, alert)
    expect(branch.state.alerts.get('stuck/robot-1')).toMatchObject({ count: 1, claimedBy: null })
    expect(branch.state.alerts.get('stuck/robot-1')?.id).not.toBe(first?.id)
    branch.advance(3_600_000)
    expect(branch.state.alerts.size).toBe(1)
    want(branch, { type: 'alert.clear', key: 'stuck/robot-1' })
    branch.advance(600_000)
    expect(branch.state.alerts.size).toBe(0)
  })
})

test('a request for a person stays open until someone takes and ends it', () => {
  const branch = createTestBranch()
  const turn = want(branch, {
    type: 'escalate',
    reason: 'nobody-free',
    subject: { zone: 'waiting', ticket: 'A1' },
  })
  const id = branch.state.escalations.keys()[0] ?? ''
  expect(turn.decisions).toMatchObject([{ code: 'escalation.requested', ticket: 'A1', zone: 'waiting' }])
  branch.advance(86_400_000)
  expect(branch.state.escalations.get(id)?.state).toBe('open')
  branch.command({ name: 'escalation.take', escalation: id, by: 'wang' })
  branch.command({ name: 'escalation.take', escalation: id, by: 'li' })
  branch.command({ name: 'escalation.end', escalation: id, by: 'wang', outcome: 'helped' })
  expect(branch.told('escalation.changed')).toEqual([
    {
      type: 'escalation.changed',
      escalation: id,
      instance: 'care/robot-1',
      state: 'taken',
      by: 'wang',
      outcome: null,
    },
    {
      type: 'escalation.changed',
      escalation: id,
      instance: 'care/robot-1',
      state: 'ended',
      by: 'wang',
      outcome: 'helped',
    },
  ])
  branch.advance(600_000)
  expect(branch.state.escalations.size).toBe(0)
})

test('marks last as long as what they are on, are told on tickets, and only when they change', () => {
  const branch = createTestBranch()
  branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1' })
  branch.event('tickets-1', 'ticket.issued', { ticket: 'A1', service: 'cash' })
  const visit = branch.view().visits()[0]?.id ?? ''
  const refused = { type: 'mark', on: 'visit', id: visit, name: 'diversion.refused', value: true } as const
  expect(want(branch, refused).decisions).toMatchObject([{ kind: 'mark', visit, code: 'mark.set' }])
  expect(want(branch, refused).decisions).toEqual([])
  expect(branch.view().visit(visit)?.marks).toEqual({ 'diversion.refused': true })
  const turn = want(branch, { type: 'mark', on: 'ticket', id: 'A1', name: 'divert', value: 'k1' })
  expect(turn.facts).toEqual([
    { type: 'ticket.marked', ticket: 'A1', service: 'cash', visit: null, name: 'divert', value: 'k1' },
  ])
  expect(want(branch, { type: 'mark', on: 'ticket', id: 'A9', name: 'x', value: 1 }).facts).toEqual([])
})

test('plays count by the branch’s own day', () => {
  const branch = createTestBranch()
  want(branch, { type: 'played', campaign: 'gold', visit: null })
  want(branch, { type: 'played', campaign: 'gold', visit: null })
  expect(branch.view().plays('gold')).toBe(2)
  expect(branch.view().plays('silver')).toBe(0)
  // 09:00 in Shanghai: fifteen hours to midnight there, not in London.
  branch.advance(15 * 3_600_000 - 1)
  expect(branch.view().plays('gold')).toBe(2)
  branch.advance(1)
  expect(branch.view().plays('gold')).toBe(0)
  want(branch, { type: 'played', campaign: 'gold', visit: null })
  expect(branch.view().plays('gold')).toBe(1)
  expect(branch.state.plays.size).toBe(1)
})
