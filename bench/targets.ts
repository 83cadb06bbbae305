/** What the hub promises of its speed: ratios to the floor and to the peer of the same run, so that machines compare. */
import type { ContestantName } from './contestants/contestant.ts'
import { type Load, loads, loadTitles } from './loads.ts'
import type { Results } from './results.ts'

export interface Target {
  readonly name: string
  readonly value: number
  readonly limit: number
  /** `most`: the value must not be above the limit. `least`: not below. */
  readonly kind: 'most' | 'least'
  readonly met: boolean
}

const target = (name: string, value: number, [kind, limit]: readonly ['most' | 'least', number]): Target => ({
  name,
  value,
  limit,
  kind,
  met: kind === 'most' ? value <= limit : value >= limit,
})

const floorRates = [200, 1_000] as const

const latencyOf = (
  { latency }: Results,
  name: ContestantName,
  { load, perSecond }: { load: Load; perSecond: number },
) =>
  latency.find(
    (figure) => figure.contestant === name && figure.load === load && figure.perSecond === perSecond,
  )

const latencyTargets = (results: Results, load: Load): readonly Target[] => {
  const targets: Target[] = []
  for (const perSecond of floorRates) {
    const at = `${loadTitles[load]}, ${perSecond} events/s`
    const hub = latencyOf(results, 'hub', { load, perSecond })
    const floor = latencyOf(results, 'floor', { load, perSecond })
    const peer = latencyOf(results, 'tunedPeer', { load, perSecond })
    if (hub && floor) {
      targets.push(target(`p50, times the floor (${at})`, hub.p50 / floor.p50, ['most', 1.5]))
      targets.push(target(`p99, times the floor (${at})`, hub.p99 / floor.p99, ['most', 3]))
    }
    if (hub && peer) {
      const limit = perSecond === 200 ? 1 / 3 : 1
      targets.push(target(`p50, times the tuned peer (${at})`, hub.p50 / peer.p50, ['most', limit]))
    }
  }
  return targets
}

const rateTarget = ({ rate }: Results, load: Load): readonly Target[] => {
  const of = (name: ContestantName) =>
    rate.find((figure) => figure.contestant === name && figure.load === load)?.perSecond
  const hub = of('hub')
  const peers = [of('peer'), of('tunedPeer')].filter((perSecond) => perSecond !== undefined)
  if (hub === undefined || peers.length === 0) return []
  const limit = load === 'mix' ? 2 : 1
  return [
    target(`sustained rate, times the better peer (${loadTitles[load]})`, hub / Math.max(...peers), [
      'least',
      limit,
    ]),
  ]
}

/** On two cores, one of which a bad neighbour would like to have for itself. */
const besideBad = { p50: 1.5, p99: 3 } as const

const neighbourTargets = ({ neighbours }: Results): readonly Target[] => {
  const quiet = neighbours.find(({ neighbour }) => neighbour === 'quiet')
  if (quiet === undefined) return []
  return neighbours
    .filter(({ neighbour }) => neighbour !== 'quiet')
    .flatMap(({ neighbour, p50, p99 }) => [
      target(`p50 beside an adapter of the kind "${neighbour}", times beside a quiet one`, p50 / quiet.p50, [
        'most',
        besideBad.p50,
      ]),
      target(`p99 beside an adapter of the kind "${neighbour}", times beside a quiet one`, p99 / quiet.p99, [
        'most',
        besideBad.p99,
      ]),
    ])
}

/** Nothing of them is loaded; the rest is what one start differs from the next. */
const besideInstalled = { readyMs: 1.15, residentMb: 1.05 } as const

const installedTargets = ({ installed }: Results): readonly Target[] => {
  const [whole, bare] = (['with adapters', 'without'] as const).map((tree) =>
    installed.find((figure) => figure.tree === tree),
  )
  if (whole === undefined || bare === undefined) return []
  return [
    target('start of the hub with all adapters installed, times without', whole.readyMs / bare.readyMs, [
      'most',
      besideInstalled.readyMs,
    ]),
    target(
      'memory of the hub with all adapters installed, times without',
      whole.residentMb / bare.residentMb,
      ['most', besideInstalled.residentMb],
    ),
  ]
}

/** What people no longer take for waiting. */
const pixelTargets = ({ pixel }: Results): readonly Target[] =>
  pixel.flatMap(({ eventMs, touchMs, lifeMs, load }) => [
    target('ms from a journal entry to the tablet’s picture, p95', eventMs.p95, ['most', 150]),
    target('ms from a touch to the first change, processor four times slower, p95', touchMs.p95, [
      'most',
      100,
    ]),
    target('ms from letting go to the word of the command, the same, p95', lifeMs.p95, ['most', 100]),
    target('KiB of the first load of the tablet, compressed', load.kib, ['most', 300]),
    target('ms until the first load is usable', load.usableMs, ['most', 2_000]),
  ])

/** Somebody who hears the call looks up, and it is there. */
const interruptTargets = ({ interrupt }: Results): readonly Target[] =>
  interrupt.map(({ calledMs }) =>
    target('ms from a called ticket to the screen’s picture, p95', calledMs.p95, ['most', 250]),
  )

export const judgeTargets = (results: Results): readonly Target[] => [
  ...loads.flatMap((load) => [...latencyTargets(results, load), ...rateTarget(results, load)]),
  ...results.memory
    .filter(({ devices }) => devices === 1_000)
    .map(({ residentMb }) => target('MB resident with 1,000 idle devices', residentMb, ['most', 300])),
  ...neighbourTargets(results),
  ...installedTargets(results),
  ...pixelTargets(results),
  ...interruptTargets(results),
]
