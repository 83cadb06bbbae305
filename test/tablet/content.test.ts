/**
 * The content editor's path with a real hub: from a file to for whom, where and when in under two minutes, a second
 * person who agrees, and everything that is refused, lost or changed by another on the way.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ContentCommand } from '#hub/branch/content-commands.ts'
import { png } from '../content/samples.ts'
import { accessibilityOf, type LobbyStage, openLobby, smallTargets } from '../support/lobby.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby()
  await stage.addAccount('manager-2', ['manager'])
  await stage.addAccount('auditor-1', ['auditor'])
  await stage.addAccount('guard-1', ['staff'])
})
afterAll(() => stage?.stop())

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name })
const choose = (page: Page, name: string, buffer: Buffer) =>
  page.locator('main input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer })

const submit = (command: ContentCommand) => stage.hub().engine.submit({ body: { kind: 'command', command } })
const items = () => stage.hub().engine.read((state) => structuredClone([...state.contentItems.values()]))
const poster = async () => (await items()).find(({ title }) => title['zh'] === '秋季储蓄海报')
const itemOf = async (id: string) => (await items()).find((row) => row.id === id)
const campaignOf = (id: string) =>
  stage.hub().engine.read((state) => structuredClone(state.campaigns.get(id)))
const loops = () => stage.hub().engine.read((state) => structuredClone([...state.playlists.values()]))

/** Whoever does it by hand needs a few seconds for each. */
const byHandMs = 8_000

test('from a picture to the waiting area from nine to eleven, for personal customers in Chinese, once a visit: under two minutes', async () => {
  const [editor, second] = [
    await stage.openPage({ tongue: 'zh', path: '/floor' }),
    await stage.openPage({ tongue: 'zh', path: '/floor', who: 'manager-2' }),
  ]
  const { page } = editor
  const began = performance.now()
  const steps: (() => Promise<unknown>)[] = [
    () => link(page, /^内容$/).click(),
    () => button(page, '添加内容').first().click(),
    () => choose(page, '秋季储蓄海报.png', png(1920, 1080)),
    () => page.getByLabel('文字：中文').fill('秋季储蓄计划：每月定存，轻松积累'),
    () => page.getByLabel('产品代码').fill('LC-2026-09'),
    () => page.getByRole('button', { name: /^等候区/ }).click(),
    () => page.getByLabel('从', { exact: true }).fill('09:00'),
    () => page.getByLabel('到', { exact: true }).fill('11:00'),
    () => button(page, '个人客户').click(),
    () => button(page, '中文').click(),
    () => button(page, '提交第二人复核').click(),
    () => link(second.page, /^内容$/).click(),
    () => link(second.page, /^待复核/).click(),
    () => button(second.page, '同意上屏').click(),
  ]
  for (const step of steps) await step()
  await second.page.getByText('已同意“秋季储蓄海报”').waitFor()
  const scriptedMs = performance.now() - began
  process.stdout.write(
    `content editor: ${steps.length} actions of two people, ${Math.round(scriptedMs)} ms scripted\n`,
  )
  expect(steps.length * byHandMs + scriptedMs).toBeLessThan(120_000)

  await page.getByText('已提交，等待第二人复核').waitFor()
  await page
    .getByText('等候区 2 块屏幕，每天 9:00–11:00，个人客户，中文，每次来访最多一次', { exact: true })
    .waitFor()
  const item = await poster()
  expect(item).toMatchObject({ inForce: 1 })
  expect(item?.versions[0]).toMatchObject({ addedBy: 'manager-1', judgedBy: 'manager-2', state: 'approved' })
  expect(await campaignOf(item?.id ?? '')).toMatchObject({
    origin: 'desk',
    item: item?.id,
    product: 'lc-2026-09',
    zones: ['waiting'],
    hours: { from: '09:00', to: '11:00' },
    segments: ['personal'],
    languages: ['zh'],
    perVisit: 1,
    on: true,
  })
  await editor.close()
  await second.close()
})

const drop = (page: Page, name: string, text: string) =>
  page.evaluate(`(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([${JSON.stringify(text)}], '${name}', { type: 'image/png' }))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })()`)

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

