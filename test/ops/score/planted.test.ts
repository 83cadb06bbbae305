/** Journals of the real hub with devices that misbehave as told: the scorecard finds what was planted, and only that. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Counts, totalOf } from '#hub/ops/score/counts.ts'
import type { ScoreRow } from '#hub/ops/score/scorecard.ts'
import type { BehaviourInput } from '#simulators/devices/behaviour.ts'
import { type Lobby, liveLobby, type Planted } from './planted.ts'

const outcomesOf = (counts: Counts): number =>
  counts.done +
  counts.missedAnswers +
  counts.lateStarts +
  counts.neverDone +
  counts.lost +
  counts.incapable +
  counts.withdrawn +
  counts.unclear +
  counts.open +
  totalOf(counts.refused) +
  totalOf(counts.failed) +
  totalOf(counts.notStarted)

/** What a model can be blamed for. */
const blameOf = (counts: Counts) => ({
  missedAnswers: counts.missedAnswers,
  lateStarts: counts.lateStarts,
  neverDone: counts.neverDone,
  lost: counts.lost,
  refused: counts.refused,
  failed: counts.failed,
  notStarted: counts.notStarted,
  cancelsIgnored: counts.cancelsIgnored,
  falseOffline: counts.falseOffline,
  restarts: counts.restarts,
  invalid: counts.invalid,
})

const blameless = {
  missedAnswers: 0,
  lateStarts: 0,
  neverDone: 0,
  lost: 0,
  refused: {},
  failed: {},
  notStarted: {},
  cancelsIgnored: 0,
  falseOffline: 0,
  restarts: 0,
  invalid: {},
}

const planted: readonly Planted[] = [
  { model: 'Healthy', behaviour: {} },
  { model: 'Refuser', behaviour: { refuses: { share: 0.5 } } },
  { model: 'Mute', behaviour: { reports: { share: 1, how: 'never' } } },
  { model: 'Slow', behaviour: { slow: { answerMs: 10_000 } } },
  { model: 'Late', behaviour: { slow: { beginMs: 60_000 } } },
  { model: 'Endless', behaviour: { slow: { actMs: 900_000 } } },
  { model: 'Mortal', behaviour: { dies: { share: 0.5, when: 'mid-task' } } },
  { model: 'Loose', behaviour: { drops: { everyMs: 50_000, forMs: 3_000 } } },
  { model: 'Babbler', behaviour: { rubbish: { everyMs: 7_000, what: 'wrong-schema' } } },
  { model: 'Failing', behaviour: { fails: { share: 0.5, code: 'arm-stuck' } } },
]

describe('planted faults', () => {
  let lobby: Lobby
  let rows: readonly ScoreRow[]
  const countsOf = (model: string): Counts => {
    const row = rows.find((one) => one.model === model)
    if (row === undefined) throw new Error(model)
    return row.counts
  }
  const misbehaved = (device: string, behaviour: string) =>
    lobby.stage
      .logs()
      .filter((line) => line.kind === 'misbehaved' && line.device === device && line.behaviour === behaviour)
      .length

  beforeAll(async () => {
    lobby = await liveLobby({ planted, visitors: 300 })
    rows = await lobby.score()
  }, 60_000)

  it('every model was asked often enough to show its fault', () => {
    expect(lobby.stage.bugs).toEqual([])
    for (const { model } of planted) expect(countsOf(model).offers, model).toBeGreaterThan(15)
  })

  it('the healthy one is blamed for nothing, and kept every word', () => {
    const counts = countsOf('Healthy')
    expect(blameOf(counts)).toEqual(blameless)
    expect(counts.done).toBe(counts.offers)
    expect(counts.downMs).toBe(0)
    expect(counts.upMs).toBeGreaterThan(300 * 4_000)
  })

  it('refusals by their code, as often as the device refused', () => {
    const refused = misbehaved('r-1', 'refuses')
    expect(refused).toBeGreaterThan(3)
    expect(blameOf(countsOf('Refuser'))).toEqual({ ...blameless, refused: { unwilling: refused } })
  })

  it('no answer, and cancels that nobody answered', () => {
    const counts = countsOf('Mute')
    expect(counts.done).toBe(0)
    expect(counts.missedAnswers).toBeGreaterThan(counts.offers / 2)
    expect(counts.cancelsIgnored).toBe(counts.cancels)
    expect(counts.missedAnswers + counts.withdrawn).toBe(counts.offers)
  })

  it('answers that come too late are no answers, but its cancels are honoured', () => {
    const counts = countsOf('Slow')
    expect(counts.missedAnswers).toBeGreaterThan(counts.offers / 2)
    expect(blameOf(counts)).toEqual({ ...blameless, missedAnswers: counts.missedAnswers })
  })

  it('late starts of what was accepted', () => {
    const counts = countsOf('Late')
    expect(counts.lateStarts).toBeGreaterThan(counts.offers / 2)
    expect(blameOf(counts)).toEqual({ ...blameless, lateStarts: counts.lateStarts })
  })

  it('what was accepted and begun, and never done', () => {
    const counts = countsOf('Endless')
    expect(counts.neverDone).toBeGreaterThan(counts.offers / 2)
    expect(blameOf(counts)).toEqual({ ...blameless, neverDone: counts.neverDone })
  })

  it('failures by their code, as often as the device failed', () => {
    const failed = misbehaved('r-9', 'fails')
    expect(failed).toBeGreaterThan(3)
    expect(blameOf(countsOf('Failing'))).toEqual({ ...blameless, failed: { 'arm-stuck': failed } })
  })

  it('a device that dies is not a line that breaks', () => {
    const died = misbehaved('r-6', 'dies-mid-task')
    expect(died).toBeGreaterThan(3)
    const counts = countsOf('Mortal')
    expect(counts).toMatchObject({ restarts: died, falseOffline: 0, lostLinks: died })
    expect(counts.downMs).toBeGreaterThan(died * 1_000)
  })

  it('a line that breaks is not a device that dies: false offline', () => {
    const drops = misbehaved('r-7', 'drops')
    expect(drops).toBeGreaterThan(10)
    const counts = countsOf('Loose')
    expect(counts).toMatchObject({ falseOffline: drops, restarts: 0, lostLinks: drops })
    expect(blameOf({ ...counts, lost: 0 })).toEqual({ ...blameless, falseOffline: drops })
    expect(counts.falseOfflineMs).toBe(counts.downMs)
  })

  it('messages that were refused, by code', () => {
    const { invalid } = countsOf('Babbler')
    const sent = misbehaved('r-8', 'rubbish')
    // The last minute is still being counted.
    expect(invalid['payload.invalid']).toBeGreaterThan(sent - 12)
    expect(invalid['payload.invalid']).toBeLessThanOrEqual(sent)
    expect(blameOf(countsOf('Babbler'))).toEqual({ ...blameless, invalid })
  })
})

