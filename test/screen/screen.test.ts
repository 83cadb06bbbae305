/** A screen on the wall: what it shows whatever becomes of the hub, of its page and of its browser, and that each showing is accounted for once. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstLoadOf } from '#apps/build/build.ts'
import { outDirectory } from '#apps/build/stamp.ts'
import { accessibilityOf } from '../support/lobby.ts'
import { openScreenStage, picture, type ScreenStage } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-screen-'))
let stage: ScreenStage

beforeAll(async () => {
  stage = await openScreenStage(folder)
  await stage.openScreen()
})
afterAll(async () => {
  await stage?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const waiting = { timeout: 20_000, interval: 100 }
const shown = () => stage.frames.flatMap(({ item }) => (item === undefined ? [] : [item]))
const showsMore = async (count: number) => {
  const before = shown().length
  await expect.poll(() => shown().length - before, waiting).toBeGreaterThanOrEqual(count)
}

test('before it is anybody it shows the branch, the time, and a code; nothing is wrong with either in any language', async () => {
  const page = stage.page()
  await page.getByText('示范网点').waitFor()
  await page.getByText('Welcome', { exact: true }).waitFor()
  await page.locator('.note.code strong').waitFor()
  expect(await page.locator('.note.code strong').textContent()).toMatch(/^\w{3} \w{3}$/)
  expect(await accessibilityOf(page)).toEqual([])
  await stage.admit()
})

test('what two people agreed to is on the screen once all of it is there', async () => {
  await stage.publish(
    [
      { item: 'red', bytes: picture([180, 30, 30]) },
      { item: 'blue', bytes: picture([30, 30, 180]), words: { zh: '存款利率', en: 'Deposit rates' } },
      { item: 'fraud', words: { zh: '谨防诈骗', en: 'Beware of fraud' }, mandatory: 'fraud-warning' },
    ],
    1_000,
  )
  await expect.poll(() => new Set(shown()).size, waiting).toBe(3)
  expect(await accessibilityOf(stage.page())).toEqual([])
})

test('without the hub it plays on; also when its page is loaded anew, and when its browser is killed and started', async () => {
  await stage.hub.kill()
  await showsMore(3)
  await stage.page().reload()
  await showsMore(3)
  expect(stage.log().troubles).toEqual([])
  await stage.killScreen()
  await stage.openScreen()
  await showsMore(3)
  expect(await stage.page().locator('.note').count()).toBe(0)
})

test('once the hub is back it has every showing once, in the order in which they were seen', async () => {
  const seen = shown().length - 1
  await stage.hub.start()
  await expect
    .poll(async () => (await stage.plays()).length, { timeout: 30_000, interval: 500 })
    .toBeGreaterThanOrEqual(seen)
  const plays = await stage.plays()
  expect(new Set(plays.map(({ player }) => player)).size).toBe(1)
  expect(plays.map(({ n }) => n)).toEqual(plays.map((_, index) => index + 1))
  expect(plays.map(({ item }) => item)).toEqual(shown().slice(0, plays.length))
  // By the loading anew and by the kill, and no others.
  expect(plays.filter(({ ended }) => ended === 'interrupted').length).toBeLessThanOrEqual(2 + 1)
  for (const { ended, shownForMs } of plays)
    if (ended === 'finished') expect(shownForMs).toBeGreaterThanOrEqual(900)
})

test('a called ticket is shown at once, an emergency before it, and then what comes next', async () => {
  const page = stage.page()
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
  await showsMore(1)
  expect(stage.log().troubles).toEqual([])
})

test('all that a screen loads first is less than 120 KiB', () => {
  const bytes = firstLoadOf('screen', join(outDirectory, 'screen'))
  expect(bytes).toBeGreaterThan(40 * 1024)
  expect(bytes).toBeLessThan(120 * 1024)
})