test('an SVG is refused where it was dropped, in the language of the page; what was typed stays, also through a reload', async () => {
  const { page, close } = await stage.openPage({ path: '/content/add' })
  await page.getByLabel('Words in Chinese').fill('手机银行')
  await page.getByLabel('Product code').fill('MB-1')
  // One that takes too long is cancelled.
  const never = () => undefined
  await page.route('**/api/content/files', never)
  await choose(page, 'slow.png', png(64, 36))
  await page.getByRole('progressbar').waitFor()
  await button(page, 'Cancel').click()
  await page.getByRole('progressbar').waitFor({ state: 'detached' })
  await page.unroute('**/api/content/files', never)
  // What the name and the browser say of it does not count, and beside the mark is on the page too.
  await drop(page, 'harmless.png', svg)
  const refused = page.locator('main [data-refused="content.svg"]')
  await refused.getByText('harmless.png was not taken').waitFor()
  await refused.getByText('Export the picture as PNG').waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  await button(page, 'Ask a second person').click()
  await page.getByText('Still to be put right: 2').waitFor()
  // The first of them has the focus.
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Choose a file')
  await choose(page, 'mobile-bank.png', png(64, 36))
  await page.locator('[data-taken="image/png"]').waitFor()
  await page.reload()
  await page.locator('[data-taken="image/png"]').waitFor()
  expect(await page.getByLabel('Title').inputValue()).toBe('mobile bank')
  expect(await page.getByLabel('Words in Chinese').inputValue()).toBe('手机银行')
  await page.getByRole('radio', { name: 'In the loop' }).click()
  await button(page, 'Ask a second person').click()
  await page.getByText('Sent: it waits for a second person').waitFor()
  expect((await loops()).map(({ entries }) => entries.length)).toEqual([1])
  await close()
})

test('sent before its file is there, it goes once it is; a file that does not come is asked for', async () => {
  const { page, close } = await stage.openPage({ path: '/content/add' })
  await page.getByRole('radio', { name: 'Decide later' }).click()
  await page.route('**/api/content/files', () => undefined, { times: 1 })
  await choose(page, 'savings.png', png(64, 36))
  await button(page, 'Ask a second person').click()
  await button(page, 'Sending…').waitFor()
  await button(page, 'Cancel').click()
  await page.getByText('Still to be put right: 2').waitFor()
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route('**/api/content/files', (route) => arrived.then(() => route.continue()), { times: 1 })
  await choose(page, 'savings.png', png(64, 36))
  await button(page, 'Ask a second person').click()
  // What is typed meanwhile goes along.
  await page.getByLabel('Words in English').fill('Save a little each month')
  expect(await items()).not.toContainEqual(expect.objectContaining({ title: { en: 'savings' } }))
  arrive()
  await page.getByText('Sent: it waits for a second person').waitFor()
  const item = (await items()).find(({ title }) => title['en'] === 'savings')
  expect(item?.versions).toMatchObject([
    { media: { type: 'image/png' }, words: { en: 'Save a little each month' } },
  ])
  await submit({ name: 'content.withdraw', item: item?.id ?? '', version: 1, by: 'manager-1' })
  await close()
})

test('nobody agrees to his own; the other declines with a reason, which who added it reads', async () => {
  const [own, other] = [
    await stage.openPage({ path: '/content/waiting' }),
    await stage.openPage({ path: '/content/waiting', who: 'manager-2' }),
  ]
  await own.page.getByText('nobody agrees to his own').waitFor()
  expect(await button(own.page, 'Agree').count()).toBe(0)
  await button(other.page, 'Decline').click()
  const dialog = other.page.getByRole('dialog')
  await button(other.page, 'Decline').last().click()
  await dialog.getByText('Say why').waitFor()
  await dialog.getByRole('textbox').fill('The code is that of another product')
  await dialog.getByRole('button', { name: 'Decline' }).click()
  await other.page.getByText('Declined “mobile bank”').waitFor()
  const id = (await items()).find(({ title }) => title['en'] === 'mobile bank')?.id ?? ''
  await own.page.goto(`/lobby/content/items/${id}`)
  await own.page.getByText(/Declined by .+: The code is that of another product/).waitFor()
  expect(await itemOf(id)).toMatchObject({ inForce: null })
  await own.close()
  await other.close()
})

