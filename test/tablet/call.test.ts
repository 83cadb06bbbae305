/** Calls with experts on the tablet, before a real hub and with real media. */
import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OtherSide } from '../calls/support/other-side.ts'
import { mediaWords } from '../calls/support/parties.ts'
import { picturesHere } from '../calls/support/pictures-here.js'
import { type LobbyStage, openLobby } from '../support/lobby.ts'
import { expectOpenToAll } from './open-to-all.ts'

let stage: LobbyStage
let others: OtherSide

beforeAll(async () => {
  stage = await openLobby({ words: mediaWords })
  others = new OtherSide({
    browser: stage.browser,
    base: stage.base,
    data: stage.data,
    hub: () => stage.hub(),
  })
})
afterAll(() => stage?.stop())

const seen = async (page: Page, name: string) => {
  const folder = process.env['USHER_LOOKED_AT']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png` })
}

/** As the page of a kiosk tells it. */
const asksAtKiosk = () =>
  stage.hub().engine.submit({
    body: {
      kind: 'event',
      device: 'kiosk-1',
      name: 'help.requested',
      data: { reason: 'expert', service: 'account' },
    },
  })

/** As a browser is that was started anew with its pages: none of them sounds before it is touched. */
const silentUntilTouched = `
  let isTouched = false
  addEventListener('pointerdown', () => { isTouched = true }, true)
  const play = HTMLAudioElement.prototype.play
  HTMLAudioElement.prototype.play = function () {
    return isTouched ? play.call(this) : Promise.reject(new DOMException('not yet', 'NotAllowedError'))
  }`

test('where no expert is there the button says so', async () => {
  const { page, close } = await stage.openPage()
  await page.getByRole('button', { name: /Call an expert.*No expert is there just now/ }).waitFor()
  await others.comes('expert-1')
  await page.getByRole('button', { name: 'Call an expert', exact: true }).waitFor()
  await close()
})

test('a call is seen from the ring to its end; the manager joins it muted, is heard, and leaves', async () => {
  const { page, close } = await stage.openPage()
  await asksAtKiosk()
  const calls = page.getByRole('region', { name: 'Expert calls' })
  await calls.getByRole('button', { name: /Kiosk 1.*ringing Expert Wang/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Expert call of Kiosk 1' })
  await sheet.getByRole('button', { name: 'Call it off' }).waitFor()
  await others.accepts('expert-1')
  const kiosk = await others.joins('kiosk:kiosk-1')
  const expert = await others.joins('expert:expert-1')
  await sheet.getByText('talking to Expert Wang').waitFor()
  await sheet.getByRole('button', { name: 'Join muted' }).click()
  await sheet.getByRole('button', { name: 'Camera: off' }).waitFor()
  await expect
    .poll(async () => (await page.evaluate(picturesHere)).filter((pictures) => pictures > 5).length, {
      timeout: 20_000,
    })
    .toBe(2)
  const managerIn = async () =>
    (await expert.view()).others.find(({ id }) => id === 'manager:manager-1')?.shown
  expect(await managerIn()).toEqual({ camera: false, microphone: false, held: false })
  // Beside the kiosk the tablet would howl: it is silent until somebody wants it otherwise.
  expect(await page.locator('audio').count()).toBe(0)
  await sheet.getByRole('button', { name: 'Sound: off' }).click()
  await expect.poll(() => page.locator('audio').count()).toBe(2)
  await seen(page, 'tablet-joined')
  await expectOpenToAll(page, 'joined')
  await sheet.getByRole('button', { name: 'Microphone: off' }).click()
  await expect.poll(managerIn).toEqual({ camera: false, microphone: true, held: false })
  // With the sheet closed it is still said that this tablet is heard.
  await page.keyboard.press('Escape')
  await page.getByText('You are in the call: camera off, microphone on').waitFor()
  expect(await page.locator('audio').count()).toBe(2)
  await seen(page, 'tablet-bar')
  // Loaded anew in the call: back in it, seen and heard no more and no less than before.
  await page.reload()
  await page.getByText('You are in the call: camera off, microphone on').waitFor()
  await expect.poll(managerIn).toEqual({ camera: false, microphone: true, held: false })
  await expect.poll(() => page.locator('audio').count()).toBe(2)
  const isSounding = () =>
    page
      .locator('audio')
      .evaluateAll((all) => all.map((audio) => !(audio as unknown as { paused: boolean }).paused))
  await expect.poll(isSounding).toEqual([true, true])
  await page.getByRole('button', { name: 'Open the call' }).click()
  await sheet.getByRole('button', { name: 'Microphone: on' }).click()
  await expect.poll(managerIn).toEqual({ camera: false, microphone: false, held: false })
  await page.addInitScript(silentUntilTouched)
  await page.reload()
  await page.getByText('Touch the page to hear the others').waitFor()
  await page.getByRole('button', { name: 'Open the call' }).click()
  await page.getByText('Touch the page to hear the others').waitFor({ state: 'detached' })
  await expect.poll(isSounding).toEqual([true, true])
  await sheet.getByRole('button', { name: 'Leave' }).click()
  await expect.poll(managerIn).toBeUndefined()
  expect((await others.call())?.state).toBe('in-call')
  // Who has left is not brought back.
  await page.reload()
  await calls.getByRole('button', { name: /Kiosk 1.*talking to Expert Wang/ }).click()
  await sheet.getByRole('button', { name: 'Join muted' }).waitFor()
  expect(await managerIn()).toBeUndefined()
  await kiosk.do('media.hangUp()')
  await sheet.getByText('Expert Wang is noting the result').waitFor()
  await others.wrapsUp('expert-1', 'solved')
  await sheet.getByText('solved', { exact: true }).waitFor()
  await kiosk.close()
  await expert.close()
  await close()
}, 90_000)

test('a call that is wanted no more is called off, and rings for nobody', async () => {
  const { page, close } = await stage.openPage()
  await asksAtKiosk()
  await page.getByRole('button', { name: /Kiosk 1.*ringing Expert Wang/ }).click()
  await page.getByRole('button', { name: 'Call it off' }).click()
  await page.getByRole('dialog').getByText('called off').waitFor()
  const experts = await stage.hub().engine.read((state) => state.experts.get('expert-1')?.call)
  expect(experts).toBeNull()
  await close()
})

test('a call is handed to a group with a note, and taken back by people on the spot', async () => {
  const { page, close } = await stage.openPage()
  await asksAtKiosk()
  await others.accepts('expert-1')
  const kiosk = await others.joins('kiosk:kiosk-1')
  const expert = await others.joins('expert:expert-1')
  await page.getByRole('button', { name: /Kiosk 1.*talking to Expert Wang/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Expert call of Kiosk 1' })
  await sheet.getByRole('button', { name: 'Hand over, or take back' }).click()
  await sheet.getByRole('combobox', { name: 'To whom' }).selectOption('Remote experts (whoever is free)')
  await sheet.getByRole('textbox', { name: 'Note' }).fill('A company loan')
  await expectOpenToAll(page, 'handing over')
  await seen(page, 'tablet-give')
  await sheet.getByRole('button', { name: 'Hand over', exact: true }).click()
  await sheet.getByText(/^waiting for/).waitFor()
  expect(await others.call()).toMatchObject({ expert: null, ahead: 1, notes: 'A company loan' })
  await sheet.getByRole('button', { name: 'Hand over, or take back' }).click()
  await sheet.getByText('somebody of the branch goes on with it').waitFor()
  await sheet.getByRole('button', { name: 'Hand over', exact: true }).click()
  await sheet.getByText('staff finish it').waitFor()
  expect(await others.call()).toMatchObject({ state: 'ended', outcome: 'follow-up', endedBy: 'manager-1' })
  await kiosk.close()
  await expert.close()
  await close()
}, 90_000)
