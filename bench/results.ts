/** What a run of the benchmark found, as it is written to disk. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { arch, cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { InstalledFigure } from './measures/installed.ts'
import type { InterruptFigure } from './measures/interrupt.ts'
import type { LatencyFigure } from './measures/latency.ts'
import type { MemoryFigure } from './measures/memory.ts'
import type { NeighbourFigure } from './measures/neighbours.ts'
import type { PixelFigure } from './measures/pixel.ts'
import type { RateFigure } from './measures/rate.ts'
import type { RecoveryFigure } from './measures/recovery.ts'

export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGb: number
  readonly system: string
  readonly node: string
  readonly disk: string
  /** Milliseconds for a write and its sync, as the floor does it: median and 99th percentile. */
  readonly syncMs: { readonly p50: number; readonly p99: number }
  readonly loadAtStart: number
}

export interface Results {
  readonly at: string
  readonly quick: boolean
  readonly machine: Machine
  readonly peers: { readonly nodeRed: string; readonly mosquitto: string } | { readonly missing: string }
  readonly latency: readonly LatencyFigure[]
  readonly rate: readonly RateFigure[]
  readonly recovery: readonly RecoveryFigure[]
  readonly memory: readonly MemoryFigure[]
  readonly neighbours: readonly NeighbourFigure[]
  readonly installed: readonly InstalledFigure[]
  readonly pixel: readonly PixelFigure[]
  readonly interrupt: readonly InterruptFigure[]
}

const diskOf = (folder: string): string => {
  try {
    return (
      execFileSync('df', ['--output=fstype', folder], { encoding: 'utf8' }).trim().split('\n').at(-1) ??
      'unknown'
    )
  } catch {
    return 'unknown'
  }
}

export const describeMachine = (folder: string, syncMs: Machine['syncMs']): Machine => ({
  processor: cpus()[0]?.model ?? arch(),
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()}`,
  node: process.versions.node,
  disk: diskOf(folder),
  syncMs,
  loadAtStart: loadavg()[0] ?? 0,
})

export const peerVersions = (): Results['peers'] => {
  const file = join(import.meta.dirname, 'peers', 'node_modules', 'node-red', 'package.json')
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  let mosquitto = 'unknown'
  try {
    execFileSync('/usr/sbin/mosquitto', ['-h'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch (error) {
    // It prints its help and ends with an error code.
    mosquitto = /version (\S+)/.exec((error as { stdout?: string }).stdout ?? '')?.[1] ?? mosquitto
  }
  return { nodeRed: version, mosquitto }
}