describe('a change of firmware', () => {
  it('parts the counts: the old firmware keeps its own, the new one is on probation', async () => {
    const lobby = await liveLobby({
      planted: [{ model: 'Walker', behaviour: {} }],
      visitors: 120,
      also: (stage) => {
        const worse = {
          pace: 0.3,
          stateEveryMs: 10_000,
          model: 'Walker',
          firmware: '2.0.0',
          refuses: { share: 1 },
        }
        stage.clock.at(299_000, () => stage.device('r-0').update(30_000, worse))
      },
    })
    const rows = (await lobby.score()).filter(({ model }) => model === 'Walker')
    expect(rows).toMatchObject([
      { firmware: '1.0.0', devices: ['r-0'], onProbation: false },
      { firmware: '2.0.0', devices: ['r-0'], onProbation: true },
    ])
    const [old, fresh] = rows.map(({ counts }) => counts)
    expect(old).toMatchObject({ refused: {}, lostLinks: 0, falseOffline: 0, downMs: 0 })
    expect(old?.done).toBe(old?.offers)
    expect(old?.awayMs).toBeGreaterThanOrEqual(29_000)
    expect(fresh?.offers).toBeGreaterThan(0)
    expect(fresh?.refused).toEqual({ unwilling: fresh?.offers })
  })

  it('on probation gets less of the work than its equal, also after the hub was killed', async () => {
    const lobby = await liveLobby({
      planted: [
        { model: 'Walker', behaviour: {} },
        { model: 'Walker', behaviour: {} },
      ],
      visitors: 120,
      also: (stage) => {
        const same = { pace: 0.3, stateEveryMs: 10_000, model: 'Walker', firmware: '2.0.0' }
        stage.clock.at(20_000, () => stage.device('r-0').update(5_000, same))
        stage.clock.at(100_000, () => stage.killHub(2_000))
      },
    })
    const rows = (await lobby.score()).filter(({ model }) => model === 'Walker')
    expect(rows.map(({ onProbation }) => onProbation)).toEqual([false, true])
    const [trusted, fresh] = rows.map(({ counts }) => counts)
    expect(trusted?.offers).toBeGreaterThan(2 * (fresh?.offers ?? 0))
  })

  it('keeps it from being asked while it is away, and people hear of it when that takes longer than it said', async () => {
    const updated = { pace: 0.3, stateEveryMs: 10_000, model: 'Walker', firmware: '2.0.0' }
    const alerts = (stage: Lobby['stage']) =>
      stage
        .hub()
        ?.engine.state.alerts.values()
        .map(({ key, clearedAt }) => [key, clearedAt !== null])
    const seen: unknown[] = []
    const lobby = await liveLobby({
      planted: [{ model: 'Walker', behaviour: {} }],
      visitors: 80,
      also: (stage) => {
        stage.clock.at(49_000, () => stage.device('r-0').update(200_000, updated, 100_000))
        // The hub's own restart does not make it forget what was announced.
        stage.clock.at(60_000, () => stage.killHub(2_000))
        for (const atMs of [145_000, 155_000, 255_000]) stage.clock.at(atMs, () => seen.push(alerts(stage)))
      },
    })
    // It is back with another firmware, of which people hear too.
    expect(seen).toEqual([
      [],
      [['device-updating:r-0', false]],
      [
        ['device-updating:r-0', true],
        ['firmware/r-0', false],
      ],
    ])
    const [old, fresh] = (await lobby.score()).filter(({ model }) => model === 'Walker')
    expect(old?.counts).toMatchObject({ lostLinks: 0, falseOffline: 0, downMs: 0 })
    expect(old?.counts.offers).toBeLessThan(12)
    expect(fresh?.counts.offers).toBeGreaterThan(20)
    const links = (await lobby.entries()).flatMap(({ records }) =>
      (records ?? []).filter(({ device, code }) => device === 'r-0' && code === 'device.lost'),
    )
    expect(links).toEqual([])
  })

  it('is the same twice', async () => {
    const live = async () => {
      const update = { pace: 0.3, model: 'Walker', firmware: '2.0.0', lacks: ['guide'] }
      const lobby = await liveLobby({
        planted: [{ model: 'Walker', behaviour: {} }],
        visitors: 30,
        also: (stage) => stage.clock.at(60_000, () => stage.device('r-0').update(10_000, update)),
      })
      return lobby.stage.disk.branches.get('sim')?.head
    }
    expect(await live()).toEqual(await live())
  })
})

