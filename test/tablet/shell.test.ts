/** The frame of the tablet in a real browser before a real hub: both languages, a broken line, and the two fixed buttons. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LobbyStage, openLobby } from '../support/lobby.ts'
import { expectOpenToAll } from './open-to-all.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ keepsPages: true })
})
afterAll(() => stage?.stop())

describe('the frame', () => {
  test('says where one is and how it stands, in either language, without loading anything anew', async () => {
    const { page, close } = await stage.openPage()
    await page.getByText('Automation on').waitFor()
    await page.getByRole('complementary', { name: 'Alerts and work' }).waitFor()
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('radio', { name: '中文' }).click()
    await page.getByRole('heading', { name: '设置' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('自动调度运行中').waitFor()
    await page.getByRole('button', { name: '呼叫专家' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
    await page.reload()
    await page.getByText('自动调度运行中').waitFor()
    await close()
  })

  test('stays as it is set: the theme outlives the page', async () => {
    const { page, close } = await stage.openPage()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('radio', { name: 'Dark' }).click()
    await page.reload()
    await page.getByText('Live', { exact: true }).waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('radio', { name: 'System' }).click()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor()
    }
    await page.emulateMedia({ contrast: 'more' })
    await page.locator('html[data-theme=contrast]').waitFor()
    await close()
  })

  test('begins a shift once: sound, connection, who is on duty', async () => {
    const { page, close } = await stage.openPage({ shift: true })
    const dialog = page.getByRole('dialog', { name: 'Start your shift' })
    await dialog.getByText('Good, data are live.').waitFor()
    await dialog.getByRole('button', { name: 'Try it' }).click()
    await dialog.getByText('Did you hear it?', { exact: false }).waitFor()
    await dialog.getByRole('button', { name: 'Start', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.reload()
    await page.getByText('Live', { exact: true }).waitFor()
    expect(await dialog.count()).toBe(0)
    await close()
  })

  test('signs out for good: without a line it says that one is still signed in, and leaves once there is one', async () => {
    await stage.addAccount('leaver', ['manager'])
    const { page, context, close } = await stage.openPage({ who: 'leaver' })
    await page.getByRole('button', { name: 'Settings' }).click()
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('you are still signed in', { exact: false }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/lobby/)
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/\/sign-in/)
    await close()
  })

  test('a hub that does not sign somebody out now leaves him where he is, and says so', async () => {
    const { page, close } = await stage.openPage()
    await page.route('**/api/sign-out', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'hub.busy', text: '', request: 'r-1' } } }),
    )
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are still signed in', { exact: false }).waitFor()
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
    await close()
  })
})

