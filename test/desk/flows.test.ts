/** How each flow is set, in words, with the bounds of each setting and who changed what. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { flows as shipped } from '#flows/index.ts'
import { createFlowsView } from '#hub/look/flows.ts'
import { FlowTold } from '#protocol/desk/look/flows.ts'
import { hasChinese } from '../cli/latin.ts'
import { labFile, openLookLab } from './look-lab.ts'
import { addAccount, type Browser, raise, remove, type Stage, scratch, signIn } from './support.ts'

const folder = scratch()
let stage: Stage
let boss: Browser
beforeAll(async () => {
  stage = await raise(folder)
  await addAccount(stage, 'li', ['manager'])
  boss = await signIn(stage, 'li')
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

const ask = async (lang: string) =>
  z.array(FlowTold).parse(JSON.parse((await boss.get(`/api/flows?lang=${lang}`)).text))

const one = (flows: readonly FlowTold[], id: string): FlowTold => {
  const found = flows.find((flow) => flow.id === id)
  if (found === undefined) throw new Error(id)
  return found
}

const set = (revision: number, policy: Record<string, unknown> | null, autonomy: 'off' | null = null) =>
  stage.lab.send({
    kind: 'command',
    command: { name: 'flow.set', flow: 'crowding', autonomy, policy, revision, by: 'li' },
  })

describe('every shipped flow', () => {
  test('has a title, a purpose, and words for each of its settings in both languages', async () => {
    const [zh, en] = [await ask('zh'), await ask('en')]
    expect(zh.map(({ id }) => id)).toEqual(shipped.map(({ id }) => id))
    for (const flow of [...zh, ...en]) {
      const names = Object.keys(flow.policy)
      expect(Object.keys(flow.labels).toSorted(), flow.id).toEqual(names.toSorted())
      expect(Object.keys(flow.schema['properties'] as object).toSorted()).toEqual(names.toSorted())
      for (const name of names) expect(flow.labels[name]).not.toBe(name)
    }
    for (const flow of zh)
      for (const label of Object.values(flow.labels)) expect(hasChinese(label), label).toBe(true)
    expect(one(zh, 'greeting').title).toBe('迎宾')
  })

  test('is as shipped before anybody sets it, with the bounds of what may be set', async () => {
    const crowding = one(await ask('en'), 'crowding')
    expect(crowding).toMatchObject({ autonomy: 'automatic', revision: 0, byTitle: 'as shipped', history: [] })
    expect(crowding.policy).toEqual(crowding.defaults)
    expect((crowding.schema['properties'] as Record<string, unknown>)['holdMs']).toMatchObject({
      type: 'integer',
      minimum: expect.any(Number),
      maximum: expect.any(Number),
      default: crowding.defaults['holdMs'],
    })
  })
})

test('a change is told with who, when and what differs, the newest first', async () => {
  const before = one(await ask('en'), 'crowding').defaults['holdMs'] as number
  await set(0, { holdMs: before + 1_000 })
  await set(1, null, 'off')
  const crowding = one(await ask('en'), 'crowding')
  expect(crowding).toMatchObject({ revision: 2, byTitle: 'Ms Li', autonomy: 'off' })
  expect(crowding.policy['holdMs']).toBe(before + 1_000)
  expect(crowding.history).toMatchObject([
    { revision: 2, by: 'li', autonomyWas: 'automatic', autonomy: 'off', differs: [] },
    {
      revision: 1,
      byTitle: 'Ms Li',
      autonomyWas: null,
      differs: [{ name: 'holdMs', label: crowding.labels['holdMs'], was: before, is: before + 1_000 }],
    },
  ])
})

test('no more than fifty changes are kept', async () => {
  for (let revision = 2; revision < 60; revision++) await set(revision, { holdMs: 10_000 + revision })
  const { history } = one(await ask('en'), 'crowding')
  expect([history.length, history[0]?.revision, history.at(-1)?.revision]).toEqual([50, 60, 11])
})

test('what head office leaves to the branch is told with it', async () => {
  const bounds = { holdMs: { min: 5_000, max: 20_000 } }
  const lab = await openLookLab(`${labFile}flows:\n  crowding: { bounds: ${JSON.stringify(bounds)} }\n`)
  const flows = await createFlowsView(lab.parts)('en')
  expect(one(flows, 'crowding').bounds).toEqual(bounds)
  expect(one(flows, 'greeting').bounds).toEqual({})
  await lab.stop()
})
