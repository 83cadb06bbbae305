/**
 * The pages about people who wait, in a branch with people in it: a queue builds and is relieved, one's own tasks at the
 * width of a phone, how the day is going, and looking back.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessibilityOf, type LobbyStage, openLobby, smallTargets } from '../support/lobby.ts'

const person = 'adviser-1'
const tongues = ['zh', 'en'] as const
/** The simulated people come at a human pace. */
const queueMs = 150_000

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ isPeopled: true })
  await stage.addAccount(person, ['staff'])
})
afterAll(() => stage?.stop())

const isOpenToAll = async (page: Page) => {
  expect(await accessibilityOf(page)).toEqual([])
  expect(await smallTargets(page)).toEqual([])
}

/** In the name of the manager, as his page would. */
const askFor = (n: number, note: string) =>
  stage.hub().engine.submit({
    body: {
      kind: 'command',
      command: {
        name: 'ask',
        request: `manager-1.page-0001.${n}`,
        ask: { what: 'greet', zone: 'vip', member: `person/${person}`, note },
        by: 'manager-1',
      },
    },
  })

const toggle = (page: Page, name: string) => page.locator('main label').filter({ hasText: name })

const staffRow = () => stage.hub().engine.read((state) => state.staff.get(person))

describe('my tasks, on a phone', () => {
  test('somebody accepts what is asked of him, and finishes it', async () => {
    const { page, close } = await stage.openPage({ who: person, size: 'phone' })
    await page.getByRole('heading', { name: 'My tasks' }).waitFor()
    expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual(['Mine', 'Floor'])
    await page.getByText('Nothing is asked of you', { exact: true }).waitFor()

    await askFor(1, 'The lady with the red bag')
    const card = page.locator('main li[data-task]')
    await card.getByText('The lady with the red bag').waitFor()
    await card.getByText(/Answer within \d+ s/).waitFor()
    const task = await card.getAttribute('data-task')
    await card.getByRole('button', { name: 'Accept' }).click()
    await page.getByRole('heading', { name: 'Under way' }).waitFor()
    await card.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('heading', { name: 'Lately' }).waitFor()
    await page.getByText('Nothing is asked of you', { exact: true }).waitFor()
    expect(await stage.hub().engine.read((state) => state.tasks.get(task ?? '')?.phase ?? 'done')).toBe(
      'done',
    )
    await close()
  })

  test('whoever cannot says why with one touch, and it goes from him at once', async () => {
    const { page, close } = await stage.openPage({ who: person, size: 'phone' })
    await askFor(2, 'Somebody at the door')
    const card = page.locator('main li[data-task]')
    await card.getByRole('button', { name: 'Cannot' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Too far away' }).click()
    await card.waitFor({ state: 'detached' })
    await close()
  })

  test('nothing is asked of who does not want to be disturbed, or is off duty', async () => {
    const { page, close } = await stage.openPage({ who: person, size: 'phone' })
    await toggle(page, 'Do not disturb').click()
    await page.getByText('You are not disturbed').waitFor()
    expect(await staffRow()).toMatchObject({ doNotDisturb: true, onDuty: true })
    await page.getByRole('button', { name: 'Turn it off' }).click()
    await page.getByText('Nothing is asked of you', { exact: true }).waitFor()
    await toggle(page, 'On duty').click()
    await page.getByRole('button', { name: 'Go on duty' }).waitFor()
    expect(await staffRow()).toMatchObject({ doNotDisturb: false, onDuty: false })
    await page.getByRole('button', { name: 'Go on duty' }).click()
    await page.getByText('Nothing is asked of you', { exact: true }).waitFor()
    await close()
  })

  test.each(tongues)('is open to everybody (%s)', async (tongue) => {
    const { page, close } = await stage.openPage({ who: person, size: 'phone', tongue })
    await askFor(tongue === 'zh' ? 3 : 4, tongue)
    await page.locator('main li[data-task]').first().waitFor()
    await isOpenToAll(page)
    await page.getByRole('button', { name: /^(Cannot|无法处理)$/ }).click()
    await page.getByRole('dialog').waitFor()
    await isOpenToAll(page)
    await page.getByRole('dialog').getByRole('button').nth(1).click()
    await close()
  })
})

describe('queues', () => {
  test(
    'a queue builds, and the page says what is done about it and why',
    async () => {
      const { page, close } = await stage.openPage({ path: '/queues' })
      const pressed = page.getByRole('article').filter({ hasText: 'Under pressure' })
      await pressed.first().waitFor({ timeout: queueMs })
      const invited = page.getByRole('listitem').filter({ hasText: /\d+ invited to kiosks/ })
      await invited.last().getByRole('button', { name: 'Why?' }).click({ timeout: queueMs })
      const why = page.getByRole('dialog')
      await why.getByText(/kiosk/i).filter({ visible: true }).first().waitFor()
      await page.keyboard.press('Escape')
      await why.waitFor({ state: 'detached' })

      await page
        .getByRole('button', { name: /^Tickets: \d+/ })
        .first()
        .click()
      const tickets = page.getByRole('dialog', { name: /^Tickets: / })
      const ask = tickets.getByRole('button', { name: 'Why?' }).first()
      await ask.waitFor()
      await isOpenToAll(page)
      // Opened over another sheet, it alone is closed again.
      await ask.click()
      const about = page.getByRole('dialog', { name: 'What was done, and why' })
      await about.waitFor()
      await page.keyboard.press('Escape')
      await about.waitFor({ state: 'detached' })
      await tickets.waitFor()
      await close()
    },
    3 * queueMs,
  )
})

describe('the day', () => {
  test.each(tongues)(
    'shows its figures, and owns that there is nothing to compare with (%s)',
    async (tongue) => {
      const { page, close } = await stage.openPage({ path: '/day', tongue, size: 'small' })
      await page.getByText(tongue === 'zh' ? '暂无同类日期的记录。' : 'No day like this one').waitFor()
      await page
        .getByText(tongue === 'zh' ? '取号' : 'Tickets', { exact: true })
        .first()
        .waitFor()
      await isOpenToAll(page)
      await close()
    },
  )

  test('is printed as one sheet of A4', async () => {
    const { page, close } = await stage.openPage({ path: '/day' })
    await page.getByRole('heading', { name: 'End of shift' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    await page.getByText('Handed over by').waitFor()
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g)
    expect(pages).toHaveLength(1)
    await close()
  })

  test('bears its own date, also once it is over', async () => {
    const { page, close } = await stage.openPage({ path: '/day' })
    // As the hub tells of a day that is over: as of the midnight that ended it.
    await page.route(/\/api\/day\?.*\bday=/, async (route) => {
      const day = new URL(route.request().url()).searchParams.get('day')
      const today = (await (await page.request.get('/api/day?lang=en')).json()) as object
      await route.fulfill({ json: { ...today, day, isOver: true, at: Date.parse(`${day}T16:00:00Z`) } })
    })
    await page.getByRole('button', { name: 'The day before' }).click()
    await page.getByText('The whole day', { exact: true }).waitFor()
    const title = await page.getByRole('heading', { level: 1 }).innerText()
    expect(title).toMatch(/\d/)
    expect(await page.locator('.usher-paper p').nth(1).textContent()).toContain(title)
    await close()
  })
})

describe('looking back', () => {
  test('finds what happened, tells the whole of it, and hands out a file that proves it', async () => {
    // One that something was decided about.
    let number = ''
    const look = async () => {
      const tasks = await stage.hub().engine.read((state) => [...state.tasks.values()])
      number = tasks.map(({ intent }) => intent.subject.ticket).find((ticket) => ticket !== undefined) ?? ''
      return number
    }
    await expect.poll(look, { timeout: 60_000 }).not.toBe('')
    const { page, close } = await stage.openPage({ path: '/look-back' })
    await page.getByLabel('Kind').selectOption('ticket')
    const rows = page.getByRole('region', { name: 'Results' }).locator('li').getByRole('button')
    await page.getByLabel('Find').fill(number)
    await expect
      .poll(async () => {
        const texts = await rows.allInnerTexts()
        return texts.length > 0 && texts.every((text) => text.includes(number))
      })
      .toBe(true)
    await page.reload()
    expect(await page.getByLabel('Find').inputValue()).toBe(number)
    await rows.first().click()
    const story = page.getByRole('dialog', { name: number })
    await story.getByRole('heading', { name: 'What happened' }).first().waitFor()
    await isOpenToAll(page)
    const link = story.getByRole('link', { name: 'Export evidence' })
    const file = await page.request.get((await link.getAttribute('href')) ?? '')
    expect(file.headers()['content-disposition']).toMatch(/^attachment; filename="[^"]+\.jsonl"/)
    expect(JSON.parse((await file.text()).split('\n', 1)[0] ?? '')).toMatchObject({ type: 'usher-evidence' })
    await close()
  })

  test('offers no proof of what nothing is on record about', async () => {
    const { page, close } = await stage.openPage({ path: '/look-back' })
    await page.route('**/api/explain?*', (route) =>
      route.fulfill({
        status: 404,
        json: { error: { code: 'explain.nothing', text: 'Nothing.', request: 'r' } },
      }),
    )
    await page.getByRole('region', { name: 'Results' }).locator('li').getByRole('button').first().click()
    const story = page.getByRole('dialog')
    await story.getByText('Nothing is on record', { exact: false }).waitFor()
    expect(await story.getByRole('link', { name: 'Export evidence' }).count()).toBe(0)
    await close()
  })

  test.each(tongues)('is open to everybody (%s)', async (tongue) => {
    const { page, close } = await stage.openPage({ path: '/look-back', tongue, size: 'portrait' })
    await page.getByRole('region').locator('li').first().waitFor()
    await isOpenToAll(page)
    await page.getByText(tongue === 'zh' ? '自选' : 'Between', { exact: true }).click()
    await page.getByLabel(tongue === 'zh' ? '类型' : 'Kind').selectOption('branch')
    await page.getByLabel(tongue === 'zh' ? '查找' : 'Find').fill('zzz')
    await page.getByText(tongue === 'zh' ? '没有找到' : 'Nothing found').waitFor()
    await isOpenToAll(page)
    await close()
  })
})
