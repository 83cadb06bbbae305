/** Kiosk and expert look at the kiosk's page together, and at a document: two real pages and a real hub. */
import { mkdirSync } from 'node:fs'
import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectKeysApart } from '../expert/keys-apart.ts'
import { accessibilityOf } from '../support/lobby.ts'
import { expectOpenToAll as expectConsoleOpenToAll } from '../tablet/open-to-all.ts'
import { expectOpenToAll } from './support/looked-at.ts'
import type { KioskPage } from './support/stage.ts'
import { type ConsolePage, expertName, TogetherStage } from './support/together.ts'
import { press } from './support/update-phone.ts'

const stage = new TogetherStage()
let kiosk: KioskPage
let desk: ConsolePage
let page: Page
let expert: Page
let mirror: FrameLocator

const seen = async (name: string, on: Page) => {
  const folder = process.env['USHER_LOOKED_AT']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await on.screenshot({ path: `${folder}/${name}.png` })
}
const title = (name: string | RegExp) => page.getByRole('heading', { name }).waitFor()
const codes = async () => (await stage.records()).map(({ code }) => code)

/** A sheet of fees, as a bank would have one. */
const sheetOfFees = async (): Promise<Buffer> => {
  const blank = await stage.kiosks.browser.newPage({ viewport: { width: 1000, height: 700 } })
  await blank.setContent(
    '<body style="font:28px system-ui;padding:40px"><h1>Fees 2026</h1><table border=1 cellpadding=12>' +
      '<tr><td>Transfer within the bank<td>free<tr><td>To another bank<td>¥ 5<tr><td>Abroad<td>¥ 80</table>',
  )
  const picture = await blank.screenshot({ type: 'png' })
  await blank.close()
  return picture
}

beforeAll(async () => {
  await stage.open()
  await stage.addDocument('fees', { zh: '收费标准', en: 'Table of fees' }, await sheetOfFees())
  kiosk = await stage.openKiosk('kiosk-1')
  page = kiosk.page
  await press(page, 'English')
}, 90_000)
afterAll(() => stage.stop())

test('a visitor goes on with a form while talking, and the expert sees nothing of it before they agree', async () => {
  desk = await stage.openConsole()
  expert = desk.page
  mirror = expert.frameLocator('iframe')
  await press(page, /Personal account/)
  await press(page, /Every kind of field/)
  await title('Who are you?')
  await stage.connect(page, expert)
  await expect.poll(() => page.locator('video').count()).toBe(2)
  await seen('kiosk-talking', page)
  await press(page, 'Carry on with your business')
  await title('Who are you?')
  await page.getByRole('region', { name: 'Talking to Expert Wang' }).waitFor()
  await expect.poll(() => page.locator('video').count()).toBe(1)
  await expectOpenToAll(page, 'a form in the call')
  await seen('kiosk-form-in-call', page)
  expect(await expert.locator('iframe').count()).toBe(0)

  await expert.keyboard.press('s')
  await page.getByRole('heading', { name: 'May Expert Wang see this page?' }).waitFor()
  await expectOpenToAll(page, 'the question')
  await seen('kiosk-question', page)
  await press(page, 'No')
  await expert.getByText('You do not see the customer’s page').waitFor()
  expect(stage.sent.filter((frame) => frame.includes('"page"'))).toEqual([])

  await expert.keyboard.press('s')
  await press(page, 'Yes, show the page')
  await mirror.getByText('Who are you?').waitFor()
  await page.getByText('Expert Wang sees this page, without what you enter').waitFor()
  await expectOpenToAll(page, 'seen by the expert')
  expect(await accessibilityOf(expert)).toEqual([])
  await seen('kiosk-seen', page)
  await seen('console-seen', expert)
  expect(await expectKeysApart(expert)).toEqual(expect.arrayContaining(['S', 'K', 'U', 'D', 'W', 'E']))
}, 120_000)