describe('what breaks', () => {
  test('breaks alone: a page that cannot be loaded says so, and whatever is around it still works', async () => {
    const { page, close } = await stage.openPage({ path: '/mine' })
    await page.route(/\/assets\//, (route) => route.abort())
    await page.getByRole('link', { name: 'Queues' }).click()
    await page.getByRole('alert').getByText('This cannot be shown').waitFor()
    await page.getByRole('button', { name: 'Act', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('This cannot be shown').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Mine' }).click()
    await page.getByRole('main').getByRole('heading').first().waitFor()
    await page.getByRole('link', { name: 'Queues' }).click()
    await page.unroute(/\/assets\//)
    await page.getByRole('button', { name: 'Start anew' }).click()
    await page.getByRole('main').getByRole('heading', { name: 'Queues' }).waitFor()
    await close()
  })
})

test('who has no place in the lobby any more is led to where he works now, and not round in a circle', async () => {
  await stage.addAccount('mover', ['manager'])
  const { page, close } = await stage.openPage({ who: 'mover' })
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await stage
    .hub()
    .desk.open()
    .accounts.setRoles({ name: 'mover', roles: ['expert'], by: 'manager-1' })
  await page.waitForURL(/\/sign-in\?next=/)
  await stage.signIn(page, 'mover')
  await page.waitForURL(/\/expert$/)
  await page.getByText('You are not listed as an expert').waitFor()
  await close()
})

test('what a tab remembers of somebody is gone when he signs out, and for whoever signs in after him', async () => {
  const kept = () => page.evaluate(() => sessionStorage.getItem('usher.policy.manager-1.greeting'))
  const { page, context, close } = await stage.openPage()
  await page.evaluate(() => sessionStorage.setItem('usher.policy.manager-1.greeting', '{}'))
  await page.reload()
  await page.getByText('Live', { exact: true }).waitFor()
  expect(await kept()).toBe('{}')
  // A session that ends by itself leaves nobody who could tidy up.
  await stage.addAccount('next-1', ['manager'])
  await context.clearCookies()
  await page.reload()
  await page.waitForURL(/\/sign-in/)
  await stage.signIn(page, 'next-1')
  await page.getByText('Live', { exact: true }).waitFor()
  expect(await kept()).toBeNull()
  await page.evaluate(() => sessionStorage.setItem('usher.policy.manager-1.greeting', '{}'))
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/\/sign-in/)
  expect(await kept()).toBeNull()
  await close()
})

/** As they come over the network, with the page itself. */
const loadedBytes = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(({ name }) => name.includes('/lobby'))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`

test('loads at most 300 KiB before the first page is there', async () => {
  const { page, close } = await stage.openPage()
  await page.getByRole('main').getByRole('button').first().waitFor()
  const bytes = (await page.evaluate(loadedBytes)) as number
  expect(bytes).toBeGreaterThan(50 * 1024)
  expect(bytes).toBeLessThan(300 * 1024)
  await close()
})

describe('stop all movement', () => {
  test('takes a hold, with a finger or a key; a touch in passing stops nothing', async () => {
    const { page, close } = await stage.openPage()
    await page.clock.install()
    await page.reload()
    await page.getByText('Live', { exact: true }).waitFor()
    const button = page.getByRole('button', { name: 'Stop all' })
    // However slow the machine: between down and up no time of the page passes.
    await page.clock.pauseAt(Date.now() + 3_000)
    await button.click()
    await page.getByText('Hold for 1 second', { exact: false }).waitFor()
    await page.clock.runFor(2_000)
    expect(await page.getByText('All movement is stopped').count()).toBe(0)
    await page.clock.resume()
    await button.focus()
    await page.keyboard.down('Space')
    await page.getByText('All movement is stopped').waitFor()
    await page.keyboard.up('Space')
    await page.getByRole('button', { name: 'Allow movement' }).click()
    await page.getByText('All movement is stopped').waitFor({ state: 'detached' })
    await close()
  })

  test('asks who cannot hold, also after a finger slid off', async () => {
    const { page, close } = await stage.openPage()
    const button = page.getByRole('button', { name: 'Stop all' })
    await button.hover()
    await page.mouse.down()
    await page.mouse.move(600, 400)
    await page.mouse.up()
    // As a screen reader presses.
    await button.dispatchEvent('click')
    await page.getByRole('alertdialog', { name: 'Stop all movement?' }).waitFor()
    await close()
  })
})

describe('a broken line', () => {
  test('is said with the age of the data; what was ordered meanwhile is done once when it is back', async () => {
    const { page, close } = await stage.openPage()
    await stage.stopHub()
    await page.getByText('Showing data from', { exact: false }).waitFor()
    await page.getByRole('button', { name: /Automation/ }).click()
    await page.getByRole('button', { name: '10 min' }).click()
    await page.getByText('Waiting to be sent').waitFor()
    await stage.startHub()
    await page.getByText('Automation is paused until', { exact: false }).waitFor()
    await page.getByText('Done', { exact: true }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
    await page.getByText('Automation is paused until', { exact: false }).waitFor({ state: 'detached' })
    await close()
  })

  test('starts without one from what is kept here, and opens by itself when the hub is back', async () => {
    const { page, close } = await stage.openPage()
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    await stage.stopHub()
    await page.reload()
    await page.getByText('The hub cannot be reached').waitFor()
    await stage.startHub()
    await page.getByText('Live', { exact: true }).waitFor()
    await close()
  })
})

test('of an empty branch there is no density to show, and that is said', async () => {
  const { page, close } = await stage.openPage({ path: '/floor' })
  await page.getByRole('button', { name: 'Density' }).click()
  await page.getByText('No positions of people: no density to show').waitFor()
  await close()
})

test.each(['zh', 'en'] as const)('on a phone all of the bar is on the page, %s', async (tongue) => {
  const { page, close } = await stage.openPage({ size: 'phone', tongue, path: '/work' })
  const bar = page.getByRole('banner')
  await bar.getByText(tongue === 'zh' ? '营业中' : 'Open', { exact: true }).waitFor()
  const boxes = await Promise.all((await bar.getByRole('button').all()).map((button) => button.boundingBox()))
  expect(boxes.length).toBe(2)
  for (const box of boxes) expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(390)
  await close()
})

describe('nothing in anybody’s way', () => {
  const looks = (['landscape', 'portrait'] as const).flatMap((size) =>
    (['zh', 'en'] as const).map((tongue) => [size, tongue] as const),
  )
  test.each(looks)('%s, %s', async (size, tongue) => {
    // The frame alone: each page is looked at by its own tests.
    const { page, close } = await stage.openPage({ size, tongue, path: '/none' })
    await expectOpenToAll(page)
    await page.getByRole('button', { name: tongue === 'zh' ? '设置' : 'Settings' }).click()
    await page.getByRole('dialog').waitFor()
    await expectOpenToAll(page)
    await close()
  })
})
