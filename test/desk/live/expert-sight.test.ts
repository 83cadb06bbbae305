/** An expert works from afar: their line tells of calls and experts, and of nobody who walks through the branch. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveTableNames } from '#protocol/desk/live/tables.ts'
import { remove } from '../support.ts'
import { connectPage, contentOf, type LiveStage, raiseLive, signInLive, type TestPage } from './support.ts'

let stage: LiveStage
let manager: string
let expert: string
let both: string

beforeAll(async () => {
  stage = await raiseLive()
  manager = await signInLive(stage, 'li', ['manager'])
  expert = await signInLive(stage, 'ann', ['expert'])
  both = await signInLive(stage, 'bo', ['expert', 'staff'])
})
afterAll(async () => {
  await stage.stop()
  remove(stage.folder)
})

const shown = ['branch', 'people', 'services', 'zones']

const somebodyComes = async (track: string, ticket: string) => {
  await stage.send({
    kind: 'event',
    device: 'camera-1',
    name: 'visitor.detected',
    data: { track, zone: 'entrance', confidence: 1 },
  })
  await stage.send({
    kind: 'event',
    device: 'tickets-1',
    name: 'ticket.issued',
    data: { ticket, service: 'cash' },
  })
}

const filled = ({ copy }: TestPage) => liveTableNames.filter((name) => copy[name].size > 0)

test('neither in what it gets at first, nor in what changes, nor in what it missed', async () => {
  await somebodyComes('t1', 'A001')
  const [far, near, twice] = [expert, manager, both].map((cookie) => connectPage(stage.port, cookie)) as [
    TestPage,
    TestPage,
    TestPage,
  ]
  for (const page of [far, near, twice]) await page.until(({ snapshots }) => snapshots === 1)
  expect(filled(far).toSorted()).toEqual(shown)
  await somebodyComes('t2', 'A002')
  await near.until(({ copy }) => copy.tickets.size === 2 && copy.visits.size >= 2)
  await twice.until(({ copy }) => copy.tickets.size === 2)
  await far.until(({ have }) => have?.n === near.have?.n)
  expect(filled(far).toSorted()).toEqual(shown)
  // Where robots and people are is told to no page of an expert.
  expect(far.heard).not.toContain('positions')
  expect(near.heard).toContain('positions')

  const { have, copy } = far
  far.leave()
  await somebodyComes('t3', 'A003')
  await stage.send({ kind: 'command', command: { name: 'duty', person: 'wang', onDuty: false, by: 'li' } })
  await near.until((page) => page.copy.tickets.size === 3 && page.copy.people.get('wang')?.onDuty === false)
  const again = connectPage(stage.port, expert, { ...(have !== undefined && { have }), copy })
  await again.until((page) => page.copy.people.get('wang')?.onDuty === false)
  expect(again.snapshots).toBe(0)
  expect(filled(again).toSorted()).toEqual(shown)
  for (const name of shown as 'zones'[])
    expect(contentOf(again.copy)[name]).toEqual(contentOf(near.copy)[name])
  for (const page of [again, near, twice]) page.leave()
})