test('it looks like the page, follows it, and shows that a field is filled and never with what', async () => {
  // Drawn by the kiosk's own rules: none of them was stopped by the policy of the console.
  const sizeOf = (on: Page | FrameLocator) =>
    on
      .getByText('Who are you?')
      .first()
      .evaluate((element) => {
        const { fontSize, fontWeight } = (
          globalThis as unknown as {
            getComputedStyle(of: unknown): { fontSize: string; fontWeight: string }
          }
        ).getComputedStyle(element)
        return `${fontSize} ${fontWeight}`
      })
  const size = await sizeOf(page)
  // A whole page that comes just now puts another in the place of the one that is measured.
  await expect.poll(() => sizeOf(mirror)).toBe(size)
  await page.getByRole('textbox', { name: 'Name' }).fill('Zhang Xiaoming')
  await page.getByRole('textbox', { name: 'Card number' }).fill('6222021234567890')
  await expect.poll(() => mirror.locator('input').nth(1).inputValue()).toBe('••••••')
  expect(await mirror.locator('input').nth(0).inputValue()).toBe('')
  await seen('console-filled', expert)
})

test('the expert points, and marks a place by mouse and by key; nothing of it presses anything', async () => {
  const glass = expert.getByRole('button', { name: 'Point at the page' })
  const next = mirror.getByText('Next', { exact: true })
  const box = await next.boundingBox()
  if (box === null) throw new Error('There is no such button.')
  await expert.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.locator('[data-point="ring"]').waitFor()
  await expert.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await page.getByText('Expert Wang: please look here').first().waitFor()
  await expectOpenToAll(page, 'pointed at')
  await seen('kiosk-marked', page)
  // Where the finger would go: within the button.
  const ring = await page.locator('[data-point="ring"]').boundingBox()
  const button = await page.getByRole('button', { name: 'Next', exact: true }).boundingBox()
  const centre = (of: typeof ring) => [
    (of?.x ?? 0) + (of?.width ?? 0) / 2,
    (of?.y ?? 0) + (of?.height ?? 0) / 2,
  ]
  const [x = 0, y = 0] = centre(ring)
  expect(x).toBeGreaterThan(button?.x ?? 0)
  expect(x).toBeLessThan((button?.x ?? 0) + (button?.width ?? 0))
  expect(Math.abs(y - (centre(button)[1] ?? 0))).toBeLessThan(20)
  await title('Who are you?')

  await glass.focus()
  await expert.keyboard.press('Enter')
  await expert.getByRole('radio', { name: 'City' }).focus()
  await expert.keyboard.press('Space')
  expect(await accessibilityOf(expert)).toEqual([])
  await expert.getByRole('button', { name: 'Look here' }).last().press('Enter')
  await expert.getByText('Marked on the customer’s page').waitFor()
})

test('a proposal is taken over or not by the customer, and on record is that, never what', async () => {
  await expert.keyboard.press('u')
  await expert.getByRole('combobox', { name: 'Field' }).waitFor()
  expect(await expert.getByRole('combobox', { name: 'Field' }).locator('option').allTextContents()).toEqual([
    'City',
  ])
  await expert.getByRole('textbox', { name: 'Value' }).fill('Chengdu')
  expect(await accessibilityOf(expert)).toEqual([])
  await seen('console-propose', expert)
  await expert.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Expert Wang proposes for “City”' }).waitFor()
  await expectOpenToAll(page, 'proposed')
  await seen('kiosk-proposal', page)
  expect(await page.getByRole('textbox', { name: 'City' }).inputValue()).toBe('')
  await press(page, 'Take it over')
  expect(await page.getByRole('textbox', { name: 'City' }).inputValue()).toBe('Chengdu')
  await expert.getByText('“City”: taken over').waitFor()

  await expert.keyboard.press('u')
  await expert.getByRole('textbox', { name: 'Value' }).fill('Xianyang')
  await expert.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Expert Wang proposes for “City”' }).waitFor()
  await press(page, 'No')
  await expert.getByText('“City”: not taken over').waitFor()
  expect(await page.getByRole('textbox', { name: 'City' }).inputValue()).toBe('Chengdu')

  await expert.keyboard.press('u')
  await expert.getByRole('textbox', { name: 'Value' }).fill('x'.repeat(120))
  await expert.keyboard.press('Enter')
  await expert.getByText('“City”: the form does not take this value').waitFor()
  const records = await stage.records()
  expect(records.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['call.page-shown', 'call.proposal-taken', 'call.proposal-declined']),
  )
  expect(JSON.stringify(records)).not.toMatch(/Chengdu|Xianyang/)
  expect(records.find(({ code }) => code === 'call.proposal-taken')?.params).toMatchObject({
    expert: expertName,
    field: 'city',
  })
})

