/** The oracle finds what it is there to find: an oracle that sees nothing would make every crash test green. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openFileJournal, readJournal } from '#simulators/devices/journal.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import {
  acknowledgedEvents,
  attemptsBegunTwice,
  greetedTwice,
  promotedAtOnce,
  tasksBegunTwice,
  tasksDone,
} from '#simulators/devices/oracle.ts'

const act = (kind: 'begun' | 'finished', more: Record<string, unknown>): JournalEntry =>
  ({
    at: 1,
    device: 'robot-1',
    boot: 'b-1',
    kind,
    task: 't-1',
    attempt: 1,
    epoch: 1,
    capability: 'greet',
    ...(kind === 'finished' && { outcome: 'done' }),
    ...more,
  }) as JournalEntry

test('a visit greeted by two tasks on two devices', () => {
  const log = [
    act('begun', { visit: 'v-1', at: 9, device: 'robot-2', task: 't-2' }),
    act('begun', { visit: 'v-1', at: 5 }),
    act('begun', { visit: 'v-2', task: 't-3' }),
  ]
  expect(greetedTwice(log).map(({ subject, acts }) => [subject, acts.map(({ at }) => at)])).toEqual([
    ['v-1', [5, 9]],
  ])
  expect(greetedTwice(log.slice(1))).toEqual([])
})

test('an attempt begun twice by one device, also across its lives', () => {
  const log = [act('begun', {}), act('begun', { boot: 'b-2' })]
  expect(attemptsBegunTwice(log)).toHaveLength(1)
  expect(attemptsBegunTwice([log[0] as JournalEntry, act('begun', { attempt: 2 })])).toEqual([])
})

test('a task that may happen at most once, begun by two attempts; one that may be moved is not counted', () => {
  const twice = (capability: string) =>
    tasksBegunTwice([
      act('begun', { capability }),
      act('begun', { capability, attempt: 2, device: 'robot-2' }),
    ])
  expect(twice('greet')).toHaveLength(1)
  expect(twice('guide')).toEqual([])
})

test('two promotions before one visit at the same moment, but not one after the other', () => {
  const promotions = (secondAt: number) =>
    promotedAtOnce([
      act('begun', { capability: 'promote', visit: 'v-1', at: 10 }),
      act('finished', { capability: 'promote', visit: 'v-1', at: 20 }),
      act('begun', { capability: 'promote', visit: 'v-1', at: secondAt, task: 't-2', device: 'screen-1' }),
    ])
  expect(promotions(15)).toHaveLength(1)
  expect(promotions(25)).toEqual([])
})

test('what was acknowledged, what was done', () => {
  const event: JournalEntry = {
    at: 1,
    device: 'camera-1',
    boot: 'b-1',
    kind: 'acknowledged',
    n: 7,
    topic: 'usher/v1/demo/camera-1/event/zone.count',
    payload: '{"zone":"waiting","count":3}',
  }
  const state: JournalEntry = { ...event, topic: 'usher/v1/demo/camera-1/state' }
  expect(acknowledgedEvents([event, state])).toEqual([
    expect.objectContaining({ n: 7, body: { zone: 'waiting', count: 3 } }),
  ])
  expect(tasksDone([act('finished', {}), act('finished', { task: 't-2', outcome: 'failed' })])).toEqual([
    't-1',
  ])
})

test('a log cut off in the middle of a line keeps its whole lines and goes on after them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'usher-log-'))
  const file = join(folder, 'robot-1.log')
  try {
    const first = openFileJournal(file)
    first.write(act('begun', {}))
    first.close()
    appendFileSync(file, '{"at":2,"device":"robot-1","kin')
    expect(readJournal(file)).toHaveLength(1)
    const second = openFileJournal(file)
    expect(second.entries()).toHaveLength(1)
    second.write(act('finished', {}))
    second.close()
    expect(readJournal(file).map(({ kind }) => kind)).toEqual(['begun', 'finished'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
