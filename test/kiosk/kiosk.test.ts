/** The kiosk's page in a real browser, before a real hub: what visitors do there, and what the journal has of it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command, Entry } from '#hub/engine/entry.ts'
import { sense } from '../adapters/support/demo-hub.ts'
import { allThatIsKept } from './support/kept-here.js'
import { expectOpenToAll } from './support/looked-at.ts'
import { type KioskPage, KioskStage } from './support/stage.ts'

const stage = new KioskStage()
const journal: Entry[] = []
const reasons: string[] = []
let kiosk: KioskPage
let page: Page

const listen = () =>
  stage.hub.watch(({ entries, decisions }) => {
    journal.push(...entries)
    reasons.push(...decisions.map(({ record }) => record.code))
  })

beforeAll(async () => {
  await stage.open()
  listen()
  kiosk = await stage.openPage()
  page = kiosk.page
}, 60_000)
afterAll(() => stage.stop())

/** A text is the whole name; a pattern a part of it. */
const press = (name: string | RegExp, on = page) =>
  on.getByRole('button', { name, exact: true }).first().click()
const order = (command: Command) => stage.hub.engine.submit({ body: { kind: 'command', command } })
const title = (name: string | RegExp, on = page) => on.getByRole('heading', { name }).waitFor()

/** Whatever the page shows or has typed in, and whatever it or its origin keeps. */
const everythingOf = async (on: Page): Promise<string> =>
  `${await on.evaluate(allThatIsKept)} ${await on.content()} ${on.url()}`

/** What this kiosk told of its use, as the journal has it. */
const told = (device: string, name: string) =>
  journal.flatMap(({ body }) =>
    body.kind === 'event' && body.device === device && body.name === name ? [body.data] : [],
  )
const sessions = (device = 'kiosk-1') => told(device, 'kiosk.session')
const linkOf = (device: string) => stage.hub.engine.state.devices.get(device)?.link

test('language, what brings somebody, and a ticket of the kiosk’s own series', async () => {
  await expect.poll(() => linkOf('kiosk-1')).toBe('online')
  await press('English')
  await press(/Personal cash/)
  await press(/Take a ticket/)
  await title('Your number')
  await page.getByText('K001', { exact: true }).first().waitFor()
  await expect
    .poll(() => told('kiosk-1', 'ticket.issued'))
    .toEqual([{ ticket: 'K001', service: 'cash', language: 'en', choseStaff: true }])
  expect(told('kiosk-1', 'intent.stated')).toEqual([{ service: 'cash', language: 'en' }])
  expect(stage.hub.engine.state.tickets.get('K001')).toMatchObject({ state: 'waiting', service: 'cash' })
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.slip').innerText()).toContain('K001')
  await page.emulateMedia({ media: null })
  await press('Done')
  await page.getByRole('button', { name: '中文' }).waitFor()
  expect(sessions()).toEqual([])
})

test('who was invited names the ticket, finishes here, and need not go back to the counter', async () => {
  await sense(`mqtt://127.0.0.1:${stage.mqtt}`, 'ticket.issued', [{ ticket: 'A012', service: 'account' }])
  await press('English')
  await press(/I have a ticket/)
  for (const key of ['A', '0', '1', '2']) await press(key)
  await press('Confirm')
  await page.getByText('Your ticket: A012').waitFor()
  await press(/Personal account/)
  await press(/Update my phone/)
  await press('I agree')
  await press('Next')
  await page.getByText('Please fill this in').waitFor()
  for (const key of ['6', '2', '2', '8']) await press(key)
  await press('Next')
  await page.getByRole('textbox', { name: 'New phone number' }).fill('13912345678')
  await page.keyboard.press('Enter')
  await page.getByText('Text message').click()
  await press('Next')
  await title('Please check')
  await page.getByText('13912345678').waitFor()
  await press('Submit')
  await title('The example is complete')
  const who = { ticket: 'A012', service: 'account' }
  await expect
    .poll(() => sessions())
    .toEqual([
      { state: 'started', ticket: 'A012' },
      { state: 'started', ...who },
      { state: 'finished', ...who },
    ])
  await expect.poll(() => reasons).toContain('diverted.finished')
  // The hub never hears of what was entered, and neither the page nor what it keeps has it any more.
  const entered = /13912345678|6228/
  expect(JSON.stringify(journal)).not.toMatch(entered)
  const everything = await everythingOf(page)
  expect(everything).not.toMatch(entered)
  // It was looked at indeed.
  for (const kept of ['usher-kiosk', '/kiosk/assets/', 'usher.kiosk.settings'])
    expect(everything).toContain(kept)
  await press('Done')
})

