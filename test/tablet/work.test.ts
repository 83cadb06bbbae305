/** Work on the tablet, in a branch with people in it: what is done and why, and what a person orders by hand. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command } from '#hub/engine/entry.ts'
import { accessibilityOf, type LobbyStage, openLobby } from '../support/lobby.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ isPeopled: true })
})
afterAll(() => stage?.stop())

test('a task is seen as it goes on, and says why: what happened, who was chosen among whom, and what became of it', async () => {
  const { page, close } = await stage.openPage({ path: '/work' })
  const row = page.locator('main li[data-task]').first()
  await row.getByRole('button', { name: 'Why?' }).click()
  const why = page.getByRole('dialog', { name: 'Why this was done' })
  for (const part of ['What happened', 'Who was chosen', 'What became of it', 'Decided by'])
    await why.getByRole('heading', { name: part }).waitFor()
  await why
    .getByText(/\d+ points/)
    .first()
    .waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await why.waitFor({ state: 'detached' })
  await close()
})

test('a guide is ordered by hand: who would do it is said before it is sent, and then what becomes of it', async () => {
  const { page, close } = await stage.openPage({ path: '/work' })
  await page.getByRole('button', { name: 'Act', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Guide', exact: true }).click()
  const send = dialog.getByRole('button', { name: 'Send', exact: true })
  expect(await send.isDisabled()).toBe(true)
  await dialog.getByRole('button', { name: 'Counter 2' }).click()
  await dialog.getByRole('button', { name: 'Choose another one' }).click()
  await dialog
    .getByText(/\d+ points/)
    .first()
    .waitFor()
  await dialog.getByText('What will be said').waitFor()
  await send.click()
  await dialog.getByText('Guide · Counter 2').waitFor()
  const [task] = await stage
    .hub()
    .engine.read((state) => state.tasks.values().filter(({ flow }) => flow === 'request'))
  expect(task?.intent).toMatchObject({ capability: 'guide', because: { params: { by: 'manager-1' } } })
  // Done, or why not: both are an end that is said where it was ordered.
  await dialog.getByRole('button', { name: 'Why?' }).waitFor()
  await dialog
    .getByText(/^(done|failed|nobody was sent|expired|cancelled|unknown)/)
    .waitFor({ timeout: 80_000 })
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await close()
}, 120_000)

const hubTask = (id: string) => stage.hub().engine.read((state) => structuredClone(state.tasks.get(id)))

const order = (command: Command) => stage.hub().engine.submit({ body: { kind: 'command', command } })

/** Robots are held: a person's task stays as it is until somebody says something, a robot's is soon over. */
const askPeople = async (n: number) => {
  const { engine } = stage.hub()
  const robots = await engine.read((state) =>
    state.devices.values().flatMap(({ id, kind }) => (kind === 'robot' ? [id] : [])),
  )
  for (const device of robots) await order({ name: 'device.hold', device, untilMs: null, by: 'operator' })
  const request = `manager-1.page-0001.${n}`
  await order({ name: 'ask', request, ask: { what: 'guide', kiosk: 'kiosk-2' }, by: 'manager-1' })
  const task = await engine.read((state) =>
    state.tasks
      .values()
      .find(({ flow, attempts }) => flow === 'request' && attempts.at(-1)?.member.startsWith('person/')),
  )
  if (task === undefined) throw new Error('nobody was asked')
  return { id: task.id, member: task.attempts.at(-1)?.member }
}

/** A page of work on which somebody is asked, with a clock of its own. */
const openAsked = async (n: number) => {
  const { page, close } = await stage.openPage({ path: '/work' })
  const { id } = await askPeople(n)
  await page.clock.install()
  await page.reload()
  return { page, row: page.locator(`main li[data-task="${id}"]`), id, close }
}

test('an explanation stays while somebody reads, also when its task ends and leaves the list', async () => {
  const { page, row, id, close } = await openAsked(3)
  await row.getByRole('button', { name: 'Why?' }).click()
  const why = page.getByRole('dialog', { name: 'Why this was done' })
  await why.getByRole('heading', { name: 'Who was chosen' }).waitFor()
  await order({ name: 'task.cancel', task: id, by: 'manager-1', reason: 'test' })
  await why
    .getByText(/cancelled/i)
    .first()
    .waitFor()
  await page.clock.runFor(20_000)
  await row.waitFor({ state: 'detached' })
  await why.getByRole('heading', { name: 'Who was chosen' }).waitFor()
  await page.keyboard.press('Escape')
  await why.waitFor({ state: 'detached' })
  await close()
})

test('what is cancelled can be taken back for a moment', async () => {
  const { page, row, id, close } = await openAsked(1)
  await row.getByRole('button', { name: 'Cancel' }).waitFor()
  // The moment is the page's own: it does not pass while somebody looks for the button.
  await page.clock.pauseAt(Date.now() + 3_000)
  await row.getByRole('button', { name: 'Cancel' }).click()
  await row.getByRole('button', { name: 'Undo' }).click()
  expect(await row.getByRole('button', { name: 'Undo' }).count()).toBe(0)
  await page.clock.runFor(6_000)
  await row.getByRole('button', { name: 'Cancel' }).click()
  await page.clock.runFor(6_000)
  await expect.poll(() => hubTask(id).then((task) => task?.phase ?? 'cancelled')).toBe('cancelled')
  await close()
})

test('a task is given to another, or taken by whoever looks', async () => {
  const { page, close } = await stage.openPage({ path: '/work' })
  const { id, member } = await askPeople(2)
  const [to, title] =
    member === 'person/guard-1' ? ['person/lobby-1', 'Lobby manager'] : ['person/guard-1', 'Guard']
  const memberOf = () => hubTask(id).then((task) => task?.attempts.at(-1)?.member ?? null)
  const row = page.locator(`main li[data-task="${id}"]`)
  await row.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Give to another' }).click()
  await page.getByRole('dialog').getByRole('button', { name: title }).click()
  await row.getByText(title).waitFor()
  expect(await memberOf()).toBe(to)
  await row.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: "I'll do it" }).click()
  await row.getByText('Duty manager', { exact: true }).waitFor()
  expect(await memberOf()).toBe('person/manager-1')
  await close()
})

test('another mode of the branch says what happens before it does', async () => {
  const { page, close } = await stage.openPage({ path: '/work' })
  const mode = () => stage.hub().engine.read((state) => state.branch.get('branch')?.mode)
  await page.getByRole('button', { name: /Automation/ }).click()
  await page.getByRole('button', { name: 'Closing', exact: true }).click()
  await page.getByText('Nobody is greeted any more', { exact: false }).waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Keep as it is' }).click()
  expect(await mode()).toBe('open')
  await page.getByRole('button', { name: 'Closing', exact: true }).click()
  await page.getByRole('button', { name: 'Set to Closing' }).click()
  await page.getByText('Set by Duty manager', { exact: false }).waitFor()
  expect(await mode()).toBe('closing')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('button', { name: 'Set to Open' }).click()
  await page.getByText('Set to Open').waitFor({ state: 'detached' })
  await close()
})