test('who saves a loop second is told what the first did, and loses nothing', async () => {
  const [loop] = await loops()
  const path = `/content/loops/${loop?.id}`
  const [first, second] = [await stage.openPage({ path }), await stage.openPage({ path, who: 'manager-2' })]
  await second.page.getByLabel('Name').fill('Mornings')
  await second.page.getByRole('button', { name: /^Entrance/ }).click()
  const entries = first.page.locator('main [data-entry]')
  const order = () => entries.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-entry')))
  await first.page.getByLabel('Put something in').selectOption({ label: '秋季储蓄海报' })
  await button(first.page, 'Put something in').click()
  const [one, two] = await order()
  await entries.last().getByRole('button', { name: /up$/ }).click()
  expect(await order()).toEqual([two, one])
  await entries.first().getByTitle('Drag to another place').hover()
  await first.page.mouse.down()
  await entries
    .last()
    .getByTitle('Drag to another place')
    .hover({ position: { x: 20, y: 44 } })
  await first.page.mouse.up()
  expect(await order()).toEqual([one, two])
  await first.page.getByLabel('From', { exact: true }).fill('08:30')
  await first.page.getByLabel('To', { exact: true }).fill('12:00')
  await button(first.page, 'Save').click()
  await first.page.getByText('Saved, and in force').waitFor()
  // Told by the refusal of what he sends, or before: whichever is sooner.
  await button(second.page, 'Save').click()
  const told = second.page.locator('[data-overtaken=changed]')
  await told.getByText('8:30–12:00').waitFor()
  expect(await accessibilityOf(second.page)).toEqual([])
  expect(await second.page.getByLabel('Name').inputValue()).toBe('Mornings')
  await told.getByRole('button', { name: 'Keep mine' }).click()
  await button(second.page, 'Save').click()
  await second.page.getByText('Saved, and in force').waitFor()
  expect(await loops()).toMatchObject([
    { title: { en: 'Mornings' }, zones: ['entrance'], runs: { hours: null }, setBy: 'manager-2' },
  ])
  // Deleted by mistake: it comes back as it was.
  await first.page.goto(`/lobby${path}`)
  await button(first.page, 'Delete').click()
  await first.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await button(first.page, 'Undo').click()
  await expect.poll(loops).toMatchObject([{ id: loop?.id, title: { en: 'Mornings' } }])
  await first.close()
  await second.close()
})

test('a new loop of which only the answer was lost is saved once, with what was typed since, and nobody is told of a conflict', async () => {
  const { page, close } = await stage.openPage({ path: '/content/loops/-new' })
  await page.getByLabel('Name').fill('Noon')
  const before = (await loops()).length
  await page.route('**/api/content/playlists', async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })
  await button(page, 'Save').click()
  await page.locator('main [data-refused=unreachable]').waitFor()
  expect(await loops()).toHaveLength(before + 1)
  await page.unroute('**/api/content/playlists')
  await page.getByLabel('Name').fill('Noon and after')
  await button(page, 'Save').click()
  await page.getByText('Saved, and in force').waitFor()
  expect((await loops()).filter(({ title }) => title['en']?.startsWith('Noon'))).toMatchObject([
    { title: { en: 'Noon and after' } },
  ])
  await close()
})

test('taken off all screens by holding, put back, and back from a newer version', async () => {
  const item = await poster()
  const { page, close } = await stage.openPage({ path: `/content/items/${item?.id}` })
  await button(page, 'Take off all screens').focus()
  await page.keyboard.down('Space')
  await page.getByText('Taken off: no screen shows it any more').waitFor()
  await page.keyboard.up('Space')
  expect(await itemOf(item?.id ?? '')).toMatchObject({ inForce: null })
  await button(page, 'Put it back').click()
  await page.getByText('Put back', { exact: true }).waitFor()
  expect(await itemOf(item?.id ?? '')).toMatchObject({ inForce: 1 })
  await button(page, 'Add a new version').click()
  await page.getByLabel('Words in Chinese').fill('秋季储蓄：新利率')
  await button(page, 'Ask a second person').click()
  await button(page, 'Look at it').click()
  await page.getByText('A newer version waits').waitFor()
  await submit({ name: 'content.approve', item: item?.id ?? '', version: 2, by: 'manager-2' })
  await page.reload()
  await page.locator('[data-version="1"]').getByRole('button', { name: 'Back to this' }).click()
  await expect.poll(() => itemOf(item?.id ?? '')).toMatchObject({ inForce: 1 })
  await close()
})

