/**
 * `npm run bench`: latency, sustained rate, recovery and memory of the hub, beside the floor and a peer in the same run.
 * Ends with 1 when a target is missed. What is measured and how: docs/guides/benchmarks.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Contestant, ContestantName } from './contestants/contestant.ts'
import { startFloor, startHubProcess } from './contestants/own.ts'
import { preparePeers, startPeer } from './contestants/peer.ts'
import { measureInstalled } from './measures/installed.ts'
import { measureInterrupt } from './measures/interrupt.ts'
import { measureLatency } from './measures/latency.ts'
import { measureMemory } from './measures/memory.ts'
import { measureNeighbours } from './measures/neighbours.ts'
import { measurePixel } from './measures/pixel.ts'
import { measureRate } from './measures/rate.ts'
import { measureRecovery } from './measures/recovery.ts'
import { reportText } from './report.ts'
import { describeMachine, peerVersions, type Results } from './results.ts'
import { measureSync } from './sync-cost.ts'
import { judgeTargets, type Target } from './targets.ts'

const parts = [
  'latency',
  'rate',
  'recovery',
  'memory',
  'neighbours',
  'installed',
  'pixel',
  'interrupt',
] as const
type Part = (typeof parts)[number]

const help = `npm run bench -- [--quick] [--only latency|rate|recovery|memory|neighbours|installed|pixel|interrupt]... [--out DIR] [--rounds N] [--save-baseline]

--quick          minutes instead of an hour; for a first look
--only PART      that part alone; may be repeated
--out DIR        where results.json and report.txt go, and the data while it runs (default bench/out): a real disk
--rounds N       rounds of the latency part (default 3, quick 1)
--save-baseline  writes the targets reached to bench/baseline.json`

const readArguments = () => {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      out: { type: 'string', default: join(import.meta.dirname, 'out') },
      rounds: { type: 'string' },
      'save-baseline': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const unknown = values.only.filter((name) => !parts.includes(name as Part))
  if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}.\n\n${help}`)
  const { quick } = values
  return {
    quick,
    help: values.help,
    rounds: Number(values.rounds ?? (quick ? 1 : 3)),
    saveBaseline: values['save-baseline'],
    out: resolve(values.out),
    wants: (part: Part) => values.only.length === 0 || values.only.includes(part),
  }
}

const baselineFile = join(import.meta.dirname, 'baseline.json')

interface Baseline {
  readonly at: string
  readonly machine: Results['machine']
  readonly targets: readonly Target[]
}

const readBaseline = (): readonly Target[] => {
  try {
    return (JSON.parse(readFileSync(baselineFile, 'utf8')) as Baseline).targets
  } catch {
    return []
  }
}

const say = (text: string) => console.error(text)

const measure = async (options: ReturnType<typeof readArguments>): Promise<Results> => {
  const { out, quick, rounds, wants } = options
  const machine = describeMachine(out, await measureSync(out))
  const competes = wants('latency') || wants('rate')
  const { missing } = competes ? preparePeers() : { missing: 'not asked for' }
  if (missing !== undefined && competes) say(`without the peer: ${missing}`)
  const peerNames: readonly ContestantName[] =
    missing === undefined ? ['peer', 'tunedPeer', 'patchedPeer'] : []
  const start = (name: ContestantName): Promise<Contestant> => {
    if (name === 'hub') return startHubProcess(out)
    return name === 'floor' ? startFloor(out) : startPeer(out, name)
  }
  const shared = { start, say }
  return {
    at: new Date().toISOString(),
    quick,
    machine,
    peers: missing === undefined ? peerVersions() : { missing },
    latency: wants('latency')
      ? await measureLatency({
          ...shared,
          warmUpSeconds: quick ? 1 : 3,
          seconds: quick ? 4 : 15,
          rounds,
          contestants: ['floor', 'hub', ...peerNames],
        })
      : [],
    rate: wants('rate')
      ? await measureRate({
          ...shared,
          seconds: quick ? 10 : 60,
          searchSeconds: quick ? 3 : 5,
          contestants: ['floor', 'hub', ...peerNames],
        })
      : [],
    recovery: wants('recovery')
      ? await measureRecovery(out, {
          sizes: quick ? [1_000, 10_000] : [1_000, 10_000, 100_000],
          rounds: 3,
          say,
        })
      : [],
    memory: wants('memory')
      ? await measureMemory(out, { counts: [100, 1_000], idleMs: quick ? 8_000 : 30_000, say })
      : [],
    neighbours: wants('neighbours')
      ? await measureNeighbours({ base: out, seconds: quick ? 30 : 60, rounds, say })
      : [],
    installed: wants('installed') ? await measureInstalled({ base: out, rounds: quick ? 5 : 9, say }) : [],
    pixel: wants('pixel')
      ? [await measurePixel({ events: 200, touches: 40, loads: quick ? 3 : 7, say })]
      : [],
    interrupt: wants('interrupt') ? [await measureInterrupt({ calls: quick ? 40 : 200, say })] : [],
  }
}

const run = async (): Promise<number> => {
  const options = readArguments()
  if (options.help) {
    console.log(help)
    return 0
  }
  mkdirSync(options.out, { recursive: true })
  const results = await measure(options)
  const targets = judgeTargets(results)
  const report = reportText(results, targets, readBaseline())
  console.log(report)
  writeFileSync(join(options.out, 'report.txt'), report)
  writeFileSync(join(options.out, 'results.json'), `${JSON.stringify({ ...results, targets }, null, 2)}\n`)
  if (options.saveBaseline) {
    const baseline: Baseline = {
      at: results.at,
      machine: results.machine,
      targets: targets.filter(({ value }) => Number.isFinite(value)),
    }
    writeFileSync(baselineFile, `${JSON.stringify(baseline, null, 2)}\n`)
  }
  return targets.every(({ met }) => met) ? 0 : 1
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
try {
  process.exitCode = await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}