const vices: fc.Arbitrary<BehaviourInput> = fc.constantFrom<BehaviourInput>(
  {},
  { refuses: { share: 0.4 } },
  { busy: { share: 0.3 } },
  { fails: { share: 0.4 } },
  { slow: { answerMs: 3_000, beginMs: 1_000, actMs: 4_000 } },
  { dies: { share: 0.3, when: 'accepted' } },
  { dies: { share: 0.3, when: 'begun' } },
  { dies: { share: 0.3, when: 'acted' } },
  { reports: { share: 0.4, how: 'never' } },
  { reports: { share: 0.5, how: 'reordered' } },
  { reports: { share: 0.5, how: 'twice' } },
  { drops: { everyMs: 20_000, forMs: 4_000 } },
)

/** Ends of attempts as the tasks themselves tell them: another source than the records the scorecard reads. */
const endsOf = async (lobby: Lobby): Promise<ReadonlyMap<string, number>> => {
  const ends = new Map<string, number>()
  for (const { attempts } of await lobby.tasks())
    for (const { member, end } of attempts) {
      const key = `${member} ${end ?? 'open'}`
      ends.set(key, (ends.get(key) ?? 0) + 1)
    }
  return ends
}

describe('whatever devices and hub do', () => {
  it('every offer of the journal is counted once, with the end its task tells', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(vices, { minLength: 2, maxLength: 4 }),
        fc.array(fc.nat(200_000), { maxLength: 3 }),
        fc.nat(1_000),
        async (behaviours, kills, seed) => {
          const lobby = await liveLobby({
            planted: behaviours.map((behaviour, index) => ({ model: `M${index}`, behaviour })),
            visitors: 40,
            seed: `any/${seed}`,
            also: (stage) => {
              for (const atMs of kills) stage.clock.at(atMs, () => stage.killHub(3_000))
            },
          })
          const rows = await lobby.score()
          const ends = await endsOf(lobby)
          for (const index of behaviours.keys()) {
            const counts = rows.find(({ model }) => model === `M${index}`)?.counts
            if (counts === undefined) continue
            const of = (...names: readonly string[]) =>
              names.reduce((sum, name) => sum + (ends.get(`r-${index} ${name}`) ?? 0), 0)
            const all = [...ends].reduce((sum, [key, n]) => sum + (key.startsWith(`r-${index} `) ? n : 0), 0)
            expect(counts.offers).toBe(all)
            expect(outcomesOf(counts)).toBe(counts.offers)
            expect(counts.done).toBe(of('done'))
            expect(totalOf(counts.refused)).toBe(of('refused'))
            expect(counts.open).toBe(of('open'))
            expect(counts.unclear).toBe(0)
            expect(counts.missedAnswers).toBeLessThanOrEqual(of('no-answer', 'unknown', 'late'))
            expect(counts.falseOffline + counts.restarts).toBeLessThanOrEqual(counts.lostLinks)
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})