test('a console that is loaded anew, and one whose line broke, see the whole page again', async () => {
  await expert.reload()
  await mirror.getByText('Who are you?').waitFor()
  await stage.kiosks.stopHub()
  await stage.kiosks.startHub()
  await press(page, 'Next')
  await title('How much, and when?')
  await expect.poll(() => mirror.getByText('How much, and when?').count(), { timeout: 20_000 }).toBe(1)
}, 60_000)

test('while a secret is typed nothing is shown, and the console says so', async () => {
  await page.getByRole('textbox', { name: 'Phone' }).fill('13912345678')
  await page.getByRole('textbox', { name: 'Amount' }).fill('4321.09')
  await page.getByRole('textbox', { name: 'Year', exact: true }).fill('1990')
  await page.getByRole('textbox', { name: 'Month', exact: true }).fill('05')
  await page.getByRole('textbox', { name: 'Day', exact: true }).fill('31')
  await press(page, 'Next')
  await page.getByText('By post').click()
  await mirror.getByText('By post').waitFor()
  // Which one was chosen is an entry as well.
  expect(await mirror.locator('input:checked, [data-chosen]').count()).toBe(0)
  await press(page, 'Next')
  await expert.getByText('Paused: the customer is at something secret').waitFor()
  expect(await expert.locator('iframe').count()).toBe(0)
  await page.getByText('Paused: Expert Wang does not see this page now').waitFor()
  await expectOpenToAll(page, 'paused')
  await seen('kiosk-paused', page)
  await seen('console-paused', expert)
  for (const digit of '975310') await page.getByRole('button', { name: digit, exact: true }).click()
  await press(page, 'Next')
  await mirror.getByText('Please check').or(mirror.getByText('Card number')).first().waitFor()
  expect(await mirror.locator('dd').allTextContents()).toEqual(Array.from({ length: 10 }, () => '•••'))
  await seen('console-review', expert)
})

test('a document is seen large by both, put away by the customer, and on record', async () => {
  await expert.keyboard.press('d')
  await expert.getByRole('radio', { name: 'Table of fees' }).focus()
  await expert.keyboard.press('Space')
  await expert.getByRole('img', { name: 'Table of fees' }).waitFor()
  expect(await accessibilityOf(expert)).toEqual([])
  await seen('console-documents', expert)
  await press(expert, 'Show it')
  await title('Expert Wang shows you: Table of fees')
  const width = (on: Page) =>
    on
      .getByRole('img', { name: 'Table of fees' })
      .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)
  await expect.poll(() => width(page)).toBe(1_000)
  await expert.getByText('The customer is looking at: Table of fees').waitFor()
  await expect.poll(() => width(expert)).toBe(1_000)
  await expectOpenToAll(page, 'a document')
  await seen('kiosk-document', page)
  await seen('console-document', expert)
  await press(page, 'Close')
  await title('Please check')
  await expect.poll(async () => (await stage.call())?.document).toBeNull()
  await mirror.getByText('Card number').waitFor()
  const records = await stage.records()
  expect(records.find(({ code }) => code === 'call.document-shown')?.params).toMatchObject({
    item: 'fees',
    version: 1,
    expert: expertName,
  })
  expect(records.find(({ code }) => code === 'call.document-put-away')?.params).toMatchObject({
    by: 'kiosk:kiosk-1',
  })
})

