/** Sales in a whole branch: who comes first, what a new branch file changes, what a restart leaves, and what is told of them. */
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { flows } from '#flows/index.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { type Engine, openEngine } from '#hub/engine/open-engine.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { answerTo, gather, type Question } from '#hub/look/explain.ts'
import { tell } from '#hub/look/tell.ts'
import { createTitles } from '#hub/look/titles.ts'
import type { SaleCommand } from '#hub/sales/commands.ts'
import type { RecorderName, SaleRow } from '#protocol/recording/sale.ts'
import { type LookLab, labBranch, openLookLab } from '../desk/look-lab.ts'
import { titledScript, yamlWith } from './sale-branch.ts'
import { ann, fundScript, mei, talk } from './sales-lab.ts'

let lab: LookLab
let engine: Engine

const send = (command: SaleCommand) => engine.submit({ body: { kind: 'command', command } })
const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    ({ code }: { code: string }) => code,
  )
const configure = (script: object | null) =>
  engine.submit({
    body: { kind: 'config', file: parseBranchFile(yamlWith(script)), revision: 1, by: 'operator' },
  })
const begin = (change: Partial<Extract<SaleCommand, { name: 'sale.begin' }>> = {}) =>
  send({
    name: 'sale.begin',
    call: null,
    device: 'kiosk-2',
    product: 'fund-a',
    termEnds: null,
    ...mei,
    ...change,
  })
const row = (): SaleRow =>
  engine.state.sales
    .values()
    .toSorted((a, b) => Number(a.sealed !== null) - Number(b.sealed !== null))[0] as SaleRow
const answer = (given: boolean, device = 'kiosk-2') =>
  engine.submit({
    body: { kind: 'event', device, name: 'recording.answered', data: { sale: row().id, given } },
  })
const recorders = async (device = 'kiosk-2') => {
  for (const recorder of ['hub', `page:kiosk:${device}`] satisfies readonly RecorderName[])
    await send({
      name: 'recording.state',
      sale: row().id,
      recorder: recorder as RecorderName,
      state: 'on',
      by: 'hub',
    })
}
const hear = (
  items: readonly string[],
  found: Extract<SaleCommand, { name: 'sale.inspected' }>['found'] = [],
) =>
  send({
    name: 'sale.inspected',
    sale: row().id,
    heard: items.map((item) => ({ item, at: engine.position().at })),
    unheard: [],
    found,
    cleared: [],
    by: 'speech',
  })
/** As far as being recorded. */
const record = async () => {
  await begin()
  await answer(true)
  await recorders()
}

beforeEach(async () => {
  lab = await openLookLab(yamlWith(titledScript))
  engine = lab.engine
})
afterEach(async () => {
  await engine.stop()
  await lab.stop()
})

describe('two at once', () => {
  it('lets one of two managers begin at a kiosk, and tells the other one', async () => {
    const wang = { by: 'wang', leads: true }
    expect(await Promise.all([codeOf(begin()), codeOf(begin(wang))])).toEqual([null, 'sale.open'])
    expect(engine.state.sales.values().map(({ seller }) => seller)).toEqual(['manager:mei'])
    // Elsewhere they do not stand in each other’s way.
    expect(await codeOf(begin({ ...wang, device: 'kiosk-1' }))).toBeNull()
  })

  it('sells once where the button was pressed twice', async () => {
    await record()
    await hear(fundScript.items.map(({ id }) => id))
    const sell = () => codeOf(send({ name: 'sale.sell', sale: row().id, ...mei }))
    expect(await Promise.all([sell(), sell()])).toEqual([null, 'sale.sold'])
  })
})

describe('a new branch file while a sale is recorded', () => {
  it('leaves the script of the sale as it was, and the next one begins with the new one', async () => {
    await record()
    await configure({ ...titledScript, version: 2, items: titledScript.items.slice(0, 1) })
    await hear(['who'])
    expect(await codeOf(send({ name: 'sale.sell', sale: row().id, ...mei }))).toBe('sale.blocked')
    await hear(['risk', 'ask', 'yes'])
    expect(await codeOf(send({ name: 'sale.sell', sale: row().id, ...mei }))).toBeNull()
    expect(row()).toMatchObject({ version: 1, sold: { by: 'manager:mei' } })
    await send({ name: 'sale.end', sale: row().id, ...mei })
    await send({ name: 'recording.sealed', sale: row().id, manifest: 'ab', by: 'hub' })
    await begin()
    expect(row().items).toMatchObject([{ id: 'who', state: 'open' }])
    expect(row().version).toBe(2)
  })

  it('ends the sale where nothing is recorded any more', async () => {
    await record()
    await configure(null)
    expect(row()).toMatchObject({ state: 'sealing', endedBy: 'branch-file' })
    expect(await codeOf(begin({ device: 'kiosk-1' }))).toBe('sale.off')
  })
})

