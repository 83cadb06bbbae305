/** The hub is killed under an open page while something is under way, and started again: done once, and the page comes back by itself. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChromium, readConsole } from '../../support/chromium.ts'
import { keepShift } from '../../support/lobby.ts'
import { type Cable, layCable } from './cable.ts'
import { createKillableHub, type KillableHub } from './killed-hub.ts'
import { doneBy, expectAgreement, followAs } from './stands.ts'

let hub: KillableHub
let cable: Cable
let browser: Browser

beforeAll(async () => {
  hub = await createKillableHub()
  const [opened, laid] = await Promise.all([openChromium(), layCable(() => hub.port), hub.start()])
  browser = opened
  cable = laid
})
afterAll(async () => {
  await browser?.close()
  await cable?.stop()
  await hub?.stop()
})

const signIn = async (page: Page) => {
  const { name, password } = hub.account
  await page.addInitScript(keepShift, name)
  await page.goto(`http://127.0.0.1:${cable.port}/lobby/floor?device=robot-1`)
  await page.locator('#name').fill(name)
  await page.locator('#password').fill(password)
  await page.keyboard.press('Enter')
  await page.getByText('Live', { exact: true }).waitFor()
}

const killAndStart = async () => {
  await hub.kill()
  cable.cut()
  await hub.start()
  cable.mend()
}

test('killed before, after and while a command is taken in: each is done once, without a reload', async () => {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const log = readConsole(page, /requires 'Trusted\w+' assignment/i)
  await signIn(page)
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
  const sheet = page.getByRole('dialog')
  const done = sheet.getByText('Done', { exact: true })
  const hold = sheet.getByRole('button', { name: 'Hold until released' })
  const release = sheet.getByRole('button', { name: 'Release' })

  // The hub did it, and died before it could say so.
  const observer = await followAs(hub.port, context)
  cable.hush()
  await hold.click()
  await observer.until(({ copy }) => copy.devices.get('robot-1')?.willingness === 'held')
  await killAndStart()
  await done.waitFor()
  await release.waitFor()

  // It died before the order came to it.
  const lost = cable.hang()
  await release.click()
  await lost
  await killAndStart()
  await hold.waitFor()
  await done.waitFor()

  // It dies in the very moment, wherever that finds it.
  await Promise.all([hold.click(), killAndStart()])
  await release.waitFor()
  await done.waitFor()

  await page.getByText('Live', { exact: true }).waitFor()
  expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
  await expectAgreement(page, hub.port)
  expect(log.troubles).toEqual([])
  await context.close()
  await hub.kill()
  await hub.readData(async (read) => {
    const orders = await doneBy(read, hub.account.name)
    expect(orders.map(({ name }) => name)).toEqual(['device.hold', 'device.release', 'device.hold'])
  })
}, 120_000)