test('what has to be shown goes off only after a warning, and by a version only with a second person, who sees all that changes', async () => {
  const rates = {
    name: 'content.add',
    item: 'rates',
    title: { zh: '存款利率', en: 'Deposit rates' },
    mandatory: 'rates',
    media: null,
    template: null,
    words: { zh: '一年定存 1.45%', en: 'One year: 1.45%' },
    productCode: 'DR-1',
    expiresOn: null,
    by: 'manager-1',
  } as const
  await submit(rates)
  await submit({ name: 'content.approve', item: 'rates', version: 1, by: 'manager-2' })
  const editor = await stage.openPage({ path: '/content/items/rates' })
  await button(editor.page, 'Take off all screens').click()
  const warning = editor.page.getByRole('alertdialog')
  await warning.getByText('no second person is asked').waitFor()
  expect(await accessibilityOf(editor.page)).toEqual([])
  expect(await itemOf('rates')).toMatchObject({ inForce: 1 })
  await warning.getByRole('button', { name: 'Add a new version' }).click()
  await editor.page.getByLabel('Words in English').fill('')
  await editor.page.getByLabel('Product code').fill('DR-2')
  await editor.page.getByLabel('Has to be shown').selectOption({ label: 'No' })
  await editor.page.getByText('It changes once somebody agrees').waitFor()
  await button(editor.page, 'Ask a second person').click()
  await editor.page.getByText('Sent: it waits for a second person').waitFor()
  expect(await itemOf('rates')).toMatchObject({ mandatory: 'rates', inForce: 1 })
  const second = await stage.openPage({ path: '/content/waiting', who: 'manager-2', size: 'phone' })
  const card = second.page.locator('[data-waiting="rates/2"]')
  await card.getByText('it does not have to be shown any more').waitFor()
  expect(await card.locator('[data-changed]').allInnerTexts()).toEqual([
    expect.stringMatching(/^Product code\s+DR-2\s+Now: DR-1$/),
    expect.stringMatching(/^Has to be shown\s+Not any more\s+Now: Rates$/),
    expect.stringMatching(/^English\s+None\s+Now: One year: 1\.45%$/),
  ])
  expect(await accessibilityOf(second.page)).toEqual([])
  expect(await smallTargets(second.page)).toEqual([])
  await card.getByRole('button', { name: 'Agree' }).click()
  await expect.poll(() => itemOf('rates')).toMatchObject({ mandatory: null, inForce: 2 })
  await editor.close()
  await second.close()
})

test('who only reads changes nothing, and staff does not see it', async () => {
  const auditor = await stage.openPage({ path: '/content', who: 'auditor-1' })
  await auditor.page.getByText('You can look, and change nothing').waitFor()
  expect(await button(auditor.page, 'Add content').count()).toBe(0)
  await auditor.close()
  const guard = await stage.openPage({ path: '/content', who: 'guard-1' })
  expect(await link(guard.page, /^Content$/).count()).toBe(0)
  await guard.close()
})

/** What is for lists in one language, what is for one thing in the other: each page is made of the same parts. */
const parts = {
  zh: { size: 'phone', paths: () => ['', '/add', '/waiting', '/loops'] },
  en: {
    size: 'landscape',
    paths: ({ item, loop }: Record<'item' | 'loop', string>) => [
      `/items/${item}`,
      `/loops/${loop}`,
      '/campaigns',
      `/campaigns/${item}`,
    ],
  },
} as const

test.each(['zh', 'en'] as const)('every part of it is open to all, %s', async (tongue) => {
  const { size, paths } = parts[tongue]
  const item = (await poster())?.id ?? ''
  const loop = (await loops())[0]?.id ?? ''
  const { page, close } = await stage.openPage({ tongue, size, path: '/content' })
  for (const path of paths({ item, loop })) {
    await page.goto(`/lobby/content${path}`)
    await page.locator('main h1').first().waitFor()
    expect(await accessibilityOf(page), path).toEqual([])
    expect(await smallTargets(page), path).toEqual([])
  }
  await close()
})
