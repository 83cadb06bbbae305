/**
 * Two screens on the wall and a kiosk: what they show and do whatever becomes of the hub, of a page and of a browser, and
 * that each showing, and how each session ended, is accounted for once.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { firstLoadOf } from '#apps/build/build.ts'
import { outDirectory } from '#apps/build/stamp.ts'
import { press, updatePhone } from '../kiosk/support/update-phone.ts'
import { accessibilityOf } from '../support/lobby.ts'
import type { KeptPage } from './kept-page.ts'
import { openScreenStage, picture, type ScreenStage } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-screen-'))
let stage: ScreenStage

beforeAll(async () => {
  stage = await openScreenStage(folder)
  await Promise.all([...stage.screens, stage.kiosk].map((page) => page.open()))
})
afterAll(async () => {
  await stage?.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Count {
  readonly item: string
  readonly whole: number
  readonly interrupted: number
  readonly failed: number
}

const waiting = { timeout: 20_000, interval: 100 }
/** The longest that a page waits before it looks for the hub again, and then tells what it kept. */
const untilTold = { timeout: 50_000, interval: 500 }
const showsMore = async (screen: KeptPage, count: number) => {
  const before = screen.shown().length
  await expect.poll(() => screen.shown().length - before, waiting).toBeGreaterThanOrEqual(count)
}

/** Pixels that its page has no place for. */
const leftOver = ({ scrollHeight, clientHeight }: { scrollHeight: number; clientHeight: number }) =>
  scrollHeight - clientHeight

test('before it is anybody it shows the branch, the time, and a code; nothing is wrong with either in any language', async () => {
  const { screens, kiosk } = stage
  const page = screens[0].page()
  await page.getByText('示范网点').waitFor()
  await page.getByText('Welcome', { exact: true }).waitFor()
  await page.locator('.note.code strong').waitFor()
  expect(await page.locator('.note.code strong').textContent()).toMatch(/^\w{3} \w{3}$/)
  for (const service of ['cash', 'account', 'card', 'corporate'])
    await stage.sense('tickets-1', 'queue.snapshot', { service, waiting: 4, announcedWaitMs: 600_000 })
  await page.locator('.board .count').first().waitFor()
  // Whole rows only, on the smallest of screens.
  await expect.poll(() => page.locator('.live').evaluate(leftOver), waiting).toBe(0)
  expect(await page.locator('.board .count').count()).toBeGreaterThan(2)
  expect(await accessibilityOf(page)).toEqual([])
  await Promise.all([...screens, kiosk].map((each) => stage.admit(each)))
})

test('what two people agreed to is on the screens once all of it is there', async () => {
  const { screens, kiosk } = stage
  await stage.publish(
    [
      { item: 'red', bytes: picture([180, 30, 30]) },
      { item: 'blue', bytes: picture([30, 30, 180]), words: { zh: '存款利率', en: 'Deposit rates' } },
      { item: 'fraud', words: { zh: '谨防诈骗', en: 'Beware of fraud' }, mandatory: 'fraud-warning' },
    ],
    1_000,
  )
  for (const screen of screens) await expect.poll(() => new Set(screen.shown()).size, waiting).toBe(3)
  // A language that its settings brought.
  await kiosk.page().getByRole('button', { name: '日本語' }).waitFor()
  // Nothing is judged while it is faded in.
  await screens[0].page().emulateMedia({ reducedMotion: 'reduce' })
  await showsMore(screens[0], 1)
  expect(await accessibilityOf(screens[0].page())).toEqual([])
  await screens[0].page().emulateMedia({ reducedMotion: null })
})

const loadedAnew = async (screen: KeptPage) => {
  await showsMore(screen, 3)
  await screen.page().reload()
  await showsMore(screen, 3)
}

const startedAnew = async (screen: KeptPage) => {
  await showsMore(screen, 3)
  await screen.kill()
  await screen.open()
  await showsMore(screen, 3)
}

/** What the kiosk does by itself, to its end. */
const finishesAlone = async (page: Page) => {
  const isSaid = () => page.getByText(/The branch system cannot be reached/).waitFor()
  await press(page, 'English')
  await isSaid()
  expect(await page.getByRole('button', { name: 'Call an expert' }).count()).toBe(0)
  await updatePhone(page)
  await isSaid()
  await press(page, 'Done')
}

