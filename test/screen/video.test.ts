/**
 * Videos on the screen, in a real browser that recorded them itself: played to their end, told once, as loud as was asked,
 * without the hub too; and never a standstill, whatever is wrong with one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { watchLostTime } from '../support/lost-time.ts'
import { brokenOff, recordFilms, spoiled } from './films.ts'
import type { KeptPage } from './kept-page.ts'
import { openScreenStage, type Play, picture, type ScreenStage } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-video-'))
const filmMs = 1_300
const waiting = { timeout: 20_000, interval: 50 }
/** The longest that a page waits before it looks for the hub again, and then tells what it kept. */
const untilTold = { timeout: 50_000, interval: 500 }
/** A video that does not move is given up after six seconds; it is looked at every second. */
const stuckMaxMs = 6_000 + 2 * 1_000
/** Of which much may be missing. */
const longerMs = 2_500
let stage: ScreenStage
let film: Buffer
let longer: Buffer
const screen = () => stage.screens[0]

beforeAll(async () => {
  const [films, opened] = await Promise.all([
    recordFilms([{ ms: filmMs, withSound: true }, { ms: longerMs }]),
    openScreenStage(folder),
  ])
  stage = opened
  film = films[0] as Buffer
  longer = films[1] as Buffer
  await screen().open()
  await screen().code().waitFor()
  await stage.admit(screen())
})
afterAll(async () => {
  await stage?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Once more from now on. */
const shows = async (page: KeptPage, item: string) => {
  const from = page.frames.length
  await expect.poll(() => page.frames.slice(from).some((frame) => frame.item === item), waiting).toBe(true)
}
const ends = async (page: KeptPage) => {
  const from = page.videos.length
  const end = () => page.videos.slice(from).find(({ what }) => what === 'ended')
  await expect.poll(end, waiting).toBeDefined()
  return end()
}

/** All that were told, as often as they were. */
const toldBy = async (page: KeptPage): Promise<readonly Play[]> => {
  const told = (await stage.told(page.device, 'content.played')) as readonly { readonly plays: Play[] }[]
  return told.flatMap(({ plays }) => plays)
}
const toldOf = async (page: KeptPage, item: string) =>
  (await toldBy(page)).filter((play) => play.item === item)

test('it plays to its end without sound, the next item follows, and each play is told once with its seconds', async () => {
  await stage.publish(
    [
      { item: 'film', bytes: film },
      { item: 'red', bytes: picture([180, 30, 30]) },
    ],
    1_000,
  )
  const time = watchLostTime()
  onTestFinished(time.stop)
  await shows(screen(), 'film')
  const end = await ends(screen())
  expect(end).toMatchObject({ muted: true })
  expect(end?.at).toBeGreaterThan(filmMs / 1_000 - 0.3)
  await shows(screen(), 'red')
  await shows(screen(), 'film')
  const shown = screen().shown()
  expect(shown.filter((item, at) => item === shown[at - 1])).toEqual([])
  await expect.poll(async () => (await toldOf(screen(), 'film')).length, waiting).toBeGreaterThan(0)
  const plays = await toldBy(screen())
  expect(plays.map(({ n }) => n)).toEqual(plays.map((_, at) => at + 1))
  for (const { item, ended, shownForMs } of plays) {
    expect(ended).toBe('finished')
    expect(shownForMs).toBeGreaterThanOrEqual(item === 'film' ? filmMs - 300 : 900)
    expect(shownForMs).toBeLessThan((item === 'film' ? filmMs : 1_000) + 1_000 + time.lostMs())
  }
  expect(screen().log().troubles).toEqual([])
})

test('it is as loud as was asked from afar, at once and with the next one', async () => {
  const remote = (...words: readonly string[]) =>
    stage.hub.usher('devices', 'remote', screen().device, 'volume', ...words)
  await shows(screen(), 'film')
  expect((await remote('--percent', '30')).said).toContain('30 %')
  await shows(screen(), 'film')
  expect(await ends(screen())).toMatchObject({ muted: false, volume: 0.3 })
  // While the next one is ready already, and may have been made with the sound of before.
  await shows(screen(), 'red')
  expect((await remote('--percent', '0')).said).toContain('0 %')
  const from = screen().videos.length
  await shows(screen(), 'film')
  await ends(screen())
  const after = screen()
    .videos.slice(from)
    .filter(({ what }) => what === 'playing' || what === 'ended')
  expect(after.every(({ muted }) => muted)).toBe(true)
})

test('a called ticket interrupts it and is told so; in its turn it is back, and whole', async () => {
  const time = watchLostTime()
  onTestFinished(time.stop)
  const told = () => toldOf(screen(), 'film')
  const cut = async () => (await told()).filter(({ ended }) => ended === 'interrupted')
  // A film is over soon: where the call came after its end, the next one is called.
  for (let ticket = 12; (await cut()).length === 0; ticket += 1) {
    expect(ticket).toBeLessThan(20)
    await shows(screen(), 'film')
    await stage.sense('tickets-1', 'ticket.issued', { ticket: `A0${ticket}`, service: 'cash' })
    await stage.sense('tickets-1', 'ticket.called', { ticket: `A0${ticket}`, counter: 'counter-2' })
    await expect.poll(() => screen().frames.at(-1)?.kind, waiting).toBe('task')
    const before = (await told()).filter(({ ended }) => ended === 'finished').length
    await shows(screen(), 'film')
    await ends(screen())
    // They are told in their order: with this one all before it are there.
    const finished = async () => (await told()).filter(({ ended }) => ended === 'finished').length
    await expect.poll(finished, waiting).toBeGreaterThan(before)
  }
  expect(await cut()).toHaveLength(1)
  expect((await cut())[0]?.shownForMs).toBeLessThan(filmMs + time.lostMs())
})

test('without the hub it plays from what the browser keeps, also after the page is loaded anew', async () => {
  await stage.hub.kill()
  await screen().page().reload()
  await shows(screen(), 'film')
  expect((await ends(screen()))?.at).toBeGreaterThan(filmMs / 1_000 - 0.3)
  await shows(screen(), 'red')
  const shown = screen().shown().length
  await stage.hub.start()
  await expect.poll(async () => (await stage.plays())[0].length, untilTold).toBeGreaterThanOrEqual(shown)
  const [plays] = await stage.plays()
  expect(plays.map(({ n }) => n)).toEqual(plays.map((_, at) => at + 1))
  expect(plays.map(({ item }) => item)).toEqual(screen().shown().slice(0, plays.length))
})

test('one that breaks off under a good header, or is rubbish inside, is passed over, told as broken, and not tried at once again', async () => {
  const from = screen().frames.length
  await stage.publish(
    [
      { item: 'broken-off', bytes: brokenOff(longer, 0.5) },
      { item: 'spoiled', bytes: spoiled(longer, 0.4) },
    ],
    1_000,
  )
  for (const item of ['broken-off', 'spoiled']) {
    await expect.poll(async () => (await toldOf(screen(), item)).length, waiting).toBe(1)
    const [play] = await toldOf(screen(), item)
    expect(play).toMatchObject({ ended: 'failed' })
    expect(play?.shownForMs).toBeLessThan(longerMs)
  }
  const health = await stage.hub.usher('devices', 'show', screen().device)
  expect(health.said).toContain('media-failed: broken-off')
  expect(health.said).toContain('media-failed: spoiled')
  await shows(screen(), 'red')
  await shows(screen(), 'film')
  const since = screen().frames.slice(from)
  expect(since.filter(({ item }) => item === 'broken-off')).toHaveLength(1)
  expect(since.filter(({ kind }) => kind !== 'loop')).toEqual([])
})

test('one that stands still without a word is passed over after eight seconds, and meanwhile the screen is not black', async () => {
  const page = screen().page()
  await shows(screen(), 'red')
  await page.evaluate('HTMLMediaElement.prototype.play = () => Promise.resolve()')
  await shows(screen(), 'film')
  const time = watchLostTime()
  onTestFinished(time.stop)
  // Its first picture, which no colour of its own fills.
  expect((await page.screenshot({ type: 'jpeg', quality: 60 })).length).toBeGreaterThan(12_000)
  await shows(screen(), 'red')
  expect(time.ownMs()).toBeLessThan(stuckMaxMs + 1_500)
  const lostMs = time.lostMs()
  const failed = async () => (await toldOf(screen(), 'film')).find(({ ended }) => ended === 'failed')
  await expect.poll(failed, waiting).toBeDefined()
  expect((await failed())?.shownForMs).toBeLessThan(stuckMaxMs + 500 + lostMs)
  expect(screen().log().troubles).toEqual([])
})

test('a browser that lets no sound begin plays it without, and is not stopped by being asked for more', async () => {
  const quiet = stage.screens[1]
  await screen().close()
  await quiet.open()
  await quiet.code().waitFor()
  await stage.admit(quiet)
  const remote = (...words: readonly string[]) =>
    stage.hub.usher('devices', 'remote', quiet.device, 'volume', ...words)
  await expect.poll(() => remote('--percent', '30'), untilTold).toMatchObject({ code: 0 })
  // Nobody has touched this one, nor asked its page anything.
  await quiet.close()
  await quiet.open()
  await shows(quiet, 'film')
  // It shows what it keeps before it has found the hub.
  await expect.poll(async () => (await remote('--percent', '60')).said, untilTold).toContain('60 %')
  await shows(quiet, 'film')
  await shows(quiet, 'red')
  const films = async () => (await toldOf(quiet, 'film')).filter(({ ended }) => ended === 'failed')
  expect(await films()).toEqual([])
  expect(quiet.videos.filter(({ what }) => what === 'ended').at(-1)).toMatchObject({ muted: true })
})
