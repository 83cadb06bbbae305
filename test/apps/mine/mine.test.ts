/** What of all the work and alerts of a branch is one person's own. */
import { describe, expect, it } from 'vitest'
import { alertsOf, mineOf } from '#apps/lobby/pages/mine/model.ts'
import { isWanted } from '#apps/lobby/pages/mine/use-own-life.ts'
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'
import { at, minute, task } from '../queues/rows.ts'

const mine = { member: 'person/li' }
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

describe('tasks of mine', () => {
  it('are those that I am asked for or do, what has the least time left first', () => {
    const { asked, going } = mineOf(
      [
        task('later', { ...mine, phase: 'offered', dueAt: at + 2 * minute }),
        task('soon', { ...mine, phase: 'offered', dueAt: at + minute }),
        task('whenever', { ...mine, phase: 'offered' }),
        task('doing', { ...mine, phase: 'started' }),
        task('robots', { member: 'robot-1', phase: 'offered' }),
        task('another', { member: 'person/wang', phase: 'offered' }),
        task('idea', { ...mine, phase: 'offered', suggested: true }),
        task('back', { ...mine, phase: 'queued' }),
      ],
      'li',
    )
    expect(ids(asked)).toEqual(['soon', 'later', 'whenever'])
    expect(ids(going)).toEqual(['doing'])
  })

  it('show lately only what I had taken on, newest first, and not all of it', () => {
    const over = (id: string, endedAt: number, acceptedAt: number | null = at) =>
      task(id, { ...mine, phase: 'done', acceptedAt, endedAt })
    const many = Array.from({ length: 7 }, (_, index) => over(`t${index}`, at + index))
    expect(ids(mineOf([...many, over('refused', at + 99, null)], 'li').ended)).toEqual([
      't6',
      't5',
      't4',
      't3',
      't2',
    ])
  })
})

describe('alerts of mine', () => {
  const alert = (id: string, more: Partial<LiveAlert>): LiveAlert => ({
    id,
    key: id,
    priority: 'high',
    code: 'x',
    params: {},
    flow: 'crowding',
    since: at,
    lastAt: at,
    count: 1,
    claimedBy: null,
    claimedAt: null,
    acknowledgedBy: null,
    shelved: null,
    turnOf: null,
    clearedAt: null,
    clearedBy: null,
    ...more,
  })

  it('are those whose turn is mine while nobody has them, and those that I have', () => {
    const alerts = [
      alert('turn', { turnOf: 'li', since: at - 1 }),
      alert('have', { claimedBy: 'li', since: at - 2 }),
      alert('taken', { turnOf: 'li', claimedBy: 'wang' }),
      alert('others', { turnOf: 'wang' }),
      alert('over', { turnOf: 'li', clearedAt: at }),
      alert('aside', { turnOf: 'li', shelved: { by: 'li', reason: 'x', until: at } }),
    ]
    expect(ids(alertsOf(alerts, 'li'))).toEqual(['have', 'turn'])
  })
})

describe('a switch that was pressed', () => {
  const life = (state: 'sent' | 'failed') => ({
    key: { boot: 'page-0001', n: 1 },
    command: { name: 'duty' as const, params: { person: 'li', onDuty: false } },
    state,
    at,
  })

  it('shows what was wanted until the hub says no', () => {
    expect(isWanted(undefined, 'duty', true)).toBe(true)
    expect(isWanted(life('sent'), 'duty', true)).toBe(false)
    expect(isWanted(life('failed'), 'duty', true)).toBe(true)
    expect(isWanted(life('sent'), 'do-not-disturb', true)).toBe(true)
  })
})
