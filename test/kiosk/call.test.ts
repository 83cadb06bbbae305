/** A call with an expert at the kiosk, before a real hub and with real media: who may see whom, and when. */
import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMoving } from '../calls/support/is-moving.ts'
import { OtherSide } from '../calls/support/other-side.ts'
import { expectOpenToAll } from './support/looked-at.ts'
import { type KioskPage, KioskStage } from './support/stage.ts'

const stage = new KioskStage({ isInCalls: true })
let others: OtherSide
let kiosk: KioskPage
let page: Page

/** Counts how often the page asks for a camera or a microphone. */
const countAsked = `
  globalThis.asked = 0
  const devices = navigator.mediaDevices
  const get = devices.getUserMedia.bind(devices)
  devices.getUserMedia = (wanted) => { globalThis.asked += 1; return get(wanted) }`
const asked = (on = page) => on.evaluate('globalThis.asked') as Promise<number>

const openKiosk = (device: string, size: 'landscape' | 'portrait') =>
  stage.openPage({ device, size, before: async (on) => void (await on.addInitScript(countAsked)) })

beforeAll(async () => {
  await stage.open()
  others = new OtherSide({ browser: stage.browser, base: stage.base, data: stage.data, hub: () => stage.hub })
  kiosk = await openKiosk('kiosk-1', 'landscape')
  page = kiosk.page
}, 60_000)
afterAll(() => stage.stop())

const press = (name: string | RegExp, on = page) =>
  on.getByRole('button', { name, exact: true }).first().click()
const title = (name: string | RegExp, on = page) => on.getByRole('heading', { name }).waitFor()
const seen = async (name: string, on = page) => {
  const folder = process.env['USHER_LOOKED_AT']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await on.screenshot({ path: `${folder}/${name}.png` })
}
const state = async () => (await others.call())?.state

test('where no expert is there none is offered, and the page says so', async () => {
  await expect.poll(() => stage.hub.engine.state.devices.get('kiosk-1')?.link).toBe('online')
  await press('English')
  await page.getByText('No expert is there just now').waitFor()
  expect(await page.getByRole('button', { name: 'Call an expert' }).count()).toBe(0)
  await press('Call staff')
  await page.getByText('Our staff can help you').waitFor()
  await seen('nobody')
  await press('Carry on')
})

test('asked for at the kiosk, accepted, agreed to, and then all see and hear each other', async () => {
  await others.comes('expert-1')
  await press('Call an expert')
  await press('Agree and call')
  await title('Waiting for an expert')
  await page.getByText('Expert Wang is being called').waitFor()
  await expectOpenToAll(page, 'waiting')
  await seen('waiting')
  await press('Carry on')
  await page.getByText('Expert Wang is being called').waitFor()
  await others.accepts('expert-1')
  const expert = await others.joins('expert:expert-1')
  // Whatever page they were on.
  await title('Expert Wang has answered')
  await expectOpenToAll(page, 'consent')
  await seen('consent')
  expect(await asked()).toBe(0)
  expect((await expert.view()).others).toEqual([])
  await press('Agree and talk')
  await isMoving(page, 2, { all: true })
  const manager = await others.joins('manager:manager-1')
  await isMoving(page, 3, { all: true })
  await expect
    .poll(async () => (await expert.reports()).map(({ frames }) => frames > 5))
    .toEqual([true, true])
  await seen('talking')
  await expectOpenToAll(page, 'talking')
  await manager.close()
  await isMoving(page, 2, { all: true })

  await press(/^Camera/)
  await page.getByRole('button', { name: /Camera.*Off: nobody sees you/ }).waitFor()
  await expect.poll(async () => (await expert.view()).others[0]?.shown.camera).toBe(false)
  await press(/^Camera/)
  await expect.poll(async () => (await expert.view()).others[0]?.shown.camera).toBe(true)

  await expert.do('media.hold(true)')
  await page.getByText('asks you to hold on').waitFor()
  await expert.do('media.hold(false)')
  await page.getByText('asks you to hold on').waitFor({ state: 'detached' })

  // Loaded anew in the call: back in it, not asked again for the same expert, and not heard again for that.
  await press(/^Microphone/)
  await expect.poll(async () => (await expert.view()).others[0]?.shown.microphone).toBe(false)
  await page.reload()
  await title('Talking to Expert Wang')
  await isMoving(page, 2, { all: true })
  await expect
    .poll(async () => (await expert.view()).others[0]?.shown)
    .toEqual({ camera: true, microphone: false, held: false })
  await press(/^Microphone/)
  await page.getByRole('button', { name: /Microphone.*On: you are heard/ }).waitFor()

  // On other pages too it is said that they are seen and heard.
  await press(/Language, display/)
  await press('Large and simple')
  await page.getByRole('region', { name: 'Talking to Expert Wang' }).getByText('On: you are heard').waitFor()
  await expectOpenToAll(page, 'another page in the call')
  await seen('bar')
  await press('Back to the call')
  await isMoving(page, 2, { all: true })
  await expectOpenToAll(page, 'talking in elder mode')
  await seen('talking-elder')

  await press('Hang up')
  await title('The call is over')
  expect(await page.locator('video').count()).toBe(0)
  await expect.poll(state).toBe('wrap-up')
  await others.wrapsUp('expert-1', 'call-back')
  await page.getByText(/We call you back by \d\d:\d\d/).waitFor()
  await expectOpenToAll(page, 'over')
  await seen('over')
  await press('Done')
  await page.getByRole('button', { name: '中文' }).waitFor()
  expect(await page.evaluate('sessionStorage.length')).toBe(0)
  await expert.close()
}, 120_000)

test('who does not agree is neither seen nor heard: it is hung up, and staff are asked', async () => {
  const second = await openKiosk('kiosk-2', 'portrait')
  const on = second.page
  await expect.poll(() => stage.hub.engine.state.devices.get('kiosk-2')?.link).toBe('online')
  await press('中文', on)
  await press(/语言与显示/, on)
  await press('长辈版', on)
  await press('低位操作', on)
  await press('好了', on)
  await press('叫人帮忙', on)
  await press('问专家', on)
  await press('同意并呼叫', on)
  await title('正在等候专家', on)
  await expectOpenToAll(on, 'waiting, elder')
  await seen('waiting-elder', on)
  await others.accepts('expert-1')
  await title('王专家已接听', on)
  await expectOpenToAll(on, 'consent, elder')
  await seen('consent-elder', on)
  await press('不同意，请工作人员来', on)
  await expect.poll(state).toBe('ended')
  expect(await others.call()).toMatchObject({ outcome: 'withdrawn', endedBy: 'kiosk:kiosk-2' })
  await on.getByText('已呼叫工作人员').first().waitFor()
  await expect
    .poll(() => stage.hub.engine.state.tasks.values().filter(({ flow }) => flow === 'assistance').length)
    .toBeGreaterThan(0)
  expect(await asked(on)).toBe(0)
  expect((await others.calls()).every(({ state: one }) => one === 'ended')).toBe(true)
  expect(second.log.troubles).toEqual([])
  await second.context.close()
}, 60_000)

test('who goes while somebody is called is called off', async () => {
  await press('English')
  await press('Call an expert')
  await press('Agree and call')
  await page.getByText('Expert Wang is being called').waitFor()
  await press(/^End/)
  await expect.poll(state).toBe('ended')
  await expect.poll(() => stage.hub.engine.state.experts.get('expert-1')?.call).toBeNull()
})

test('nothing that the policy of the hub forbids was even tried', () => {
  expect(kiosk.log.troubles).toEqual([])
})
