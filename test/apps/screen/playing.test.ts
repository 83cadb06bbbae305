/** The loop of a screen by a clock in the hand: what is too short, broken, taken off or slow to come, and tasks in between. */
import { expect, test } from 'vitest'
import { createHealth } from '#apps/screen/health.ts'
import { openFleetingBox } from '#apps/screen/keep/box.ts'
import { openProof } from '#apps/screen/keep/proof.ts'
import { createWallClock } from '#apps/screen/play/local-time.ts'
import { createPlayer } from '#apps/screen/play/player.ts'
import { noHistory } from '#apps/screen/play/schedule.ts'
import { createInterrupts, type Wish } from '#apps/screen/play/tasks.ts'
import type { Scene } from '#apps/screen/show/scene.ts'
import type { Frame, Stage } from '#apps/screen/show/stage.ts'
import { isWhole } from '#apps/screen/show/video-scene.ts'
import type { Programme, ProgrammeEntry } from '#protocol/programme.ts'
import { handTime } from './hand-time.ts'

const entryOf = (item: string, isVideo = false): ProgrammeEntry => ({
  item,
  version: 1,
  media: {
    sha256: item.padEnd(64, '0'),
    type: isVideo ? 'video/webm' : 'image/png',
    bytes: 10,
    ...(isVideo && { durationMs: 4_000 }),
  },
  words: [],
  showForMs: 2_000,
  mandatory: false,
  loops: true,
  priority: 0,
  runs: { from: null, to: null, hours: null, weekdays: [] },
})
const programmeOf = (...entries: ProgrammeEntry[]): Programme => ({
  timeZone: 'UTC',
  languages: ['zh'],
  mandatoryShare: 0,
  entries,
})

/** @param prepare a scene of this item, each time anew */
const openScreen = async (programme: Programme, prepare: (item: string) => Promise<Partial<Scene>>) => {
  const { time, go } = handTime()
  const [box, health] = [openFleetingBox(), createHealth()]
  const seen: { readonly at: number; readonly frame: Frame }[] = []
  const stage: Stage = {
    element: {} as HTMLElement,
    frame: () => seen.at(-1)?.frame ?? { kind: 'between' },
    show: (scene, frame) => {
      seen.push({ at: time.elapsedMs(), frame })
      scene.begin?.()
    },
  }
  const sceneOf = (more: Partial<Scene>): Scene => ({
    element: {} as HTMLElement,
    dispose: () => {},
    ...more,
  })
  const now = { programme, isReady: (_: ProgrammeEntry) => true }
  const proof = await openProof({ box, time, chance: () => 'player', onFull: () => {} })
  const player = createPlayer({
    time,
    stage,
    proof,
    health,
    box,
    history: noHistory,
    programme: () => now.programme,
    isReady: (entry) => now.isReady(entry),
    clock: () => createWallClock('UTC'),
    prepare: async ({ item }) => sceneOf(await prepare(item)),
    defaultScene: () => sceneOf({}),
    complain: () => {},
  })
  player.start()
  return {
    player,
    health,
    now,
    go,
    /** Item or kind, and when it came. */
    seen: () => seen.map(({ at, frame }) => [frame.item ?? frame.kind, at]),
    plays: async () =>
      (await box.plays(1_000)).map(({ item, ended, shownForMs }) => [item, ended, shownForMs]),
  }
}

test('a video of a moment does not flicker: it stands still until it was long enough on the screen', async () => {
  const { go, plays } = await openScreen(programmeOf(entryOf('video', true)), async () => ({
    over: Promise.resolve('finished' as const),
  }))
  await go(10_500)
  expect(await plays()).toEqual([
    ...Array.from({ length: 10 }, () => ['video', 'finished', 1_000]),
    ['video', null, 0],
  ])
})

test('a video that breaks is told as such, left alone for a minute while the rest goes on, and no longer told once it is taken off', async () => {
  const { player, health, now, go, plays, seen } = await openScreen(
    programmeOf(entryOf('video', true), entryOf('picture')),
    async (item) => (item === 'video' ? { over: Promise.resolve('failed' as const) } : {}),
  )
  await go(59_000)
  expect(health.reasons()).toEqual(['media-failed: video'])
  expect((await plays())[0]).toEqual(['video', 'failed', 0])
  expect((await plays()).filter(([item]) => item === 'video')).toHaveLength(1)
  expect(seen().filter(([what]) => what === 'picture').length).toBeGreaterThan(28)
  await go(5_000)
  expect((await plays()).filter(([item]) => item === 'video')).toHaveLength(2)
  now.programme = programmeOf(entryOf('picture'))
  player.changed()
  expect(health.reasons()).toEqual([])
})

test('what is taken off is gone within a moment, also while what follows is not ready', async () => {
  const { player, now, go, seen } = await openScreen(programmeOf(entryOf('off'), entryOf('slow')), (item) =>
    item === 'slow' ? new Promise(() => {}) : Promise.resolve({}),
  )
  await go(500)
  expect(seen().at(-1)?.[0]).toBe('off')
  now.isReady = ({ item }) => item !== 'off'
  player.changed()
  await go(500)
  expect(seen().at(-1)).toEqual(['default', 700])
})

test('what is only over stays until the next is ready', async () => {
  const { go, seen } = await openScreen(programmeOf(entryOf('first'), entryOf('slow')), (item) =>
    item === 'slow' ? new Promise(() => {}) : Promise.resolve({}),
  )
  await go(5_000)
  expect(seen().at(-1)?.[0]).toBe('first')
})

test('a video of a task that breaks ends the task, and is no whole showing', async () => {
  const { time, go } = handTime()
  const ends: unknown[] = []
  const interrupts = createInterrupts({
    time,
    onBegin: () => {},
    onEnd: (_, { ended, forMs }) => ends.push([ended, forMs]),
    onIdle: () => ends.push('idle'),
  })
  let fail = () => {}
  const over = new Promise<'failed'>((resolve) => {
    fail = () => resolve('failed')
  })
  const wish = { rank: 2, scene: { over }, showForMs: 10_000, signal: new AbortController().signal }
  const failure = interrupts.run(wish as unknown as Wish).catch((error: unknown) => error)
  await go(3_000)
  fail()
  expect(await failure).toMatchObject({ code: 'media-failed', begun: true })
  expect(ends).toEqual(['idle', ['failed', 3_000]])
  expect(interrupts.rank()).toBeUndefined()
})

test('a video is whole when it took as long as it said, but for what headers do not know exactly', () => {
  expect([isWhole(3_000, 3_000), isWhole(2_400, 3_000), isWhole(1_500, 3_000), isWhole(0, 300)]).toEqual([
    true,
    true,
    false,
    true,
  ])
  expect([isWhole(55_000, 60_000), isWhole(50_000, 60_000), isWhole(10, Number.NaN)]).toEqual([
    true,
    false,
    true,
  ])
})
