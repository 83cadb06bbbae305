/** The expert's console: from the ring to the end of the writing up without a mouse, open to all, and back after a reload. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectOpenToAll } from '../tablet/open-to-all.ts'
import { expectKeysApart } from './keys-apart.ts'
import { type ExpertStage, expertName, openExpertStage } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-expert-'))
let stage: ExpertStage

beforeAll(async () => {
  stage = await openExpertStage(folder)
})
afterAll(async () => {
  await stage?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const at = (page: Page, name: string) => page.locator(`[data-stage="${name}"]`).waitFor()

const comeReady = async (page: Page) => {
  const level = () => page.locator('meter').evaluate((meter) => (meter as unknown as { value: number }).value)
  await expect.poll(level).toBeGreaterThan(0)
  await page.keyboard.press('v')
  await at(page, 'ready')
}

/** Pictures that this page has shown, by tile. */
const shownIn = (page: Page): Promise<readonly number[]> =>
  page
    .locator('[data-seat] video')
    .evaluateAll((videos) => videos.map((video) => (video as unknown as { videoWidth: number }).videoWidth))

const seesAll = async (page: Page, count: number) => {
  const seen = async () => (await shownIn(page)).filter((width) => width > 0).length
  await expect.poll(seen).toBe(count)
}

const leaveField = async (page: Page) => {
  await page.locator('textarea:focus').waitFor()
  await page.keyboard.press('Tab')
  // The next field, and past it.
  while ((await page.locator('textarea:focus').count()) > 0) await page.keyboard.press('Tab')
}

test('a call from the ring to its end by keyboard alone, with all three seen, and back after a reload', async () => {
  const { page, close } = await stage.openPage()
  const kiosk = await stage.openKiosk('kiosk-1')
  await comeReady(page)
  await expectOpenToAll(page, 'ready')

  const titleBefore = await page.title()
  await kiosk.askForExpert()
  await at(page, 'ringing')
  await page.getByRole('heading', { name: 'A call from Kiosk 1' }).waitFor()
  await page.getByText('it rings for Expert Wang').waitFor()
  await expect.poll(() => page.title()).toBe('Call: Kiosk 1')
  await expectOpenToAll(page, 'ringing')
  expect(await expectKeysApart(page)).toContain('A')
  await page.keyboard.press('a')
  await at(page, 'call')
  expect(await page.title()).toBe(titleBefore)

  await kiosk.join()
  const manager = await stage.joinAsManager(kiosk.call()?.call ?? '')
  await seesAll(page, 3)
  await page.getByText('Customer · Kiosk 1').waitFor()
  await expectOpenToAll(page, 'call')
  expect(await expectKeysApart(page)).toContain('E')

  const heard = async () => (await kiosk.told()).others.find(({ id }) => id === `expert:${expertName}`)?.shown
  await page.keyboard.press('m')
  await expect.poll(async () => (await heard())?.microphone).toBe(false)
  await page.keyboard.press('h')
  await expect.poll(async () => (await heard())?.held).toBe(true)
  await page.keyboard.press('h')
  await page.keyboard.press('m')
  await expect.poll(heard).toEqual({ camera: true, microphone: true, held: false })

  await page.keyboard.press('i')
  await page.getByText(/Identity verified by Expert Wang at \d\d:/).waitFor()
  await page.keyboard.press('n')
  // A letter that is a command elsewhere is a letter here.
  await page.keyboard.type('Passport seen, limit raised.')
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.type('Call Li Na afterwards')
  await leaveField(page)
  await page.keyboard.press('m')
  await expect.poll(async () => (await heard())?.microphone).toBe(false)

  await page.reload()
  await at(page, 'call')
  await seesAll(page, 3)
  // Nobody is heard again because of a page.
  await expect.poll(heard).toEqual({ camera: true, microphone: false, held: false })
  await page.keyboard.press('m')
  await expect.poll(async () => (await heard())?.microphone).toBe(true)
  expect(await page.getByRole('textbox', { name: 'Shared notes' }).inputValue()).toBe(
    'Passport seen, limit raised.',
  )
  expect(await page.getByRole('textbox', { name: 'Private notes' }).inputValue()).toBe(
    'Call Li Na afterwards',
  )

  await page.keyboard.press('n')
  await page.keyboard.press('End')
  await page.keyboard.type(' Done.')
  await leaveField(page)
  await page.keyboard.press('e')
  await page.getByRole('alertdialog').waitFor()
  await page.keyboard.press('Enter')
  await at(page, 'wrap-up')
  expect(await page.getByRole('textbox', { name: 'Shared notes' }).inputValue()).toBe(
    'Passport seen, limit raised. Done.',
  )
  await expectOpenToAll(page, 'wrap-up')
  expect(await expectKeysApart(page)).toContain('X')
  // Chosen by the arrows as well as by its number; from there too the keys do what they say.
  await page.getByRole('radio').first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('f')
  await at(page, 'ready')
  await expect.poll(() => kiosk.call()?.outcome).toBe('solved')
  expect(await page.evaluate(() => Object.keys(sessionStorage).join())).not.toContain('private')
  await page.keyboard.press('o')
  await at(page, 'offline')
  await manager.close()
  await kiosk.stop()
  await close()
})