test('nobody zooms it, copies from it, drags on it, or swipes back to a page before', async () => {
  const isLeft = (name: string, init = '{}') =>
    page.evaluate(`document.body.dispatchEvent(
      Object.assign(new Event('${name}', { bubbles: true, cancelable: true }), ${init}))`)
  for (const name of ['contextmenu', 'copy', 'cut', 'dragstart', 'drop'])
    expect([name, await isLeft(name)]).toEqual([name, false])
  expect(await isLeft('wheel', '{ ctrlKey: true }')).toBe(false)
  expect(await isLeft('wheel')).toBe(true)
  const { touchAction, overscrollBehavior } = (await page.evaluate(
    'Object.fromEntries(["touchAction", "overscrollBehavior"].map((of) => [of, getComputedStyle(document.documentElement)[of]]))',
  )) as { touchAction: string; overscrollBehavior: string }
  expect([touchAction, overscrollBehavior]).toEqual(['pan-x pan-y', 'none'])
})

test('left alone it asks, and then forgets whoever was there', async () => {
  const other = await stage.openPage({ device: 'kiosk-2', before: (page) => page.clock.install() })
  await expect.poll(() => linkOf('kiosk-2')).toBe('online')
  await press('中文', other.page)
  await press(/我有排队号/, other.page)
  await other.page.getByRole('textbox').fill('b777')
  await other.page.keyboard.press('Enter')
  await title(/办什么/, other.page)
  const forward = (ms: number) => other.page.clock.runFor(ms)
  await forward(61_000)
  await other.page.getByRole('dialog', { name: '您还在吗？' }).waitFor()
  await press('我还在，继续', other.page)
  expect(await other.page.getByRole('dialog').count()).toBe(0)
  await forward(61_000)
  await other.page.getByRole('dialog').waitFor()
  await forward(31_000)
  await other.page.getByText('Welcome. Choose a language to begin.').waitFor()
  await expect
    .poll(() => sessions('kiosk-2'))
    .toEqual([
      { state: 'started', ticket: 'B777' },
      { state: 'abandoned', ticket: 'B777', reason: 'idle' },
    ])
  // The number is the hub's own: it is in what the SDK keeps until the hub has it, and nowhere else.
  expect(await other.page.content()).not.toContain('B777')
  expect(await other.page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain('B777')
  expect(other.log.troubles).toEqual([])
  await other.context.close()
})

test('who wants to know more of what is shown is thanked, and the hub hears of it', async () => {
  const ask = { what: 'promote', campaign: 'autumn-savings', zone: 'kiosks', member: 'kiosk-1' } as const
  await order({ name: 'ask', ask, request: 'to-know-more', by: 'manager-1' })
  await press(/Tell me more/)
  await page.getByText(/Our staff are glad to tell you more/).waitFor()
  await expect
    .poll(() => journal.flatMap(({ body }) => (body.kind === 'report' ? [body.report] : [])))
    .toContainEqual(
      expect.objectContaining({
        status: 'done',
        result: expect.objectContaining({ response: 'interested' }),
      }),
    )
})

test('help is called, and said to be called when the hub has it', async () => {
  await press('English')
  await press('Call staff')
  await press('Call somebody')
  await page.getByText('Our staff have been called. You can carry on meanwhile.').waitFor()
  expect(told('kiosk-1', 'help.requested')).toEqual([{ reason: 'help', language: 'en' }])
  await press('Carry on')
  await press(/^End/)
})

const modes = [
  ['plainly', []],
  ['in elder mode', [/长辈版|Large and simple/]],
  ['in high contrast, within low reach', [/高对比|High contrast/, /低位操作|Low controls/]],
] as const

test.each(['中文', 'English'])('everybody can use every page, %s', async (language) => {
  const { page, context } = await stage.openPage({
    device: 'kiosk-2',
    size: language === '中文' ? 'portrait' : 'landscape',
  })
  await page.getByRole('button', { name: '日本語' }).waitFor()
  await expectOpenToAll(page, 'attract')
  for (const [mode, switches] of modes) {
    const look = (where: string) => expectOpenToAll(page, `${where} ${mode}`)
    await press(language, page)
    await press(/语言与显示|Language, display/, page)
    for (const name of switches) await press(name, page)
    await press(/好了|^Done/, page)
    await look('home')
    await press(/我有排队号|I have a ticket/, page)
    await press(/确定|Confirm/, page)
    await press(/返回|Back/, page)
    await press(/个人账户|Personal account/, page)
    await press(/更新手机号|Update my phone/, page)
    await press(/我同意|I agree/, page)
    await press(/下一步|Next/, page)
    await look('step')
    await press(/找工作人员|叫人帮忙|Call staff|Get help/, page)
    await look('help')
    await press(/并清除|and clear/, page)
  }
  await context.close()
})

test('in an emergency people are led out, and whoever was at it is forgotten', async () => {
  await press('English')
  await press(/I have a ticket/)
  await page.getByRole('textbox').fill('C345')
  await page.keyboard.press('Enter')
  await order({ name: 'mode', mode: 'emergency', by: 'manager-1' })
  await expect.poll(() => page.locator('main').innerText()).toMatch(/emergency|leave|exit/i)
  await expect
    .poll(() => sessions().at(-1))
    .toEqual({ state: 'abandoned', ticket: 'C345', reason: 'emergency' })
  expect(await page.content()).not.toContain('C345')
  await order({ name: 'end-emergency', by: 'manager-1' })
  await page.getByRole('button', { name: 'English' }).waitFor({ timeout: 20_000 })
})

test('with the hub away it goes on with what it can, says so, and tells the rest when the hub is back', async () => {
  await stage.stopHub()
  const before = sessions().length
  await press('English')
  await page.getByText(/The branch system cannot be reached/).waitFor({ timeout: 25_000 })
  expect(await page.getByRole('button', { name: 'Call an expert' }).count()).toBe(0)
  expect(await page.getByText(/min wait/).count()).toBe(0)
  await press('Call staff')
  await page.getByText(/speak to our staff in person/).waitFor()
  await press('Carry on')
  await press(/Personal cash/)
  await press(/Transfer to my own account/)
  await press(/^End/)
  await stage.startHub()
  listen()
  await expect
    .poll(() => sessions().slice(before), { timeout: 30_000 })
    .toEqual([
      { state: 'started', service: 'cash' },
      { state: 'abandoned', service: 'cash', reason: 'left' },
    ])
}, 90_000)

test('staff come in by the PIN alone, and put it out of service', async () => {
  await page.getByRole('button', { name: /工作人员入口/ }).press('Enter')
  // What is typed into a field for passwords a browser offers to keep.
  expect(await page.locator('input[type=password]').count()).toBe(0)
  await page.getByLabel('请输入密码').fill('111111')
  await page.keyboard.press('Enter')
  await page.getByText('密码不正确').waitFor()
  await page.getByLabel('请输入密码').fill('246810')
  await page.keyboard.press('Enter')
  await title('工作人员')
  await page.getByText('kiosk-1', { exact: true }).waitFor()
  await press('暂停服务')
  await press('退出')
  await page.getByText('This kiosk is out of service').waitFor()
  await expect
    .poll(() => stage.hub.engine.state.devices.get('kiosk-1'))
    .toMatchObject({ health: 'degraded', healthReasons: ['out-of-service'] })
})

test('whoever guesses the PIN has to wait, also after the page is loaded again', async () => {
  const door = async () => {
    await page.getByRole('button', { name: /工作人员入口/ }).press('Enter')
    await page.getByLabel('请输入密码').waitFor()
  }
  await door()
  const confirm = page.getByRole('button', { name: '确定' })
  for (const guess of ['111111', '222222', '333333']) {
    await page.getByLabel('请输入密码').fill(guess)
    await expect.poll(() => confirm.isEnabled()).toBe(true)
    await page.keyboard.press('Enter')
  }
  await page.getByText(/尝试次数过多/).waitFor()
  await page.reload()
  await door()
  await page.getByText(/尝试次数过多/).waitFor()
  expect(await confirm.isDisabled()).toBe(true)
})

test('nothing that the policy of the hub forbids was even tried', () => {
  expect(kiosk.log.troubles).toEqual([])
})
