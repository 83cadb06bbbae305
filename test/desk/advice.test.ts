/** Advice is given where it is worth it and true, and in no other case. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AdviceAnswer } from '#protocol/desk/look/advice.ts'
import { openLookLab } from './look-lab.ts'
import { addAccount, type Browser, raise, remove, type Stage, scratch, signIn } from './support.ts'

const folder = scratch()
let stage: Stage
let boss: Browser

beforeAll(async () => {
  stage = await raise(folder, { lab: await openLookLab() })
  await addAccount(stage, 'boss', ['manager'])
  boss = await signIn(stage, 'boss')
  // It would ask for the counter itself, and nobody needs advice about what is under way.
  await command({
    name: 'flow.set',
    flow: 'diversion',
    autonomy: 'off',
    policy: null,
    revision: 0,
    by: 'boss',
  })
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

type Command = Extract<Parameters<Stage['lab']['send']>[0], { kind: 'command' }>['command']
const command = (what: Command) => stage.lab.send({ kind: 'command', command: what })
const waiting = (count: number) =>
  stage.lab.event('tickets-1', 'queue.snapshot', { service: 'cash', waiting: count })
const counter = (id: string, state: 'open' | 'closed') =>
  stage.lab.event('tickets-1', 'counter.changed', { counter: id, state })
const duty = (onDuty: boolean) => command({ name: 'duty', person: 'wang', onDuty, by: 'wang' })

const ask = async (lang = 'en') =>
  AdviceAnswer.parse(JSON.parse((await boss.get(`/api/advice?lang=${lang}`)).text)).advice

/** One of two counters is open, a person may open the other, and six wait: (6 + 1) × 4 min. */
beforeEach(async () => {
  await counter('c1', 'open')
  await counter('c2', 'closed')
  await duty(true)
  await waiting(6)
})

describe('advice to open a counter', () => {
  test('says by how much the announced wait falls, and who can open it', async () => {
    expect(await ask()).toEqual([
      {
        what: 'open-counter',
        service: { id: 'cash', title: 'Cash' },
        counter: 'c2',
        people: [{ id: 'wang', title: 'Mr Wang' }],
        waiting: 6,
        nowMs: 28 * 60_000,
        thenMs: 14 * 60_000,
        sentence: 'Open c2: the announced wait for Cash falls from 28 to 14 min. Mr Wang can open it.',
      },
    ])
    const [zh] = await ask('zh')
    expect(zh?.sentence).toBe('开放 c2：现金的预计等候由 28 分钟降至 14 分钟。可由王柜员开放。')
  })

  test('is true: what it foretells is announced once the counter is open', async () => {
    const [advice] = await ask()
    await counter('c2', 'open')
    expect(stage.lab.engine.state.services.get('cash')?.announcedWaitMs?.value).toBe(advice?.thenMs)
    expect(await ask()).toEqual([])
  })

  test.each([
    ['no pressure', () => waiting(1)],
    ['nobody who may open one', () => duty(false)],
    ['no counter that is closed', () => counter('c2', 'open')],
    ['nobody working, so that no wait is known', () => counter('c1', 'closed')],
    ['news that are too old', () => stage.lab.pass(7_200_000)],
  ])('is not given with %s', async (_, change) => {
    expect(await ask()).toHaveLength(1)
    await change()
    expect(await ask()).toEqual([])
  })

  test('is not given while automation is paused, or the branch does not serve', async () => {
    await command({ name: 'pause', by: 'boss', untilMs: null })
    expect(await ask()).toEqual([])
    await command({ name: 'resume', by: 'boss' })
    expect(await ask()).toHaveLength(1)
    await command({ name: 'mode', mode: 'cash-delivery', by: 'boss' })
    expect(await ask()).toEqual([])
    await command({ name: 'mode', mode: 'open', by: 'boss' })
  })

  test('is not given while somebody is asked to open one already', async () => {
    const { revision } = stage.lab.engine.state.flowSettings.get('diversion') ?? { revision: 0 }
    await command({
      name: 'flow.set',
      flow: 'diversion',
      autonomy: 'automatic',
      policy: null,
      revision,
      by: 'boss',
    })
    const isAsked = () => stage.lab.engine.state.claims.has('open-counter:c2')
    for (let count = 7; count < 30 && !isAsked(); count++) {
      await stage.lab.pass(20_000)
      await waiting(count)
    }
    expect(isAsked()).toBe(true)
    expect(await ask()).toEqual([])
  })
})