test('one press ends it at once, and the call goes on', async () => {
  await press(page, 'Stop showing')
  await expert.getByText('You do not see the customer’s page').waitFor()
  expect(await expert.locator('iframe').count()).toBe(0)
  expect((await stage.call())?.state).toBe('in-call')
  const before = stage.sent.filter((frame) => frame.includes('"page"')).length
  await press(page, 'Back to the call')
  await title('Talking to Expert Wang')
  await press(page, 'Carry on with your business')
  expect(stage.sent.filter((frame) => frame.includes('"page"')).length).toBe(before)
  await expect.poll(codes).toContain('call.page-hidden')
})

test('in Chinese, upright, large and low, with a console in the dark: asked, seen, proposed and shown', async () => {
  await press(page, 'Hang up')
  await expert.locator('[data-stage="wrap-up"]').waitFor()
  await expert.keyboard.press('1')
  await expert.keyboard.press('f')
  await expert.locator('[data-stage="ready"]').waitFor()
  await expert.keyboard.press('o')
  await expert.locator('[data-stage="offline"]').waitFor()
  await desk.context.close()
  const other = await stage.openConsole('zh')
  const second = await stage.openKiosk('kiosk-2', 'portrait')
  const on = second.page
  await press(on, '中文')
  await press(on, /语言与显示/)
  await press(on, '长辈版')
  await press(on, '低位操作')
  await press(on, '好了')
  await press(on, /个人账户/)
  await press(on, /各类填写项/)
  await press(on, '叫人帮忙')
  await press(on, '问专家')
  await press(on, '同意并呼叫')
  await other.page.locator('[data-stage="ringing"]').waitFor()
  await other.page.keyboard.press('a')
  await press(on, '同意并开始通话')
  await on.getByRole('heading', { name: '正在与王专家通话' }).waitFor()
  await press(on, '继续办理')
  await other.page.keyboard.press('s')
  await on.getByRole('heading', { name: '让王专家查看本页面吗？' }).waitFor()
  await expectOpenToAll(on, 'the question, elder')
  await press(on, '可以查看')
  await other.page.frameLocator('iframe').getByText('您的信息').waitFor()
  await expectOpenToAll(on, 'seen, elder')
  await seen('kiosk-seen-elder', on)
  await expectConsoleOpenToAll(other.page, 'seen')
  await seen('console-seen-zh', other.page)
  await other.page.keyboard.press('u')
  await other.page.getByRole('textbox', { name: '内容' }).fill('成都')
  await expectConsoleOpenToAll(other.page, 'proposing')
  await other.page.keyboard.press('Enter')
  await on.getByRole('heading', { name: '王专家建议填写“城市”' }).waitFor()
  await expectOpenToAll(on, 'proposed, elder')
  await seen('kiosk-proposal-elder', on)
  await press(on, '采用')
  await other.page.getByText('“城市”：客户已采用').waitFor()
  await other.page.keyboard.press('d')
  await other.page.getByRole('radio', { name: '收费标准' }).focus()
  await other.page.keyboard.press('Space')
  await press(other.page, '展示给客户')
  await on.getByRole('heading', { name: '王专家请您看：收费标准' }).waitFor()
  await expectOpenToAll(on, 'a document, elder')
  await expectConsoleOpenToAll(other.page, 'a document')
  await seen('kiosk-document-elder', on)
  await seen('console-document-zh', other.page)
  expect([...second.log.troubles, ...other.log.troubles]).toEqual([])
}, 90_000)

test('neither page tried what its policy forbids', () => {
  expect(kiosk.log.troubles).toEqual([])
  expect(desk.log.troubles).toEqual([])
})
