/** Who is told of which sale at the desk: the expert of theirs, whoever leads the branch and auditors of all, nobody else. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { SaleLine } from '#protocol/desk/sale-routes.ts'
import { SaleReport } from '#protocol/recording/report.ts'
import { openLookLab } from '../desk/look-lab.ts'
import {
  addAccount,
  type Browser,
  codeOf,
  raise,
  remove,
  type Stage,
  scratch,
  signIn,
} from '../desk/support.ts'
import { titledScript, yamlWith } from './sale-branch.ts'
import { ann, mei, talk } from './sales-lab.ts'

const folder = scratch()
const browsers = new Map<string, Browser>()
let stage: Stage
let inCall = ''
let atBranch = ''

beforeAll(async () => {
  stage = await raise(folder, { lab: await openLookLab(yamlWith(titledScript)) })
  for (const [name, role] of [
    ['ann', 'expert'],
    ['bo', 'expert'],
    ['mei', 'manager'],
    ['eve', 'auditor'],
    ['li', 'staff'],
  ] as const) {
    await addAccount(stage, name, [role])
    browsers.set(name, await signIn(stage, name))
  }
  const { engine, send } = stage.lab
  engine.state.calls.put('call-1', talk({ device: 'kiosk-1' }))
  const begin = (change: object) =>
    send({
      kind: 'command',
      command: {
        name: 'sale.begin',
        call: null,
        device: null,
        product: 'fund-a',
        termEnds: null,
        ...mei,
        ...change,
      },
    })
  await begin({ call: 'call-1', ...ann })
  await begin({ device: 'kiosk-2' })
  for (const { id, call } of engine.state.sales.values())
    if (call === null) atBranch = id
    else inCall = id
}, 60_000)
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

const ask = (name: string, path: string) => (browsers.get(name) as Browser).get(path)

describe('the list', () => {
  test.each([
    ['ann', () => [inCall]],
    ['bo', () => []],
    ['mei', () => [inCall, atBranch]],
    ['eve', () => [inCall, atBranch]],
  ] as const)('of %s', async (name, ids) => {
    const { status, text } = await ask(name, '/api/sales')
    expect(status).toBe(200)
    const lines = SaleLine.array().parse(JSON.parse(text))
    expect(lines.map(({ id }) => id).toSorted()).toEqual([...ids()].toSorted())
  })

  it('is for nobody else', async () => {
    const answer = await ask('li', '/api/sales')
    expect([answer.status, codeOf(answer)]).toEqual([403, 'role.missing'])
  })
})

describe('one sale', () => {
  test.each<[string, () => string, string]>([
    ['ann', () => inCall, '200'],
    ['ann', () => atBranch, '403 sale.not-yours'],
    ['bo', () => inCall, '403 sale.not-yours'],
    ['mei', () => inCall, '200'],
    ['eve', () => atBranch, '200'],
    ['li', () => inCall, '403 role.missing'],
    ['eve', () => 'sale-9', '404 sale.unknown'],
    ['eve', () => 'x'.repeat(81), '400 request.invalid'],
  ])('as %s', async (name, id, expected) => {
    const answer = await ask(name, `/api/sales/one?sale=${id()}`)
    const code: string = answer.status === 200 ? '' : ` ${codeOf(answer)}`
    expect(`${answer.status}${code}`).toBe(expected)
    if (answer.status === 200) expect(SaleReport.parse(JSON.parse(answer.text)).id).toBe(id())
  })
})

test('what may be sold is told to whoever may sell', async () => {
  const plan = async (name: string) => (await ask(name, '/api/sales/plan')).text
  expect(await plan('ann')).toContain('fund-a')
  expect(await plan('mei')).toContain('fund-a')
  expect((await ask('eve', '/api/sales/plan')).status).toBe(403)
})
