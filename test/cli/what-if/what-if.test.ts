import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { RecordedDay } from '#cli/journal/read-day.ts'
import { readDay } from '#cli/journal/read-day.ts'
import { createAnswerChoice } from '#cli/what-if/choose-answers.ts'
import { noChange } from '#cli/what-if/day-change.ts'
import { flowsInForce, libraryOf, readChangedFlows } from '#cli/what-if/flow-change.ts'
import { replayTruth } from '#cli/what-if/replay-truth.ts'
import { runWhatIf } from '#cli/what-if/run-what-if.ts'
import { flows } from '#flows/index.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { createFolders } from '../../deploy/folders.ts'
import { here, hourMs, record } from '../journal/recorded.ts'
import { arrivalsMs, ask, countedMorning, longQueue, recordDay } from './planted.ts'

const told = (result: ReturnType<typeof ask>) =>
  result.differences.map(({ kind, before, after }) => ({
    kind,
    what: (before ?? after)?.what,
    atMs: ((before ?? after)?.at ?? 0) - result.fromMs,
  }))

describe('a planted threshold', () => {
  let morning: RecordedDay
  beforeAll(async () => {
    morning = await recordDay(countedMorning)
  })

  test('everyone was greeted that day, and asked the same again the hub decides the same', () => {
    const result = ask(morning, {})
    expect(result.changed).toEqual([])
    expect(result.sanity).toMatchObject({ differing: 0, first: null })
    expect(result.sanity.compared).toBe(morning.entries.length)
    expect(result.counts).toEqual([
      {
        flow: 'greeting',
        what: 'greet',
        recorded: arrivalsMs.length,
        before: arrivalsMs.length,
        after: arrivalsMs.length,
      },
    ])
    expect(result.differences).toEqual([])
  })

  test.each([
    [34_000, [152_000]],
    [40_000, [45_000, 152_000]],
    [110_000, [45_000, 152_000]],
    [120_000, [45_000, 120_000]],
    [300_000, [45_000, 120_000, 152_000, 300_000]],
  ])('a cool-down of %d ms takes away exactly the greetings within it', (coolDownMs, gone) => {
    const result = ask(morning, { greeting: { policy: { coolDownMs } } }, ['1', '2'])
    expect(result.changed).toEqual([
      { flow: 'greeting', setting: 'coolDownMs', was: 20_000, becomes: coolDownMs },
    ])
    // Who was spared one greeting may take another: that is a difference too, but nobody goes without.
    const dropped = told(result).filter(({ kind }) => kind === 'dropped')
    expect(dropped.map(({ what }) => what)).toEqual(gone.map(() => 'greet'))
    const offBy = dropped.map(({ atMs }, index) => Math.abs(atMs - (gone[index] ?? 0)))
    expect(Math.max(...offBy)).toBeLessThan(50)
    expect(told(result).filter(({ kind }) => kind === 'added')).toEqual([])
    expect(result.differences.every(({ share }) => share === 1)).toBe(true)
    expect(result.counts).toMatchObject([{ recorded: 5, before: 5, after: 5 - gone.length }])
  })

  test('switched off, a flow does nothing any more', () => {
    const result = ask(morning, { greeting: { autonomy: 'off' } })
    expect(told(result).filter(({ kind }) => kind === 'dropped')).toHaveLength(arrivalsMs.length)
    expect(result.counts).toMatchObject([{ before: 5, after: 0 }])
  })

  test('on suggestion, nobody confirms as fast as a visitor walks by', () => {
    const result = ask(morning, { greeting: { autonomy: 'suggest' } })
    expect(result.changed).toMatchObject([{ setting: 'autonomy', was: 'automatic', becomes: 'suggest' }])
    expect(result.counts).toMatchObject([{ flow: 'greeting', what: 'greet', before: 5, after: 0 }])
  })

  test('a queue that no longer counts as long invites nobody', async () => {
    const day = await recordDay(longQueue)
    const as = ask(day, {})
    expect(as.counts.find(({ what }) => what === 'offer-service')?.recorded).toBeGreaterThan(0)
    const changed = ask(day, { diversion: { policy: { enterLength: 9, enterWaitMs: 2_000_000 } } })
    const gone = changed.differences
    expect(
      gone.every(({ kind, before }) => kind === 'dropped' && before?.flow === 'diversion-invitation'),
    ).toBe(true)
    for (const { what, after, before } of changed.counts) {
      expect(after, what).toBe(0)
      expect(before, what).toBe(as.counts.find((count) => count.what === what)?.before)
    }
    // One more than there were is as good as none at all: the threshold is found from both sides.
    expect(
      ask(day, { diversion: { policy: { enterLength: 8, enterWaitMs: 2_000_000 } } }).differences,
    ).toEqual([])
  })
})

