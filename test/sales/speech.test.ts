/** The line of the speech engine through a whole hub: who may speak, what is refused, what a restart leaves, and how fast it is. */
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { SaleCommand } from '#hub/sales/commands.ts'
import { createSpeechToken } from '#hub/sales/speech/token.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { SpeechHeard, type SpeechLine, SpeechSales, speechLinesMax } from '#protocol/recording/speech.ts'
import { KioskStage } from '../kiosk/support/stage.ts'
import { mei } from './sales-lab.ts'

const stage = new KioskStage()
let sale: string
let token: string

const row = (): SaleRow => stage.hub.engine.state.sales.get(sale) as SaleRow
const order = (command: SaleCommand) => stage.hub.engine.submit({ body: { kind: 'command', command } })
const heard = () => row().items.flatMap(({ id, state }) => (state === 'heard' ? [id] : []))

const line = (name: string, text: string, change: Partial<SpeechLine> = {}): SpeechLine => ({
  line: name,
  speaker: 'seller',
  text,
  final: true,
  endedAgoMs: 0,
  ...change,
})

const post = (body: string, to = sale, bearer = token) =>
  fetch(`${stage.base}/speech/lines?sale=${to}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}` },
    body,
  })
const say = async (...lines: readonly SpeechLine[]) => {
  const answer = await post(lines.map((one) => JSON.stringify(one)).join('\n'))
  return SpeechHeard.parse(await answer.json())
}
const codeOf = async (answer: Promise<Response>): Promise<string> => {
  const { error } = (await (await answer).json()) as { error?: { code: string } }
  return `${(await answer).status} ${error?.code}`
}

const record = async () => {
  await order({
    name: 'sale.begin',
    call: null,
    device: 'kiosk-2',
    product: 'balanced-wealth',
    termEnds: null,
    ...mei,
  })
  sale = stage.hub.engine.state.sales.keys()[0] as string
  await stage.hub.engine.submit({
    body: { kind: 'event', device: 'kiosk-2', name: 'recording.answered', data: { sale, given: true } },
  })
  await recorders()
}
const recorders = async () => {
  for (const recorder of ['hub', 'page:kiosk:kiosk-2'] as const)
    await order({ name: 'recording.state', sale, recorder, state: 'on', by: 'hub' })
}

beforeAll(async () => {
  await stage.startHub()
  token = createSpeechToken(stage.data).issue(false)
  await record()
}, 60_000)
afterAll(() => stage.stopHub())

test('what is said is known within a moment of the line, and no word of it is kept', async () => {
  expect(row().state).toBe('recording')
  const sales = await fetch(`${stage.base}/speech/sales`, { headers: { authorization: `Bearer ${token}` } })
  expect(SpeechSales.parse(await sales.json()).sales).toMatchObject([
    { sale, state: 'recording', device: 'kiosk-2' },
  ])
  const begun = performance.now()
  expect(await say(line('1', '您好，我是您的理财经理。'), line('2', '这款产品保本。'))).toEqual({
    lines: 2,
    unrecorded: 0,
    anew: true,
  })
  // Answered once it is committed; pages are told in the same moment.
  expect(row().findings).toMatchObject([{ code: 'forbidden', about: 'principal', settled: null }])
  expect(heard()).toEqual(['introduction'])
  expect(performance.now() - begun).toBeLessThan(3_000)
  expect(row().inspector).toBe('on')
  expect(JSON.stringify(row())).not.toContain('这款产品')
})

test('a guess counts for nothing, and what was said before the recording neither', async () => {
  expect(await say(line('3', '本产品不保证本金', { final: false }))).toMatchObject({
    lines: 1,
    unrecorded: 0,
  })
  expect(await say(line('4', '本产品不保证本金', { endedAgoMs: 3_600_000 }))).toMatchObject({ unrecorded: 1 })
  expect(heard()).toEqual(['introduction'])
  await say(line('3', '本产品不保证本金'))
  expect(heard()).toEqual(['introduction', 'risk'])
})