const openAgain = () =>
  openEngine({
    branch: labBranch,
    store: lab.parts.store,
    flows,
    settings: defaultSettings,
    versions: { hub: 'test', xstate: 'test' },
    clock: { ...lab.clock, soon: (callback) => void setImmediate(callback) },
    onCommitted: () => {},
    onBug: (error) => {
      throw error
    },
    onFull: () => {},
    onFatal: (error) => {
      throw error
    },
  })

test('a hub that starts anew in every step of a sale goes on with it, and waits no longer than before', async () => {
  const steps: readonly [string, () => Promise<unknown>][] = [
    ['consent', () => begin()],
    ['starting', () => answer(true)],
    ['recording', () => recorders()],
    ['paused', () => send({ name: 'sale.pause', sale: row().id, reason: 'papers', ...mei })],
    ['recording', () => send({ name: 'sale.resume', sale: row().id, ...mei })],
    ['recording', () => hear(['who', 'risk', 'ask', 'yes'])],
    ['recording', () => recorders().then(() => send({ name: 'sale.sell', sale: row().id, ...mei }))],
    ['sealing', () => send({ name: 'sale.end', sale: row().id, ...mei })],
    ['over', () => send({ name: 'recording.sealed', sale: row().id, manifest: 'ab', by: 'hub' })],
  ]
  for (const [state, step] of steps) {
    if (state === 'recording' || state === 'sealing') await recorders()
    await step()
    const before = row()
    expect(before.state).toBe(state)
    await engine.stop()
    engine = await openAgain()
    // Whoever recorded has to say anew that they do; nothing else is another.
    const { recorders: _, inspector: __, n: ___, ...rest } = before
    expect(row()).toMatchObject(rest)
    expect(engine.state.sales.size).toBe(1)
  }
  expect(row().outcome).toBe('sold')
})

const told = async (question: Question, tongue: 'zh' | 'en') => {
  const parts = { ...lab.parts, engine }
  const explanation = answerTo(question, await gather(parts, question))
  const titles = createTitles(engine.state, tongue)
  const { notes } = tell(explanation, { titles, flows: engine.flows, timeZone: 'Asia/Shanghai' })
  return notes.filter(({ kind }) => kind === 'sale').map(({ sentence }) => sentence)
}

test('whoever asks about the visitor, the ticket or the kiosk is told of the sale and how it ended, by titles', async () => {
  engine.state.calls.put('call-1', talk({ device: 'kiosk-1', visit: 'v-1-1', ticket: 'A012' }))
  await begin({ call: 'call-1', device: null, ...ann })
  await answer(true, 'kiosk-1')
  await recorders('kiosk-1')
  const at = engine.position().at
  await hear(['risk'], [{ code: 'forbidden', about: 'guaranteed', at, speaker: 'seller' }])
  await send({ name: 'sale.settle', sale: row().id, finding: '1', note: 'said at once', ...ann })
  await send({ name: 'sale.end', sale: row().id, ...ann })
  await send({ name: 'recording.sealed', sale: row().id, manifest: 'ab', by: 'hub' })
  const english = await told({ ticket: 'A012' }, 'en')
  expect(english).toEqual([
    'Dr Ann began to sell fund-a, by script The fund version 1',
    'the customer may be recorded, says Kiosk one',
    'the hub records',
    'the page of Kiosk one records',
    'The warning was heard',
    'found: a forbidden wording, about The principal promised',
    'Dr Ann settled a forbidden wording: said at once',
    'the recording was ended by Dr Ann: by hand',
    'the recording is sealed: ab',
    'the sale is over: not sold',
  ])
  for (const question of [{ visit: 'v-1-1' }, { device: 'kiosk-1' }] as const)
    expect(await told(question, 'en')).toEqual(english)
  expect((await told({ ticket: 'A012' }, 'zh')).slice(0, 6)).toEqual([
    '安专家发起 fund-a 的双录，话术基金第 1 版',
    '客户同意双录（一号机）',
    '中枢录制中',
    '一号机的页面录制中',
    '已听到风险提示',
    '质检发现：禁用语，承诺保本',
  ])
})