describe('what is simulated', () => {
  let day: RecordedDay
  beforeAll(async () => {
    day = await readDay(await record({ visitors: 40, untilMs: 900_000 }), 'busy', here)
  })

  test('a busy day with staff who steer lives again as it was recorded', () => {
    const { differences, counts, answers, undecided, parked } = ask(day, {})
    expect(differences).toEqual([])
    expect(counts.length).toBeGreaterThan(10)
    for (const { recorded, before, after, what } of counts)
      expect([before, after], what).toEqual([recorded, recorded])
    expect(answers).toMatchObject({ alike: 0, assumed: 0 })
    expect([...undecided, ...parked]).toEqual([])
  })

  test('the same seed is the same what-if, to the byte', () => {
    const once = () => JSON.stringify(ask(day, { promotion: { policy: { dwellMs: 22_000 } } }, ['a', 'b']))
    expect(once()).toBe(once())
  })

  test('a changed policy touches only what it is about: common random numbers hold', () => {
    const result = ask(day, { promotion: { policy: { dwellMs: 22_000 } } }, ['a', 'b', 'c'])
    expect(result.differences.length).toBeGreaterThan(0)
    const lost = result.differences.filter(({ before }) => before?.what === 'promote')
    expect(lost.length).toBeGreaterThan(0)
    for (const { flow, before, after } of result.counts)
      if (['greeting', 'assistance', 'emergency', 'diversion'].includes(flow))
        expect(after, flow).toBe(before)
  })

  test('asked the same a member answers as that day; asked anew, as the seed says, in every run alike', () => {
    const asked: TaskRow[] = []
    const { answers } = replayTruth(day, { flows, library: { get: () => undefined } }, ({ tasks }) => {
      for (const task of tasks) if (task.attempts.length === 1) asked.push(task)
    })
    const choice = (seed: string) => createAnswerChoice({ recorded: answers, seed, kindOf: () => 'device' })
    const [task] = asked.filter(({ intent }) => intent.capability === 'greet')
    if (task === undefined) throw new Error('nobody was greeted')
    const member = task.attempts[0]?.member ?? ''
    expect(choice('a').answer(task, member, 0).source).toBe('same')
    const other = { ...task, intent: { ...task.intent, subject: { visit: 'v-1-9-9' } } }
    expect(choice('a').answer(other, member, 0)).toEqual(choice('a').answer(other, member, 0))
    expect(choice('a').answer(other, member, 0).source).toBe('drawn')
    const drawn = Array.from({ length: 30 }, (_, n) =>
      JSON.stringify(choice(`${n}`).answer(other, member, 0).said),
    )
    expect(new Set(drawn).size).toBeGreaterThan(1)
    expect(choice('a').answer(other, 'robot-9', 0).source).toBe('alike')
    const never = { ...other, intent: { ...other.intent, capability: 'x-sing' } }
    expect(choice('a').answer(never, member, 0).source).toBe('assumed')
  })

  test('a day in which the hub was killed and came back lives again as it was', async () => {
    const restarted = await recordDay(
      (stage) => {
        countedMorning(stage)
        stage.clock.at(hourMs + 122_500, () => stage.killHub(4_000))
      },
      { untilMs: 400_000 },
    )
    expect(restarted.entries.filter(({ kind }) => kind === 'start').length).toBe(1)
    const result = ask(restarted, {})
    expect(result.sanity.differing).toBe(0)
    expect(result.counts.map(({ recorded, before }) => before - recorded)).toEqual(result.counts.map(() => 0))
    expect(told(ask(restarted, { greeting: { policy: { coolDownMs: 40_000 } } })).length).toBeGreaterThan(0)
  })
})

describe('what a day says of itself', () => {
  test('code that decides otherwise than the day shows is told', async () => {
    const day = await recordDay(countedMorning)
    const entries = day.entries.map((entry) =>
      entry.records === null || entry.seq % 40 !== 0
        ? entry
        : { ...entry, records: [...entry.records, { kind: 'mark' as const, code: 'other' }] },
    )
    const { sanity } = ask({ ...day, entries }, {})
    expect(sanity.differing).toBeGreaterThan(0)
    expect(sanity.first?.seq).toBe(entries.find(({ seq }) => seq % 40 === 0)?.seq)
  })

  test('erased entries are counted, and the rest is replayed', async () => {
    const day = await recordDay(countedMorning)
    const gone = day.entries.find(({ body, at }) => at > day.fromMs && body?.kind === 'event')
    const entries = day.entries.map((entry) =>
      entry === gone ? { ...entry, body: null, records: null } : entry,
    )
    const result = ask({ ...day, entries, erased: { bodies: 1, records: 1 } }, {})
    expect(result.entries).toMatchObject({ erased: 1, recorded: ask(day, {}).entries.recorded })
    expect(result.counts).toMatchObject([{ before: 4 }])
  })
})

describe('flows that were deployed before the day', () => {
  test('are run from the sources that the day itself holds', async () => {
    const folders = createFolders()
    try {
      const copy = folders.copyShipped('greeting')
      const policy = join(copy, 'policy.ts')
      writeFileSync(policy, readFileSync(policy, 'utf8').replace('default(20_000)', 'default(40_000)'))
      const day = await recordDay(countedMorning)
      const [changed] = await readChangedFlows(copy)
      if (changed === undefined) throw new Error('nothing was read')
      const { version } = changed.flow
      const { digest, files } = changed.source
      const active = { version, digest, at: 0, by: 'test' }
      const row = { revision: 1, active, former: [], finishing: [], known: [active] }
      const meta = [
        ...(day.state.get('meta') ?? []),
        ['flows', { flows: { greeting: row } }] as const,
        [`flow-code/${digest}`, { files }] as const,
      ]
      const deployed = { ...day, state: new Map([...day.state, ['meta', meta]]) }
      const library = await libraryOf(deployed, [])
      const [greeting] = flowsInForce(deployed, { shipped: flows, library }).filter(
        ({ id }) => id === 'greeting',
      )
      expect(greeting).not.toBe(flows.find(({ id }) => id === 'greeting'))
      const { result } = runWhatIf({ day: deployed, flows, library, change: noChange, seeds: ['1'] })
      expect(result.counts).toMatchObject([{ flow: 'greeting', recorded: 3, before: 3, after: 3 }])
    } finally {
      folders.remove()
    }
  })
})
