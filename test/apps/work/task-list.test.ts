/** Which tasks stand where on the work page, and that its lists do not jump under a finger. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { othersFor } from '#apps/lobby/pages/work/others.ts'
import { subjectOf } from '#apps/lobby/pages/work/subject.ts'
import { canRetry, flowsOf, isLingering, lingerMs, listTasks } from '#apps/lobby/pages/work/task-list.ts'
import { createNames } from '#apps/lobby/said/names.ts'
import { settle } from '#apps/lobby/said/steady.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'

const task = (id: string, more: Partial<LiveTask> = {}): LiveTask => ({
  id,
  flow: 'greeting',
  capability: 'greet',
  subject: {},
  priority: 4,
  because: { code: 'visitor-came-in' },
  phase: 'offered',
  suggested: false,
  waitingFor: null,
  member: null,
  attempts: 0,
  createdAt: 1_000,
  acceptedAt: null,
  startedAt: null,
  endedAt: null,
  dueAt: null,
  endReason: null,
  to: null,
  askedBy: null,
  ...more,
})

const ids = (tasks: readonly LiveTask[]) => tasks.map(({ id }) => id)
const all = { filter: { stage: 'all', flow: null }, me: 'lobby-1' } as const

it('puts suggestions, open and ended ones apart, each in its order', () => {
  const tasks = [
    task('old', { createdAt: 1 }),
    task('new', { createdAt: 9 }),
    task('late', { suggested: true, phase: 'queued', dueAt: 900 }),
    task('soon', { suggested: true, phase: 'queued', dueAt: 100 }),
    task('confirmed', { suggested: true, createdAt: 5 }),
    task('first', { phase: 'done', endedAt: 10 }),
    task('last', { phase: 'failed', endedAt: 20 }),
  ]
  const listed = listTasks(tasks, all)
  expect(ids(listed.suggested)).toEqual(['soon', 'late'])
  expect(ids(listed.open)).toEqual(['new', 'confirmed', 'old'])
  expect(ids(listed.ended)).toEqual(['last', 'first'])
})

it('shows of a filter what fits it and nothing else', () => {
  const tasks = [
    task('queued', { phase: 'queued' }),
    task('running', { phase: 'started', flow: 'diversion' }),
    task('asked', { askedBy: 'lobby-1' }),
    task('given', { member: 'person/lobby-1', phase: 'accepted' }),
  ]
  const open = (filter: Parameters<typeof listTasks>[1]['filter']) =>
    ids(listTasks(tasks, { filter, me: 'lobby-1' }).open).toSorted()
  expect(open({ stage: 'waiting', flow: null })).toEqual(['asked', 'queued'])
  expect(open({ stage: 'running', flow: null })).toEqual(['given', 'running'])
  expect(open({ stage: 'mine', flow: null })).toEqual(['asked', 'given'])
  expect(open({ stage: 'all', flow: 'diversion' })).toEqual(['running'])
  expect(flowsOf(tasks)).toEqual(['diversion', 'greeting'])
})

it('offers to try again what nobody did, but not what may have been done', () => {
  expect(canRetry(task('a', { phase: 'failed', endedAt: 1 }))).toBe(true)
  expect(canRetry(task('a', { phase: 'refused', endedAt: 1 }))).toBe(true)
  expect(canRetry(task('a', { phase: 'done', endedAt: 1 }))).toBe(false)
  expect(canRetry(task('a', { phase: 'unknown', endedAt: 1 }))).toBe(false)
  expect(canRetry(task('a'))).toBe(false)
})

it('leaves an ended one where it was for a moment', () => {
  const ended = task('a', { phase: 'done', endedAt: 1_000 })
  expect(isLingering(ended, 1_000 + lingerMs - 1)).toBe(true)
  expect(isLingering(ended, 1_000 + lingerMs)).toBe(false)
  expect(isLingering(task('a'), 0)).toBe(false)
})

it('moves nothing in a list while somebody touches it, and shows everything afterwards', () => {
  const list = fc.uniqueArray(fc.stringMatching(/^[a-f]$/))
  fc.assert(
    fc.property(list, list, (shown, wanted) => {
      const busy = settle(shown, wanted, true)
      expect(busy.shown).toBe(shown)
      expect(busy.waiting).toBe(wanted.filter((id) => !shown.includes(id)).length)
      expect(settle(shown, wanted, false)).toEqual({ shown: wanted, waiting: 0 })
      expect(settle(shown, [...shown], false).shown).toBe(shown)
    }),
  )
})

const rows: Record<string, Record<string, unknown>> = {
  zones: { kiosks: { title: { zh: '自助区', en: 'Kiosks' } } },
  places: { 'kiosk-place-1': { zone: 'kiosks' } },
  devices: { 'robot-1': { title: { zh: '迎宾机器人' } } },
  people: { 'lobby-1': { title: { zh: '大堂经理', en: 'Lobby manager' } } },
  campaigns: {
    autumn: {
      words: { zh: '秋季储蓄计划：每月定存。', en: 'Autumn savings at 2.5 %. A little every month.' },
    },
    silent: { words: {} },
  },
  visits: { 'v-1': { tickets: ['A012'] }, 'v-2': { tickets: [] } },
}
const names = (tongue: 'zh' | 'en') =>
  createNames({ row: ((table: string, id: string) => rows[table]?.[id]) as never }, { tongue, revision: 1 })

it('says whom a task is for and where it leads', () => {
  const said = (more: Partial<LiveTask>, tongue: 'zh' | 'en' = 'zh') =>
    subjectOf(task('a', more), names(tongue))
  expect(said({ subject: { visit: 'v-1' }, to: { zone: 'kiosks', place: null } })).toBe('访客 A012 → 自助区')
  expect(said({ subject: { visit: 'v-2' }, to: { zone: null, place: 'kiosk-place-1' } }, 'en')).toBe(
    'Visitor → Kiosks',
  )
  expect(said({ subject: { visit: 'v-1', zone: 'kiosks' } })).toBe('访客 A012 · 自助区')
  expect(said({ subject: { counter: 'counter-03' } }, 'en')).toBe('Counter 3')
  expect(said({ subject: { device: 'robot-1' } }, 'en')).toBe('迎宾机器人')
  expect(said({ subject: { device: 'robot-1' }, member: 'robot-1' })).toBe('')
  expect(said({ subject: { campaign: 'autumn', zone: 'kiosks' } })).toBe('秋季储蓄计划 · 自助区')
  expect(said({ subject: { campaign: 'autumn' } }, 'en')).toBe('Autumn savings at 2.5 %')
  expect(said({ subject: { campaign: 'silent' } })).toBe('silent')
  expect(said({ subject: { campaign: 'gone' } })).toBe('gone')
  expect(names('zh').member('person/lobby-1')).toBe('大堂经理')
  expect(names('en').member('gone')).toBe('gone')
})

it('names those who could be asked instead: as the hub found them, else by what the rows say', () => {
  const device = (id: string, more: object = {}) =>
    ({ id, capabilities: ['greet'], link: 'online', willingness: 'open', ...more }) as never
  const byRows = {
    devices: [device('robot-1'), device('robot-2', { link: 'lost' })],
    people: [{ id: 'lobby-1', onDuty: true } as never, { id: 'guard-1', onDuty: false } as never],
  }
  const asked = task('a', { member: 'robot-9' })
  const without = othersFor(asked, { answer: undefined, rows: byRows, names: names('zh') })
  expect(without.map(({ id }) => id)).toEqual(['robot-1', 'person/lobby-1'])

  const candidate = (id: string, score: number | null) => ({
    member: { id, title: id, isPerson: false },
    score,
    parts: [],
    out: score === null ? { code: 'busy', words: 'busy' } : null,
  })
  const look = { candidates: [candidate('busy', null), candidate('robot-9', 80), candidate('robot-1', 50)] }
  const answer = { tasks: [{ id: 'a', looks: [look] }] } as never
  const found = othersFor(asked, { answer, rows: byRows, names: names('zh') })
  expect(found.map(({ id, out }) => [id, out])).toEqual([
    ['robot-1', null],
    ['busy', 'busy'],
  ])
})
