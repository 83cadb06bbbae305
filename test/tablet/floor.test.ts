/** The floor of the tablet in a real browser before a real hub in which people walk about. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { holdLine } from '../support/held-line.ts'
import { type LobbyStage, openLobby } from '../support/lobby.ts'
import { expectOpenToAll } from './open-to-all.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ isPeopled: true })
})
afterAll(() => stage?.stop())

const mark = (page: Page, device: string) => page.locator(`[data-device="${device}"]`)
const zoneMark = (page: Page, zone: string) => page.locator(`[data-zone="${zone}"][role="button"]`)

/** By key: one that moves may just now stand behind another. */
const openMark = async (page: Page, device: string) => {
  await mark(page, device).focus()
  await page.keyboard.press('Enter')
}

/** How many points of a picture are painted: a canvas has no other voice. */
const paintedOf = (canvas: string) => `(() => {
  const canvas = document.querySelector('${canvas}')
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  let sum = 0
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) sum += i
  return sum
})()`

/** How bright the middle of what is painted of people is in the picture after next, 0 to 255. */
const brightness = `new Promise((resolve) => {
  const look = () => {
    const canvas = document.querySelector('canvas[class*=people]')
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    let sum = 0
    let points = 0
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) { sum += data[i]; points += 1 }
    resolve(sum / Math.max(1, points))
  }
  requestAnimationFrame(() => requestAnimationFrame(look))
})`

const painted = paintedOf('canvas[class*=people]')

describe('the plan', () => {
  test('shows zones with how many are in them, each device with its whole state, and people as they move', async () => {
    const { page, close } = await stage.openPage({ path: '/floor' })
    await page.getByRole('button', { name: /^Waiting area, \d+ of 30/ }).waitFor()
    await mark(page, 'robot-1').waitFor()
    expect(await mark(page, 'robot-1').getAttribute('aria-label')).toMatch(
      /^Welcome robot, .*Online since \d\d:\d\d, Works, Automatic, .*Battery \d+%, Entrance$/,
    )
    await expect.poll(() => page.evaluate(painted), { timeout: 20_000 }).toBeGreaterThan(0)
    const before = Number(await page.evaluate(painted))
    await expect.poll(() => page.evaluate(painted), { timeout: 20_000 }).not.toBe(before)
    await close()
  })

  test('where people stand close is coloured as long as somebody wants to see it', async () => {
    const { page, close } = await stage.openPage({ path: '/floor' })
    await expect.poll(() => page.evaluate(painted), { timeout: 20_000 }).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Density' }).click()
    await page.getByText('people per m²').waitFor()
    await expect.poll(() => page.evaluate(paintedOf('canvas[class*=heat]'))).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Density' }).click()
    await page.locator('canvas[class*=heat]').waitFor({ state: 'detached' })
    await close()
  })

  test('people wear the colours of the theme at once, also when nobody moves', async () => {
    const { page, close } = await stage.openPage({ path: '/floor' })
    await expect.poll(() => page.evaluate(painted), { timeout: 20_000 }).toBeGreaterThan(0)
    const line = await holdLine(page)
    await expect.poll(() => page.evaluate(painted), { timeout: 20_000 }).toBeGreaterThan(0)
    line.hold()
    const light = Number(await page.evaluate(brightness))
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html[data-theme=dark]').waitFor()
    expect(Number(await page.evaluate(brightness))).toBeGreaterThan(light + 20)
    line.release()
    await close()
  })

  test('a device is opened by finger and by key; a robot is held, hand and name stand on it, and it is given back', async () => {
    const { page, close } = await stage.openPage({ path: '/floor', tongue: 'zh' })
    await mark(page, 'kiosk-2').locator('rect').first().click()
    await page.getByRole('dialog', { name: '二号智能柜台' }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await openMark(page, 'robot-1')
    const sheet = page.getByRole('dialog', { name: '迎宾机器人' })
    await sheet.getByRole('button', { name: '接管 15 分钟' }).click()
    await sheet.getByText('已完成').waitFor()
    await sheet.getByText('值班经理接管').waitFor()
    await sheet.getByText(/^到 \d\d:\d\d$/).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
    await sheet.waitFor({ state: 'detached' })
    expect(await mark(page, 'robot-1').getAttribute('aria-label')).toContain('值班经理接管')
    expect(stage.hub().engine.state.devices.get('robot-1')).toMatchObject({
      willingness: 'held',
      willingnessBy: 'manager-1',
    })
    await openMark(page, 'robot-1')
    await sheet.getByRole('button', { name: '交还' }).click()
    await sheet.getByRole('button', { name: '接管 15 分钟' }).waitFor()
    await close()
  })

  test('a zone says who is in it; a visitor leads to what was done for him and why not', async () => {
    const { page, close } = await stage.openPage({ path: '/floor' })
    await zoneMark(page, 'waiting').focus()
    await page.keyboard.press('Enter')
    const zone = page.getByRole('dialog', { name: 'Waiting area' })
    await zone.getByRole('button', { name: 'Announce' }).waitFor()
    await zone
      .getByRole('button', { name: /here for/ })
      .first()
      .click()
    const visitor = page.getByRole('dialog', { name: /^Visitor/ })
    await visitor.getByText('Here since').waitFor()
    await visitor.getByRole('button', { name: 'Is staff' }).waitFor()
    await visitor.getByRole('button', { name: 'Guide', exact: true }).waitFor()
    await page.goBack()
    await visitor.waitFor({ state: 'detached' })
    await close()
  })
})

const transformOf = (page: Page) =>
  page.evaluate(`document.querySelector('[data-zone="waiting"]').parentElement.getAttribute('transform')`)

test('the plan is moved by keys and by buttons, stays as it was left, and all of it is one key away', async () => {
  const { page, close } = await stage.openPage({ path: '/floor' })
  await mark(page, 'robot-1').waitFor()
  const whole = await transformOf(page)
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await page.getByRole('region', { name: 'Plan' }).focus()
  await page.keyboard.press('ArrowLeft')
  const near = await transformOf(page)
  expect(near).not.toBe(whole)
  await page.getByRole('link', { name: 'Work' }).click()
  await page.getByRole('link', { name: 'Floor' }).click()
  await mark(page, 'robot-1').waitFor()
  await expect.poll(() => transformOf(page)).toBe(near)
  await page.getByRole('region', { name: 'Plan' }).focus()
  await page.keyboard.press('0')
  await expect.poll(() => transformOf(page)).toBe(whole)
  await close()
})

test('the list says the same in words, what wants somebody first, and only what is asked for', async () => {
  const { page, close } = await stage.openPage({ path: '/floor', size: 'small' })
  await page.getByRole('radio', { name: 'Devices' }).click()
  const list = page.getByRole('region', { name: 'Devices' })
  await list.getByRole('combobox').selectOption({ label: 'Kiosks 4' })
  expect(await list.getByRole('listitem').count()).toBe(4)
  await list.getByRole('button', { name: /^Kiosk 1, .*Online since/ }).click()
  await page.getByRole('dialog', { name: 'Kiosk 1' }).getByText('Link').waitFor()
  await close()
})

test.each(['zh', 'en'] as const)('the floor is open to everybody, %s', async (tongue) => {
  const { page, close } = await stage.openPage({ path: '/floor', tongue, size: 'portrait' })
  await mark(page, 'robot-1').waitFor()
  await expect.poll(() => page.evaluate(painted), { timeout: 20_000 }).toBeGreaterThan(0)
  await expectOpenToAll(page)
  await mark(page, 'robot-1').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await expectOpenToAll(page)
  await close()
})
