/**
 * One customer's way through a branch, with nothing simulated on it but the customer: seen in the waiting area, invited by
 * a screen, finished at a kiosk. Screen and kiosks are the real pages in a real browser; the journal tells it as one story.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sense } from '../adapters/support/demo-hub.ts'
import { usher } from '../cli/support.ts'
import { type KioskPage, KioskStage } from '../kiosk/support/stage.ts'

const stage = new KioskStage()
const pages: KioskPage[] = []
const ticket = 'A101'

const open = async (app: 'screen' | 'kiosk', device: string) => {
  const opened = await stage.openPage({ app, device })
  pages.push(opened)
  await expect.poll(() => stage.hub.engine.state.devices.get(device)?.link).toBe('online')
  return opened.page
}

const comeAndWait = async () => {
  const broker = `mqtt://127.0.0.1:${stage.mqtt}`
  await sense(broker, 'visitor.detected', [{ zone: 'waiting', track: 'person-1', direction: 'in' }])
  // Seven are before them.
  const before = Array.from({ length: 7 }, (_, index) => ({ ticket: `A09${index}`, service: 'cash' }))
  await sense(broker, 'ticket.issued', [
    ...before,
    { ticket, service: 'cash', track: 'person-1', language: 'zh' },
  ])
  await sense(broker, 'queue.snapshot', [
    { service: 'cash', waiting: 8, announcedWaitMs: 1_800_000, countersOpen: 1 },
  ])
}

const explained = async (...words: readonly string[]) => {
  const { code, said, complained } = await usher('explain', ...words, '--lang', 'en', '--data', stage.data)
  expect(complained).toBe('')
  expect(code).toBe(0)
  return said
}

beforeAll(() => stage.open(), 60_000)
afterAll(() => stage.stop())

test('from the first sight of a customer to the finished kiosk, told as one chain', async () => {
  const screen = await open('screen', 'screen-waiting-1')
  // One kiosk stays free for whoever comes unasked.
  await open('kiosk', 'kiosk-2')
  const kiosk = await open('kiosk', 'kiosk-1')
  await comeAndWait()

  await screen.getByText(new RegExp(`${ticket} 号`)).waitFor({ timeout: 30_000 })

  const press = (name: string | RegExp) => kiosk.getByRole('button', { name }).first().click()
  await press('中文')
  await press(/我有排队号/)
  await kiosk.getByRole('textbox').fill(ticket)
  await kiosk.keyboard.press('Enter')
  await press(/个人现金/)
  await press(/转账到本人账户/)
  await kiosk.getByText('活期转定期').click()
  await press('下一步')
  await kiosk.getByRole('textbox').fill('200')
  await press('下一步')
  for (const digit of '20270104') await press(digit)
  await kiosk.getByText('我确认转账到本人账户').click()
  await press('下一步')
  await press('提交')
  await kiosk.getByRole('heading', { name: '演示完成' }).waitFor()
  await expect.poll(() => stage.hub.engine.state.tickets.get(ticket)?.outcome).toBe('self-served')

  const told = await explained('--ticket', ticket)
  const story = [
    'Task task-',
    'Because: the queue is long and a kiosk is free',
    'Waiting area screen 1 (screen-waiting-1): offered',
    'the ticket belongs to this visit',
    'Diversion: meant for Kiosk 1',
    'Invitation to a kiosk: the ticket keeps its place',
    'Invitation to a kiosk: finished at the kiosk',
  ]
  const places = story.map((words) => told.indexOf(words))
  expect(places, told).toEqual(places.toSorted((a, b) => a - b))
  expect(places).not.toContain(-1)
  const [visit = ''] = stage.hub.engine.state.visits.values().map(({ id }) => id)
  expect(await explained('--visit', visit)).toContain('Invitation to a kiosk: finished at the kiosk')
  for (const { log, context } of pages) {
    expect(log.troubles).toEqual([])
    await context.close()
  }
}, 90_000)
