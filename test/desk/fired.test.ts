/** How often a flow would have acted yesterday under another setting: told from yesterday's own journal. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rehearseInThread } from '#cli/what-if/rehearse.ts'
import { FiredAnswer } from '#protocol/desk/look/flows.ts'
import { dayMs } from '#protocol/local-time.ts'
import { createTestClock } from '../support/clock.ts'
import { type LookLab, labFile, openLookLab } from './look-lab.ts'
import { addAccount, type Browser, codeOf, raise, remove, type Stage, scratch, signIn } from './support.ts'

const folder = scratch()
/** Thursday, 09:00 in Shanghai. */
const thursday = Date.UTC(2026, 9, 8, 1)
let lab: LookLab
let stage: Stage
let boss: Browser

const people = (count: number) => lab.event('camera-1', 'zone.count', { zone: 'waiting', count })

/** More than the twenty that are allowed, for so long; then hardly anybody, until it is over. */
const crowd = async (seconds: number) => {
  for (let passed = 0; passed < seconds; passed += 5) {
    await people(25)
    await lab.pass(5_000)
  }
  for (let passed = 0; passed < 300; passed += 10) {
    await people(2)
    await lab.pass(10_000)
  }
}

beforeAll(async () => {
  lab = await openLookLab(labFile, createTestClock(thursday))
  await crowd(30)
  await crowd(60)
  await crowd(150)
  await lab.pass(thursday + dayMs - lab.engine.position().at)
  stage = await raise(folder, { lab })
  await addAccount(stage, 'boss', ['manager'])
  boss = await signIn(stage, 'boss')
}, 30_000)
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

const ask = (policy: unknown, more = '') =>
  boss.get(
    `/api/flows/fired?lang=en&flow=crowding&policy=${encodeURIComponent(JSON.stringify(policy))}${more}`,
  )
const told = async (policy: unknown) => FiredAnswer.parse(JSON.parse((await ask(policy)).text))
const alerts = ({ counts }: FiredAnswer) => counts.find(({ what }) => what === 'alert')

describe('a threshold', () => {
  test('as it is would have fired as often as it did', async () => {
    const answer = await told({})
    expect(answer).toMatchObject({ day: '2026-10-08', flow: 'crowding', changes: [], differing: 0 })
    expect(alerts(answer)).toMatchObject({ words: 'Alert', recorded: 3, before: 3, after: 3 })
  }, 30_000)

  test.each([
    [45_000, 2],
    [100_000, 1],
    [200_000, 0],
  ])(
    'of %i ms would have fired %i times',
    async (holdMs, times) => {
      const answer = await told({ holdMs })
      expect(answer.changes).toMatchObject([{ name: 'holdMs', was: 10_000, is: holdMs }])
      expect(alerts(answer)).toMatchObject({ recorded: 3, before: 3, after: times })
    },
    30_000,
  )

  test('changes nothing by being asked about', async () => {
    expect(lab.engine.state.flowSettings.get('crowding')).toBeUndefined()
    expect(lab.bugs).toEqual([])
  })
})

test.each([
  [{ holdMs: -1 }, '', 'policy.invalid'],
  [{ noSuchThing: 1 }, '', 'policy.invalid'],
  ['no object', '', 'request.invalid'],
  [{}, '&day=2026-10-01', 'journal.no-day'],
])('%j%s is answered with %s', async (policy, more, code) => {
  expect(codeOf(await ask(policy, more))).toBe(code)
})

test('a flow that is none, and a hub that cannot, are told apart', async () => {
  expect(codeOf(await boss.get('/api/flows/fired?flow=crowds'))).toBe('flow.unknown')
})

test('a day that takes too long is given up', async () => {
  const over = AbortSignal.abort()
  const asked = rehearseInThread({ file: '/dev/null', flow: 'crowding', wish: { policy: {} } }, over)
  await expect(asked).rejects.toMatchObject({ code: 'what-if.too-long' })
})