test('without the hub screens play on, also when a page is loaded anew or a browser is killed and started; a kiosk says so and does what it can', async () => {
  const { hub, screens, kiosk } = stage
  const [one, other] = screens
  await hub.kill()
  await Promise.all([loadedAnew(one), startedAnew(other), finishesAlone(kiosk.page())])
  for (const page of [...screens, kiosk]) expect(page.log().troubles).toEqual([])
  for (const screen of screens) expect(await screen.page().locator('.note').count()).toBe(0)
})

test('once the hub is back it has every showing of each screen once, in the order in which they were seen', async () => {
  const { hub, screens } = stage
  const seen = screens.map((screen) => screen.shown().length - 1)
  await hub.start()
  await expect
    .poll(async () => (await stage.plays()).every(({ length }, at) => length >= (seen[at] ?? 0)), untilTold)
    .toBe(true)
  const told = await stage.plays()
  for (const [at, plays] of told.entries()) {
    expect(new Set(plays.map(({ player }) => player)).size).toBe(1)
    expect(plays.map(({ n }) => n)).toEqual(plays.map((_, index) => index + 1))
    expect(plays.map(({ item }) => item)).toEqual(screens[at]?.shown().slice(0, plays.length))
    // By the loading anew or by the kill, and no others.
    expect(plays.filter(({ ended }) => ended === 'interrupted').length).toBeLessThanOrEqual(1 + 1)
    for (const { ended, shownForMs } of plays)
      if (ended === 'finished') expect(shownForMs).toBeGreaterThanOrEqual(900)
  }
  expect(told[0][0]?.player).not.toBe(told[1][0]?.player)
})

test('and how the session at the kiosk ended, once', async () => {
  const sessions = () => stage.told('kiosk-1', 'kiosk.session')
  await expect.poll(async () => (await sessions()).length, untilTold).toBeGreaterThanOrEqual(2)
  expect(await sessions()).toEqual([
    { state: 'started', service: 'account' },
    { state: 'finished', service: 'account' },
  ])
})

test('a called ticket is shown at once, an emergency before it, and then what comes next', async () => {
  const [screen] = stage.screens
  const page = screen.page()
  await page.locator('.stage[data-frame*=loop]').waitFor()
  await stage.sense('tickets-1', 'ticket.issued', { ticket: 'A012', service: 'cash' })
  await stage.sense('tickets-1', 'ticket.called', { ticket: 'A012', counter: 'counter-2' })
  const called = page.locator('.look-ticket-call')
  await called.waitFor()
  expect(await called.locator('.figure').textContent()).toBe('A012')
  await called.getByText('请 A012 到 2 号窗口').waitFor()
  await called.getByText('A012, please go to counter 2').waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  await stage.sense('tester-1', 'alarm.raised', { alarm: 'fire' })
  await page.locator('.look-emergency').waitFor()
  expect(await called.count()).toBe(0)
  expect(await accessibilityOf(page)).toEqual([])
  await stage.hub.json('end-emergency')
  await page.locator('.look-emergency').waitFor({ state: 'detached' })
  await showsMore(screen, 1)
  expect(screen.log().troubles).toEqual([])
})

test('each showing is counted once, and so is each session that the kiosk told of', async () => {
  const { screens, hub } = stage
  await Promise.all(screens.map((screen) => screen.kill()))
  const countsOf = async () => {
    const counts = await hub.json<readonly Count[]>('content', 'plays')
    return Object.fromEntries(
      counts.map(({ item, whole, interrupted, failed }) => [item, whole + interrupted + failed]),
    )
  }
  const toldOf = async () => {
    const told: Record<string, number> = {}
    for (const { item } of (await stage.plays()).flat()) told[item] = (told[item] ?? 0) + 1
    return told
  }
  await vi.waitFor(async () => expect(await countsOf()).toEqual(await toldOf()), waiting)
  expect(await stage.told('kiosk-1', 'kiosk.session')).toHaveLength(2)
})

test('all that a screen loads first is less than 120 KiB', () => {
  const bytes = firstLoadOf('screen', join(outDirectory, 'screen'))
  expect(bytes).toBeGreaterThan(40 * 1024)
  expect(bytes).toBeLessThan(120 * 1024)
})
