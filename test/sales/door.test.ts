/** The door of the speech engine by itself, its clock moved by hand: how much may come in, and what of it counts. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Input } from '#hub/engine/entry.ts'
import type { Engine } from '#hub/engine/open-engine.ts'
import type { SaleCommand } from '#hub/sales/commands.ts'
import { createSpeechDoor } from '#hub/sales/speech/door.ts'
import { createListening, type Listening } from '#hub/sales/speech/listening.ts'
import { UsherError } from '#protocol/errors.ts'
import { findingsMax } from '#protocol/recording/missing.ts'
import { SpeechHeard, type SpeechLine, speechLinesMax } from '#protocol/recording/speech.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import { ann, SalesLab, talk } from './sales-lab.ts'

let lab: SalesLab
let clock: TestClock
let listening: Listening
let server: Server
let sale: string
let follow: () => void
let commands: SaleCommand[]
let refused: string[]

/** The sales of the lab as the listening sees those of a hub. */
const engineOf = (): Pick<Engine, 'state' | 'submit'> =>
  ({
    state: { sales: lab.sales, saleScripts: lab.desk().saleScripts, meta: lab.rows.table('meta') },
    submit: async ({ body }: Input) => {
      const { command } = body as unknown as { command: SaleCommand }
      commands.push(command)
      const code = lab.act(command)
      if (code !== null) throw new UsherError(code as 'sale.over')
      follow()
      return { seq: commands.length, at: lab.at }
    },
  }) as unknown as Pick<Engine, 'state' | 'submit'>

const pass = (ms: number) => {
  lab.at += ms
  clock.advance(ms)
}

