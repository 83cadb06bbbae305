/** `usher sales` against a running hub: what it lists, the report of a sale, the token, and what it refuses. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportText, salesText } from '#cli/sales/sales-text.ts'
import type { SaleLine } from '#protocol/desk/sale-routes.ts'
import type { SaleReport } from '#protocol/recording/report.ts'
import { remove, type StartedHub, scratch, startHub } from './support.ts'

const folder = scratch()
let hub: StartedHub

beforeAll(async () => {
  hub = await startHub(folder)
}, 120_000)
afterAll(async () => {
  await hub.stop()
  remove(folder)
})

const speech = (token: string) =>
  fetch(new URL('/speech/sales', hub.ports.http), { headers: { authorization: `Bearer ${token}` } })

test('the token opens the door of the speech engine, and another one closes it for the first', async () => {
  const { token } = await hub.json<{ token: string }>('sales', 'speech-token')
  expect((await hub.usher('sales', 'speech-token')).said.trim()).toBe(token)
  expect(await (await speech(token)).json()).toEqual({ sales: [] })
  const next = (await hub.usher('sales', 'speech-token', '--new')).said.trim()
  expect(next).not.toBe(token)
  expect([(await speech(token)).status, (await speech(next)).status]).toEqual([401, 200])
}, 60_000)

test('says that there is none yet, and refuses one that nobody knows', async () => {
  expect((await hub.usher('sales', 'list')).said).toContain('No sale was recorded in the last seven days.')
  expect(await hub.json('sales', 'list')).toEqual([])
  const { code, complained } = await hub.usher('sales', 'show', 'sale-9')
  expect([code, complained]).toEqual([1, expect.stringContaining('sale.unknown')])
  expect((await hub.usher('sales', 'show', 'x'.repeat(81))).code).toBe(2)
  expect((await hub.usher('sales', 'show')).complained).toContain("missing required argument 'sale'")
}, 60_000)

const line: SaleLine = {
  id: 'sale-1-204-0',
  at: Date.UTC(2026, 10, 2, 2, 30),
  call: null,
  seller: 'manager:mei',
  product: 'fund-a',
  title: { zh: '基金', en: 'The fund' },
  state: 'over',
  outcome: 'sold',
  open: 0,
  unsettled: 1,
}

const report: SaleReport = {
  id: line.id,
  n: 9,
  at: line.at,
  call: null,
  device: 'kiosk-1',
  ticket: 'A012',
  seller: line.seller,
  product: line.product,
  script: 'fund',
  version: 3,
  title: line.title,
  state: 'over',
  since: line.at,
  consent: { by: 'kiosk:kiosk-1', at: line.at },
  paused: null,
  secret: false,
  items: [
    {
      id: 'risk',
      title: { zh: '风险提示', en: 'The warning' },
      speaker: 'seller',
      kind: 'wording',
      wording: ['不保证本金'],
      mayTick: true,
      state: 'ticked',
      at: line.at,
      by: 'manager:mei',
    },
  ],
  findings: [
    {
      id: '1',
      code: 'forbidden',
      at: line.at,
      about: 'principal',
      title: {},
      speaker: 'seller',
      settled: { by: 'manager:mei', at: line.at, note: 'said \u001b[2Jat once' },
      maySettle: true,
    },
  ],
  recorders: [{ name: 'hub', state: 'done', since: line.at, gaps: [{ from: line.at, to: line.at + 5_000 }] }],
  inspector: 'on',
  missing: [],
  sold: { by: 'manager:mei', at: line.at },
  outcome: 'sold',
  endedBy: 'manager:mei',
  sealed: { at: line.at, manifest: 'ab12' },
}

test('a list names the script in the reader’s language, and how each sale ended', () => {
  expect(salesText([line], 'en')).toMatch(/sale-1-204-0 .*fund-a +The fund +manager:mei +sold +0 +1/)
  expect(salesText([line], 'zh')).toContain('基金')
  expect(salesText([{ ...line, state: 'recording', outcome: null }], 'en')).toContain('recording')
})

test('a report has each item with its time and by whom, what was settled and how, and the seal', () => {
  const text = reportText(report, 'en')
  expect(text).toMatch(/^sale-1-204-0: fund-a, by script fund version 3\n/)
  expect(text).toMatch(/The warning +seller +ticked .*manager:mei/)
  expect(text).toMatch(/forbidden +principal .*manager:mei: said .*at once/)
  expect(text).toMatch(/recorders: hub done, gaps \S+-\S+/)
  expect(text).toContain('manifest ab12')
  expect(reportText(report, 'zh')).toContain('风险提示')
  // What somebody wrote moves no cursor.
  expect(text).not.toContain('\u001b')
  const nothing = reportText(
    { ...report, findings: [], recorders: [], sealed: null, sold: null, consent: null },
    'en',
  )
  expect(nothing).toContain('may be recorded: no; sold: no')
  expect(nothing).toContain('Nothing was found.')
  expect(nothing).toMatch(/recorders: none\nsealed: no/)
})
