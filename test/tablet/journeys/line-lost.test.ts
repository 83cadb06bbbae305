/** The network goes, and the hub dies, in the middle of what a manager does: each is done once, and the page says how it stands. */
import mqtt from 'mqtt'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LobbyStage, openLobby } from '../../support/lobby.ts'
import { type Cable, layCable } from './cable.ts'
import { doneBy, expectAgreement } from './stands.ts'

let stage: LobbyStage
let cable: Cable
let sensor: mqtt.MqttClient

beforeAll(async () => {
  stage = await openLobby({ keepsPages: true })
  cable = await layCable(() => stage.hub().ports.http)
  sensor = await mqtt.connectAsync(`mqtt://127.0.0.1:${stage.hub().ports.mqtt}`, {
    clientId: 'demo/tester-1',
  })
  await sensor.publishAsync(
    'usher/v1/demo/tester-1/event/zone.count',
    JSON.stringify({ zone: 'vip', count: 40, observedAgoMs: 0 }),
    { qos: 1 },
  )
})
afterAll(async () => {
  await sensor?.endAsync(true)
  await cable?.stop()
  await stage?.stop()
})

const isGreyed = (page: Page) =>
  page.evaluate('getComputedStyle(document.querySelector("main")).filter !== "none"')

const actions = ['pause', 'alert.claim', 'device.hold']

test('the network is gone for a minute in the middle of three actions: each is done once, and seen to be', async () => {
  const { page, close } = await stage.openPage()
  // Its minute passes without one of ours.
  await page.clock.install()
  await page.goto(`http://127.0.0.1:${cable.port}/lobby/floor`)
  await page.getByText('Live', { exact: true }).waitFor()
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
  const claim = page.getByRole('complementary').getByRole('button', { name: 'Claim' })
  await claim.waitFor()
  expect(await isGreyed(page)).toBe(false)

  const paused = new Promise<void>((resolve) => {
    const callOff = stage.hub().watch(({ entries }) => {
      if (!JSON.stringify(entries).includes('"pause"')) return
      callOff()
      resolve()
    })
  })
  // The first is done by the hub, and its answer is lost.
  cable.hush()
  await page.getByRole('button', { name: /Automation/ }).click()
  await page.getByRole('button', { name: '10 min' }).click()
  await page.getByRole('dialog').getByText('Sent', { exact: true }).waitFor()
  await paused
  await page.keyboard.press('Escape')
  // The two others wait for it.
  void cable.hang()
  await claim.click()
  const row = page.getByRole('complementary').getByRole('listitem').filter({ hasText: 'Too many people' })
  await row.getByText('Waiting to be sent').waitFor()
  await page.locator('[data-device=robot-1]').press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Welcome robot' })
  await sheet.getByRole('button', { name: 'Hold for 15 min' }).click()
  await sheet.getByText('Waiting to be sent').waitFor()

  await page.clock.fastForward(60_000)
  await page.getByText('Showing data from 1 min', { exact: false }).waitFor()
  await page.getByText('3 to be sent', { exact: false }).waitFor()
  await page.getByText(/No connection · Data 1 min/).waitFor()
  expect(await isGreyed(page)).toBe(true)

  cable.cut()
  cable.mend()
  await page.getByText('Live', { exact: true }).waitFor()
  await sheet.getByText('Done', { exact: true }).waitFor()
  await page.getByText('Automation is paused until', { exact: false }).waitFor()
  await row.getByText('You are on it').waitFor()
  expect(await page.getByText('Showing data from', { exact: false }).count()).toBe(0)
  expect(await isGreyed(page)).toBe(false)
  expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
  expect((await doneBy(stage.hub(), 'manager-1')).map(({ name }) => name)).toEqual(actions)
  await expectAgreement(page, stage.hub().ports.http)
  await close()
})