beforeEach(async () => {
  lab = new SalesLab()
  clock = createTestClock()
  commands = []
  refused = []
  lab.change(talk())
  sale = lab.record()
  const silent = { error: () => undefined, warn: () => undefined }
  listening = createListening({
    engine: engineOf(),
    watch: (callback) => {
      follow = () => callback({ changes: [{ table: 'sales' }] } as never)
      return () => undefined
    },
    nowMs: () => lab.at,
    clock,
    keep: () => undefined,
    log: silent,
  })
  listening.start()
  const token = { isGood: (given: string) => given === 'right' }
  const door = createSpeechDoor({
    listening,
    token,
    clock,
    onRefused: (code) => refused.push(code),
    log: silent,
  })
  server = createServer((request, response) => void door.handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  listening.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

let names = 0
const line = (text: string, change: Partial<SpeechLine> = {}): SpeechLine => ({
  line: `l${names++}`,
  speaker: 'seller',
  text,
  final: true,
  endedAgoMs: 0,
  ...change,
})

const ask = (path: string, { body, bearer = 'right' }: { body?: string; bearer?: string } = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    headers: { authorization: `Bearer ${bearer}` },
    ...(body !== undefined && { method: 'POST', body }),
  })
const tell = (lines: readonly SpeechLine[], to = sale) =>
  ask(`/speech/lines?sale=${to}`, { body: lines.map((one) => JSON.stringify(one)).join('\n') })
const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code
const heard = async (...lines: readonly SpeechLine[]) => SpeechHeard.parse(await (await tell(lines)).json())
const items = () => lab.sale(sale).items.flatMap(({ id, state }) => (state === 'heard' ? [id] : []))

describe('how much may come in', () => {
  it('is fifty requests a second, and whoever has no token uses none of them up', async () => {
    for (let nth = 0; nth < 300; nth++)
      expect(await codeOf(await ask('/speech/sales', { bearer: 'wrong' }))).toBe('speech.token')
    for (let nth = 0; nth < 200; nth++) expect((await ask('/speech/sales')).status).toBe(200)
    const late = await ask('/speech/sales')
    expect([late.status, await codeOf(late)]).toEqual([429, 'speech.too-fast'])
    expect(refused.slice(-2)).toEqual(['speech.token', 'speech.too-fast'])
    pass(1_000)
    for (let nth = 0; nth < 50; nth++) expect((await ask('/speech/sales')).status).toBe(200)
    expect((await ask('/speech/sales')).status).toBe(429)
  })

  it('is twenty lines a second of one sale in the long run; refused ones are sent again', async () => {
    const many = () => Array.from({ length: speechLinesMax }, () => line('请稍等', { final: false }))
    for (let nth = 0; nth < 16; nth++) expect((await tell(many())).status).toBe(200)
    const late = many()
    expect(await codeOf(await tell(late))).toBe('speech.too-fast')
    pass(25_000)
    expect(await heard(...late)).toMatchObject({ lines: speechLinesMax, unrecorded: 0 })
  })

  it('is no more in the journal than somebody reads, however often it is said', async () => {
    for (let nth = 0; nth < findingsMax + 40; nth++) {
      pass(3_000)
      await heard(line('这款产品保本'))
    }
    expect(lab.sale(sale).findings).toHaveLength(findingsMax)
    const found = commands.flatMap((command) => (command.name === 'sale.inspected' ? command.found : []))
    expect(found).toHaveLength(findingsMax)
    // What has to be said is heard all the same.
    await heard(line('我是您的理财经理'))
    expect(items()).toEqual(['who'])
  })
})

describe('what counts', () => {
  it('is said once, however often it is told, and in its order of time', async () => {
    const ask = line('请问您是否愿意购买', { endedAgoMs: 1_000 })
    const who = line('我是理财经理', { endedAgoMs: 9_000 })
    const risk = line('不保证本金', { endedAgoMs: 5_000 })
    await heard()
    pass(10_000)
    await heard(ask)
    expect(lab.sale(sale).findings).toMatchObject([{ code: 'out-of-order', about: 'ask', settled: null }])
    await heard(risk, who)
    expect(items()).toEqual(['who', 'risk', 'ask'])
    expect(lab.sale(sale).findings).toMatchObject([{ settled: { by: 'speech' } }])
    const before = commands.length
    expect(await heard(ask, who, risk, ask)).toMatchObject({ lines: 4, unrecorded: 0 })
    expect(commands).toHaveLength(before)
  })

  it('is a line of this sale: of another it is refused, and a name is no line of both', async () => {
    expect(await codeOf(await tell([line('保本')], 'sale-99'))).toBe('sale.unknown')
    expect(await codeOf(await tell([line('保本')], '../../etc/passwd'))).toBe('sale.unknown')
    lab.change(
      talk({ id: 'call-2', device: 'kiosk-2', expert: 'bo', participants: ['expert:bo', 'kiosk:kiosk-2'] }),
    )
    lab.begin({ call: 'call-2', by: 'bo' })
    const other = lab.sale().id
    const named = line('我是理财经理', { line: 'same' })
    // The customer there was not even asked.
    expect(await codeOf(await tell([named], other))).toBe('speech.not-recorded')
    await heard(named)
    expect(items()).toEqual(['who'])
    expect(lab.sale(other).items.every(({ state }) => state === 'open')).toBe(true)
  })

  it('is nothing from before the yes, from after the end, or from a day ago', async () => {
    pass(10_000)
    expect(await heard(line('我是理财经理', { endedAgoMs: 10_000_000 }))).toMatchObject({ unrecorded: 1 })
    expect(items()).toEqual([])
    const left = line('不保证本金')
    lab.act({ name: 'sale.end', sale, ...ann })
    follow()
    expect(await codeOf(await tell([left]))).toBe('speech.not-recorded')
    expect(listening.sales().sales).toEqual([])
  })

  it('is the same when the clock on the wall is set', async () => {
    clock.stepWall(-86_400_000)
    expect(await heard(line('我是理财经理'))).toMatchObject({ unrecorded: 0 })
    clock.stepWall(2 * 86_400_000)
    expect(await heard(line('不保证本金'))).toMatchObject({ unrecorded: 0 })
    expect(items()).toEqual(['who', 'risk'])
  })
})
