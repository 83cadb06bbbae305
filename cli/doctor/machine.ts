/** The machine: Node, the clock, the disk. */
import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, fail, ok, warn } from './check.ts'
import { existing } from './data.ts'

const nodeMin = 24

export const checkNode = (): Check => {
  const name = 'node'
  return Number.parseInt(process.versions.node, 10) >= nodeMin
    ? ok(name, process.version)
    : fail(name, process.version, `Usher needs Node ${nodeMin}: run npm ci in its folder.`)
}

/** No hub was built before this. */
const notBefore = Date.parse('2026-01-01')
const notAfter = Date.parse('2100-01-01')
const driftMsMax = 5_000

export const checkClock = (hubTimeMs: number | undefined): Check => {
  const name = 'clock'
  const now = Date.now()
  const remedy = 'Set the clock and keep it in step (systemd-timesyncd, chrony).'
  if (now < notBefore || now > notAfter) return fail(name, `it says ${new Date(now).toISOString()}`, remedy)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (hubTimeMs === undefined) return ok(name, `${new Date(now).toISOString()}, ${zone}`)
  const drift = hubTimeMs - now
  if (Math.abs(drift) <= driftMsMax) return ok(name, `${zone}, ${Math.round(drift)} ms from the hub's time`)
  return warn(
    name,
    `the hub's time is ${Math.round(drift / 1000)} s ${drift > 0 ? 'ahead of' : 'behind'} the clock`,
    `The clock was set while the hub ran, or before its last start. Hub time never runs back; it is in step again after a restart once the clock has caught up. ${remedy}`,
  )
}

const gibibyte = 2 ** 30
const spaceWarn = 5 * gibibyte
const spaceFail = gibibyte / 2

export const checkSpace = (data: string): Check => {
  const name = 'disk space'
  const { bavail, bsize } = statfsSync(existing(data))
  const free = bavail * bsize
  const found = `${(free / gibibyte).toFixed(1)} GiB free`
  const remedy = 'Free some space or move the data directory: on a full disk the hub accepts nothing.'
  if (free < spaceFail) return fail(name, found, remedy)
  return free < spaceWarn ? warn(name, found, remedy) : ok(name, found)
}

const syncs = 20
const bytes = Buffer.alloc(4_096, 1)

const medianSyncMs = (folder: string): number => {
  const file = join(folder, `.doctor-${process.pid}`)
  const descriptor = openSync(file, 'wx', 0o600)
  try {
    const took = Array.from({ length: syncs }, (_, index) => {
      writeSync(descriptor, bytes, 0, bytes.length, index * bytes.length)
      const from = performance.now()
      fsyncSync(descriptor)
      return performance.now() - from
    }).sort((a, b) => a - b)
    return took[Math.floor(syncs / 2)] ?? 0
  } finally {
    closeSync(descriptor)
    rmSync(file, { force: true })
  }
}

const syncWarnMs = 20
const syncFailMs = 200
/** Faster than any disk: it holds nothing through a power cut, or the disk does not keep its word. */
const syncTooFastMs = 0.02

/** Every acknowledgement waits for one of these. */
export const checkSync = (data: string): Check => {
  const name = 'disk sync'
  let took: number
  try {
    took = medianSyncMs(existing(data))
  } catch (error) {
    return fail(name, String(error), 'The data directory must be writable for the user of the hub.')
  }
  const found = `${took.toFixed(2)} ms for 4 KiB (median of ${syncs})`
  const remedy = 'Use a local SSD: not a network drive, not an SD card.'
  if (took > syncFailMs) return fail(name, found, remedy)
  if (took > syncWarnMs) return warn(name, found, remedy)
  return took < syncTooFastMs
    ? warn(
        name,
        `${found}: too fast to be true`,
        'Memory-backed or lying storage loses what was promised in a power cut; put the data on a real disk.',
      )
    : ok(name, found)
}
