/** What a screen keeps: a programme that begins whole, files that are right, and a row for each showing that the hub hears of once. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHealth } from '#apps/screen/health.ts'
import { openFleetingBox } from '#apps/screen/keep/box.ts'
import { openProgrammeKeeper } from '#apps/screen/keep/programme-keeper.ts'
import { type Hand, openProof } from '#apps/screen/keep/proof.ts'
import { FileMissing, type Shelf } from '#apps/screen/keep/shelf.ts'
import { createInterrupts, type Wish } from '#apps/screen/play/tasks.ts'
import type { Programme } from '#protocol/programme.ts'
import { handTime } from './hand-time.ts'

const sha = (letter: string) => letter.repeat(64)
const programmeOf = (...items: readonly [item: string, sha256: string, version?: number][]): Programme => ({
  timeZone: 'UTC',
  languages: ['zh'],
  mandatoryShare: 0,
  entries: items.map(([item, sha256, version = 1]) => ({
    item,
    version,
    media: { sha256, type: 'image/png', bytes: 10 },
    words: [],
    showForMs: 1_000,
    mandatory: false,
    loops: true,
    priority: 0,
    runs: { from: null, to: null, hours: null, weekdays: [] },
  })),
})

const shelfOf = (there: Set<string>) => {
  const here = new Set<string>()
  const shelf: Shelf = {
    has: (sha256) => here.has(sha256),
    fetch: async ({ sha256 }) => {
      if (!there.has(sha256)) throw new FileMissing('404', true)
      here.add(sha256)
    },
    take: async () => undefined,
    keepOnly: async (named) => {
      for (const sha256 of here) if (!named.has(sha256)) here.delete(sha256)
    },
  }
  return { shelf, here }
}

const openKeeper = async (there: Set<string>) => {
  const { time, go, settle } = handTime()
  const [box, health] = [openFleetingBox(), createHealth()]
  const { shelf, here } = shelfOf(there)
  const parts = { box, shelf, time, health, chance: () => 0, onChange: () => {} }
  const keeper = await openProgrammeKeeper(parts)
  return { keeper, go, settle, health, here, again: () => openProgrammeKeeper(parts) }
}

test('a new programme begins when all its files are here; what it no longer names is off the screen at once', async () => {
  const there = new Set([sha('a'), sha('b')])
  const { keeper, settle, go, here, health } = await openKeeper(there)
  keeper.take(programmeOf(['one', sha('a')], ['two', sha('b')]))
  await settle()
  expect(keeper.current()?.entries.map(({ item }) => item)).toEqual(['one', 'two'])
  const [one, two] = keeper.current()?.entries ?? []
  if (one === undefined || two === undefined) throw new Error('no entries')
  // Its file is not there yet: the old one goes on, without what was taken off.
  keeper.take(programmeOf(['two', sha('c'), 2]))
  await settle()
  expect([keeper.isReady(one), keeper.isReady(two)]).toEqual([false, true])
  expect(keeper.current()?.entries).toHaveLength(2)
  there.add(sha('c'))
  await go(3_000)
  expect(keeper.current()?.entries.map(({ version }) => version)).toEqual([2])
  expect([...here]).toEqual([sha('c')])
  expect(health.reasons()).toEqual([])
})

test('a file that does not come is left out and told, and the rest begins; once it is there it is no longer told', async () => {
  const there = new Set([sha('a')])
  const { keeper, go, health, again } = await openKeeper(there)
  keeper.take(programmeOf(['one', sha('a')], ['two', sha('b')]))
  await go(60_000)
  const [one, two] = keeper.current()?.entries ?? []
  if (one === undefined || two === undefined) throw new Error('no entries')
  expect([keeper.isReady(one), keeper.isReady(two)]).toEqual([true, false])
  expect(health.reasons()).toEqual(['media-missing: two'])
  there.add(sha('b'))
  await go(700_000)
  expect(keeper.isReady(two)).toBe(true)
  expect(health.reasons()).toEqual([])
  // After a restart it is the same one, before anybody is asked.
  expect((await again()).current()).toEqual(keeper.current())
})

test('what the newest programme no longer names stays off the screen, whatever is written late of the one before it', async () => {
  const there = new Set([sha('a'), sha('b')])
  const { time, settle } = handTime()
  const box = openFleetingBox()
  const { shelf } = shelfOf(there)
  let write = () => {}
  const late = new Promise<void>((resolve) => {
    write = resolve
  })
  const keeper = await openProgrammeKeeper({
    box: { ...box, put: () => late },
    shelf,
    time,
    health: createHealth(),
    chance: () => 0,
    onChange: () => {},
  })
  const words = programmeOf(['one', sha('a')]).entries.map(({ media: _, ...entry }) => entry)
  const older = programmeOf(['two', sha('b')])
  keeper.take({ ...older, entries: [...words, ...older.entries] })
  await settle()
  // Its second file is not there yet.
  keeper.take(programmeOf(['two', sha('b')], ['three', sha('c')]))
  await settle()
  write()
  await settle()
  const [one, two] = keeper.current()?.entries ?? []
  if (one === undefined || two === undefined) throw new Error('no entries')
  expect([keeper.isReady(one), keeper.isReady(two)]).toEqual([false, true])
})

test('a file of the newest programme is not thrown away when the one before it begins late', async () => {
  const { time, settle } = handTime()
  const box = openFleetingBox()
  const { shelf } = shelfOf(new Set([sha('a'), sha('b')]))
  const writes: (() => void)[] = []
  const keeper = await openProgrammeKeeper({
    box: { ...box, put: () => new Promise<void>((resolve) => void writes.push(resolve)) },
    shelf,
    time,
    health: createHealth(),
    chance: () => 0,
    onChange: () => {},
  })
  keeper.take(programmeOf(['one', sha('a')]))
  await settle()
  keeper.take(programmeOf(['two', sha('b')]))
  await settle()
  for (const write of writes.splice(0)) {
    write()
    await settle()
  }
  expect(keeper.current()?.entries.map((entry) => [entry.item, keeper.isReady(entry)])).toEqual([
    ['two', true],
  ])
})

test('an end that the disk does not take is tried again, and keeps back nothing for good', async () => {
  const { time, go } = handTime()
  const box = openFleetingBox()
  let isFull = false
  const full = async () => Promise.reject(new Error('the disk is full'))
  const proof = await openProof({
    box: { ...box, changePlay: (play) => (isFull ? full() : box.changePlay(play)) },
    time,
    chance: () => 'player',
    onFull: () => {},
  })
  const told: unknown[] = []
  proof.handTo({
    tell: ({ plays }) => {
      told.push(...plays.map(({ item, ended, shownForMs }) => [item, ended, shownForMs]))
      return { sent: true }
    },
    unacknowledged: () => 0,
  })
  const first = await proof.begin({ item: 'first' })
  isFull = true
  await expect(proof.end(first, 'finished', 900)).rejects.toThrow('full')
  await expect(proof.deliver()).rejects.toThrow('full')
  isFull = false
  await proof.end(await proof.begin({ item: 'second' }), 'finished', 800)
  for (let round = 0; round < 3; round += 1) {
    await go(2_000)
    await proof.deliver()
  }
  expect(told).toEqual([
    ['first', 'finished', 900],
    ['second', 'finished', 800],
  ])
})

test('every showing reaches the hub once or more under one number, whatever is lost on the way and however often it starts', async () => {
  const step = fc.constantFrom('show', 'kill', 'cut', 'heard', 'wait')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { time, go, settle } = handTime()
      const box = openFleetingBox()
      const open = () => openProof({ box, time, chance: () => 'player', onFull: () => {} })
      let proof = await open()
      const heard = new Map<number, string>()
      let onItsWay: [number, string][] = []
      const hand = (): Hand => ({
        tell: ({ plays }) => {
          onItsWay.push(...plays.map(({ n, item, ended }) => [n, `${item} ${ended}`] as [number, string]))
          return { sent: true }
        },
        unacknowledged: () => onItsWay.length,
      })
      const deliver = async () => {
        for (const [n, what] of onItsWay) {
          expect(heard.get(n) ?? what).toBe(what)
          heard.set(n, what)
        }
        onItsWay = []
        await go(2_000)
        await proof.deliver()
        await settle()
      }
      proof.handTo(hand())
      const begun: string[] = []
      for (const [index, what] of steps.entries()) {
        if (what === 'show' || what === 'kill') {
          const item = `item-${index}`
          const n = await proof.begin({ item })
          begun.push(`${item} ${what === 'show' ? 'finished' : 'interrupted'}`)
          await go(1_500)
          await proof.beat()
          if (what === 'show') await proof.end(n, 'finished', 1_500)
        }
        if (what === 'kill') {
          onItsWay = []
          proof = await open()
          proof.handTo(hand())
        }
        if (what === 'cut') {
          onItsWay = []
          proof.handTo(hand())
        }
        if (what === 'heard') await deliver()
        await proof.deliver()
        await settle()
      }
      for (let round = 0; round < 6; round += 1) await deliver()
      expect([...heard.entries()].sort(([a], [b]) => a - b)).toEqual(
        begun.map((what, index) => [index + 1, what]),
      )
      expect(await box.countPlays()).toBe(0)
    }),
    { numRuns: 60 },
  )
})

test('the more urgent is on the screen, whatever comes in whatever order, and each is told how long it was', async () => {
  const arrival = fc.record({
    rank: fc.integer({ min: 2, max: 9 }),
    forMs: fc.integer({ min: 1, max: 50 }),
    gapMs: fc.integer({ min: 0, max: 30 }),
    isCancelled: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 12 }), async (arrivals) => {
      const { time, go } = handTime()
      const onScreen: number[] = []
      let idle = 0
      const interrupts = createInterrupts({
        time,
        onBegin: ({ rank }) => void onScreen.push(rank),
        onEnd: () => {},
        onIdle: () => {
          idle += 1
        },
      })
      const ends: Promise<unknown>[] = []
      for (const { rank, forMs, gapMs, isCancelled } of arrivals) {
        const before = interrupts.rank()
        const stop = new AbortController()
        const wish = { rank, scene: {}, showForMs: forMs, signal: stop.signal } as unknown as Wish
        const shown = onScreen.length
        ends.push(
          interrupts.run(wish).then(
            (ms) => expect(ms).toBeLessThanOrEqual(forMs),
            () => {},
          ),
        )
        const isRefused = before !== undefined && before > rank
        expect(onScreen.length).toBe(isRefused ? shown : shown + 1)
        expect(interrupts.rank()).toBe(isRefused ? before : rank)
        await go(gapMs)
        if (isCancelled && !isRefused) {
          stop.abort(new Error('cancelled'))
          await go(0)
        }
      }
      await go(1_000)
      await Promise.all(ends)
      expect(interrupts.rank()).toBeUndefined()
      expect(idle).toBeGreaterThan(0)
    }),
    { numRuns: 80 },
  )
})