test('the palette does everything without single keys, in Chinese, on a small screen', async () => {
  const { page, close } = await stage.openPage({ tongue: 'zh', size: 'small' })
  const kiosk = await stage.openKiosk('kiosk-2')
  const command = async (words: string) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('searchbox').waitFor()
    await page.keyboard.type(words)
    await page.getByRole('menuitem', { name: words }).first().waitFor()
    await page.keyboard.press('Enter')
  }
  await page.locator('meter').waitFor()
  await expectOpenToAll(page, 'offline')
  await page.keyboard.press(',')
  await page.getByRole('switch', { name: '单键快捷键' }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.keyboard.press('v')
  await command('开始接听')
  await at(page, 'ready')
  await page.keyboard.press('o')
  await page.keyboard.press('Control+k')
  await page.getByRole('searchbox').waitFor()
  await expectOpenToAll(page, 'palette')
  await page.keyboard.press('Escape')
  await at(page, 'ready')

  await kiosk.askForExpert()
  await at(page, 'ringing')
  await expectOpenToAll(page, 'ringing')
  await command('不接听')
  await page.getByRole('heading', { name: '不接听的原因' }).waitFor()
  await page.keyboard.press('Enter')
  await at(page, 'ready')
  await page.getByRole('listitem').filter({ hasText: '二号智能柜台' }).waitFor()
  await expectOpenToAll(page, 'queue')

  const other = await stage.openKiosk('kiosk-3')
  await other.askForExpert()
  await at(page, 'ringing')
  await command('接听')
  await at(page, 'call')
  await expect.poll(() => other.call()?.state).toBe('in-call')
  await command('写私人记录')
  await page.locator('textarea:focus').waitFor()
  await page.keyboard.type('只给自己看')
  await command('转出')
  await page.getByRole('radio', { name: '远程专家' }).waitFor()
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.type('客户想提高限额')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await at(page, 'ready')
  await expect.poll(() => other.call()?.state).toBe('waiting')
  // Whoever has handed it over keeps nothing of it.
  expect(await page.evaluate(() => Object.keys(sessionStorage).join())).not.toContain('private')
  await other.stop()
  await kiosk.stop()
  await close()
})

test('whoever runs to a call that is called off meanwhile is told so, and what the hub has lost of it', async () => {
  const { page, close } = await stage.openPage()
  const kiosk = await stage.openKiosk('kiosk-1')
  // As the one before has left it.
  await at(page, 'ready')
  await kiosk.askForExpert()
  await at(page, 'ringing')
  await kiosk.says('lost')
  await page.getByText(/The hub has not reached this kiosk since \d\d:/).waitFor()
  await expectOpenToAll(page, 'ringing')
  await kiosk.says('online')
  await page.getByText('The hub has not reached this kiosk').waitFor({ state: 'detached' })
  await kiosk.withdraw()
  await page.getByText('The call from Kiosk 1 was called off.').waitFor()
  await at(page, 'ready')
  await expectOpenToAll(page, 'called off')
  await page.keyboard.press('o')
  await at(page, 'offline')
  await kiosk.stop()
  await close()
})

test('an expert is led here from signing in, and told what is missing where the branch file does not list him', async () => {
  await stage.lobby.addAccount('expert-9', ['expert'])
  const context = await stage.lobby.browser.newContext({ baseURL: stage.lobby.base, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto('/')
  await stage.lobby.signIn(page, 'expert-9')
  await page.waitForURL(/\/expert/)
  await page.getByText('You are not listed as an expert').waitFor()
  await context.close()
})
