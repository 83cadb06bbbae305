/** How full a zone is, what is wrong with a device, who does what, and where guides went. */
import { expect, test } from 'vitest'
import { crowdOf } from '#apps/lobby/pages/floor/model/crowd.ts'
import { createTrails } from '#apps/lobby/pages/floor/model/trails.ts'
import { rankOf, toneOf, troublesOf } from '#apps/lobby/pages/floor/model/trouble.ts'
import { guidesOf, tasksAbout, tasksByMember } from '#apps/lobby/pages/floor/model/work.ts'
import { branchRows } from '#bench/pages/lobby-rows.ts'

const at = 1_800_000_000_000
const rows = branchRows({ at, devices: 1, visits: 12, troubleEvery: 0 })
const [device] = rows.devices
const [guide] = rows.tasks
if (device === undefined || guide === undefined) throw new Error('The branch has a robot that guides.')

const zone = { id: 'entrance', limit: 10, count: { value: 9, at, staleAt: at + 1_000 } }

test('a zone is full from its limit on, nearly full a little before, and neither when the count is old', () => {
  const level = (value: number, now = at) =>
    crowdOf({ ...zone, count: { value, at, staleAt: at + 1_000 } }, [], now).level
  expect([level(4), level(9), level(10), level(14)]).toEqual(['calm', 'near', 'full', 'full'])
  expect(crowdOf(zone, [], at + 1_000)).toMatchObject({ level: 'calm', oldSince: at, count: 9 })
  expect(crowdOf({ ...zone, limit: null }, [], at).level).toBe('calm')
})

test('where no sensor counts, the visits do; people without a position are told apart', () => {
  const visit = { zone: 'entrance', party: 2, tracks: ['camera/1'] }
  const hidden = { zone: 'entrance', party: 3, tracks: [] }
  const elsewhere = { zone: 'exit', party: 5, tracks: [] }
  const crowd = crowdOf({ ...zone, count: null }, [visit, hidden, elsewhere], at)
  expect(crowd).toMatchObject({ count: 5, unplaced: 3 })
  expect(crowdOf({ ...zone, count: null }, [], at).count).toBeNull()
})

test('a broken link is the trouble, and what the device said before it is none any more', () => {
  expect(troublesOf({ ...device, health: 'faulted', blockedSince: at })).toEqual(['faulted', 'blocked'])
  expect(troublesOf({ ...device, link: 'lost', health: 'faulted' })).toEqual(['lost'])
  expect(troublesOf({ ...device, willingness: 'out-of-service', link: 'lost' })).toEqual([])
  expect(troublesOf({ ...device, battery: { percent: 12, charging: false } })).toEqual(['battery'])
  expect(troublesOf({ ...device, battery: { percent: 12, charging: true } })).toEqual([])
  expect(troublesOf(device)).toEqual([])
})

test('whatever wants somebody soonest comes first', () => {
  const lost = { ...device, link: 'lost' as const }
  const limited = { ...device, health: 'degraded' as const }
  const held = { ...device, willingness: 'held' as const }
  const updating = { ...device, health: 'updating' as const }
  const order = [device, held, updating, limited, lost].sort((a, b) => rankOf(a) - rankOf(b))
  expect(order).toEqual([lost, limited, updating, held, device])
  expect(toneOf(troublesOf(lost))).toBe('urgent')
  expect(toneOf([])).toBeUndefined()
})

test('of a member the task that it is furthest with is shown, and never one that is over', () => {
  const offered = { ...guide, id: 'b', phase: 'offered' as const }
  const over = { ...guide, id: 'c', endedAt: at }
  expect(tasksByMember([offered, guide, over]).get(device.id)?.id).toBe(guide.id)
  expect(tasksByMember([over]).size).toBe(0)
})

test('what was done for a visitor is found by the visit and by the ticket', () => {
  const byTicket = { ...guide, id: 'b', subject: { ticket: 'A7' }, createdAt: at }
  const other = { ...guide, id: 'c', subject: { visit: 'visit-2' } }
  expect(
    tasksAbout([guide, byTicket, other], { id: 'visit-1', tickets: ['A7'] }).map(({ id }) => id),
  ).toEqual(['b', guide.id])
})

test('a trail is the way of one task: it grows by steps, and another task begins anew', () => {
  const goal = { x: 9, y: 9 }
  const trails = createTrails()
  const set = (id: string) => trails.set(guidesOf([{ ...guide, id }], () => goal))
  set('one')
  for (const x of [0, 0.05, 0.2, 0.4]) trails.walk(device.id, { x, y: 0 })
  trails.walk('somebody else', { x: 1, y: 1 })
  expect(trails.all.get(device.id)).toEqual({
    task: 'one',
    goal,
    way: [
      { x: 0, y: 0 },
      { x: 0.2, y: 0 },
      { x: 0.4, y: 0 },
    ],
  })
  set('two')
  expect(trails.all.get(device.id)?.way).toEqual([])
  trails.set([])
  expect(trails.all.size).toBe(0)
})

test('only a guide that has set out leaves a trail', () => {
  expect(guidesOf([{ ...guide, phase: 'accepted' }], () => null)).toEqual([])
  expect(guidesOf([{ ...guide, capability: 'greet' }], () => null)).toEqual([])
})