describe('what is refused', () => {
  it.each([
    ['a token of nobody', () => post('', sale, 'x'.repeat(43)), '401 speech.token'],
    ['no token', () => fetch(`${stage.base}/speech/sales`), '401 speech.token'],
    ['another sale', () => post('', 'sale-9'), '404 sale.unknown'],
    ['no JSON', () => post('hello'), '400 speech.line'],
    [
      'somebody else’s words',
      () => post(JSON.stringify({ ...line('9', ''), speaker: 'guard' })),
      '400 speech.line',
    ],
    ['what is not known', () => post(JSON.stringify({ ...line('9', ''), face: 1 })), '400 speech.line'],
    [
      'too many lines',
      () => post(Array.from({ length: speechLinesMax + 1 }, () => JSON.stringify(line('9', ''))).join('\n')),
      '413 speech.too-large',
    ],
    ['too long a body', () => post('x'.repeat(300_000)), '413 speech.too-large'],
    [
      'another way',
      () => fetch(`${stage.base}/speech/lines`, { headers: { authorization: `Bearer ${token}` } }),
      '404 request.unknown',
    ],
  ])('%s', async (_, asked, code) => expect(await codeOf(asked())).toBe(code))

  it.each([
    ['said beforehand', { 'content-length': String(8_000_000) }],
    ['told piece by piece', { 'transfer-encoding': 'chunked' }],
  ])('a body that goes on and on, its length %s', async (_, headers) => {
    const refused = new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(`${stage.base}/speech/lines?sale=${sale}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, ...headers },
      })
      asked.once('response', resolve).once('error', reject)
      const piece = 'x'.repeat(100_000)
      for (let sent = 0; sent < 8_000_000; sent += piece.length) asked.write(piece)
      asked.end()
    })
    expect((await refused).statusCode).toBe(413)
    expect(await text(await refused)).toContain('speech.too-large')
    expect(await say()).toMatchObject({ lines: 0 })
  })

  it('says where a line is wrong, and not what it says', async () => {
    const answer = await post(`${JSON.stringify(line('8', '好'))}\n{"line":"9","text":"我的密码"}`)
    const told = await answer.text()
    expect(told).toContain('line 2')
    expect(told).not.toContain('密码')
    expect(heard()).toEqual(['introduction', 'risk'])
  })
})

test('nothing counts while it is paused', async () => {
  await order({ name: 'sale.pause', sale, reason: 'papers', ...mei })
  // A word that was on its way when the pause was pressed still counts.
  await expect.poll(async () => (await say(line('19', '请稍等'))).unrecorded).toBe(1)
  await say(line('20', '请问您是否愿意购买？'))
  expect(heard()).not.toContain('ask')
  await order({ name: 'sale.resume', sale, ...mei })
  await say(line('21', '请问您是否愿意购买？'))
  expect(heard()).toContain('ask')
})

test('a hub that is started anew has what it noted, and asks for what else there is', async () => {
  await stage.stopHub()
  await stage.startHub()
  expect(row()).toMatchObject({ state: 'recording', inspector: 'waiting' })
  // Lost, or begun again already: what ran before the stop runs no more.
  expect(row().recorders.map(({ state }) => state)).not.toContain('on')
  await recorders()
  expect(await say()).toMatchObject({ anew: true })
  expect(await say(line('30', '我愿意', { speaker: 'customer' }))).toMatchObject({
    anew: false,
    unrecorded: 0,
  })
  expect(heard()).toEqual(['introduction', 'risk', 'ask', 'agree'])
  expect(row().findings).toHaveLength(1)
})

test('a token that was made anew is the only one', async () => {
  const next = createSpeechToken(stage.data).issue(true)
  expect(await codeOf(post(''))).toBe('401 speech.token')
  token = next
  expect(await say()).toMatchObject({ lines: 0 })
})

test('a sale that is over is listened to no more', async () => {
  await order({ name: 'sale.end', sale, ...mei })
  expect(await codeOf(post(''))).toBe('409 speech.not-recorded')
})
