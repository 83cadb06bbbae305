/**
 * The hub is killed, a customer finishes at the kiosk, and the page or the browser goes down before the hub is back: what
 * was finished is told once, and the invitation of that customer counts as finished.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KeptPage } from '../screen/kept-page.ts'
import { openScreenStage, type ScreenStage } from '../screen/support.ts'
import { press, updatePhone } from './support/update-phone.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-kiosk-away-'))
let stage: ScreenStage
let kiosk: KeptPage

beforeAll(async () => {
  stage = await openScreenStage(folder)
  ;({ kiosk } = stage)
  await kiosk.open()
  await kiosk.code().waitFor()
  await stage.admit(kiosk)
}, 60_000)
afterAll(async () => {
  await stage?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const untilTold = { timeout: 50_000, interval: 300 }

/** Who waits with this ticket renews a phone number here instead. */
const finishes = async (page: Page, ticket: string) => {
  await press(page, 'English')
  await press(page, /I have a ticket/)
  await page.getByRole('textbox').fill(ticket)
  await press(page, 'Confirm')
  await updatePhone(page)
}

const ends = [
  ['the page is loaded again', 'A021', () => kiosk.page().reload()],
  ['the browser is killed', 'A022', () => kiosk.kill().then(() => kiosk.open())],
] as const

test.each(ends)(
  '%s: what was finished meanwhile is told once, and counts',
  async (_, ticket, end) => {
    const { hub } = stage
    await expect
      .poll(async () => (await hub.json<{ link: string }>('devices', 'show', 'kiosk-1')).link, untilTold)
      .toBe('online')
    await stage.sense('tickets-1', 'ticket.issued', { ticket, service: 'account' })
    await hub.kill()
    await finishes(kiosk.page(), ticket)
    await end()
    await kiosk.page().getByRole('button', { name: 'English' }).waitFor()
    await hub.start()
    const sessions = async () =>
      (await stage.told('kiosk-1', 'kiosk.session')).filter((told) => JSON.stringify(told).includes(ticket))
    await expect.poll(async () => (await sessions()).length, untilTold).toBeGreaterThanOrEqual(3)
    await expect
      .poll(async () => (await hub.usher('explain', '--ticket', ticket, '--lang', 'en')).said, untilTold)
      .toContain('finished at the kiosk')
    const who = { ticket, service: 'account' }
    expect(await sessions()).toEqual([
      { state: 'started', ticket },
      { state: 'started', ...who },
      { state: 'finished', ...who },
    ])
  },
  120_000,
)
