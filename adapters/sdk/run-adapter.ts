/** An adapter as a process of its own: settings from the environment, JSON lines on stdout, an orderly end on SIGTERM. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { z } from 'zod'
import { isErrorCode, UsherError } from '#protocol/errors.ts'
import type { Adapter } from './adapter.ts'
import type { Credentials } from './enrol.ts'
import { createJsonLog } from './json-log.ts'
import { openFileMemory } from './memory-file.ts'
import { createMqttTransport, type MqttAddress } from './mqtt-transport.ts'
import { openFileTray } from './out-tray-file.ts'
import type { Clock, Log } from './ports.ts'
import { type Settings, settingsFrom, withoutPassword } from './settings.ts'
import { type RunningAdapter, startAdapter } from './start-adapter.ts'
import { createSystemClock } from './system-clock.ts'

export interface RunOptions {
  /** Instead of the environment. */
  readonly settings?: Settings
  readonly log?: Log
}

/** Longer than for one device: hundreds of adapters of a branch may wait for the same hub. */
const retryMaxMs = 30_000
const exitBadSettings = 2
const exitFailed = 1
const lingerMs = 2_000

/**
 * Runs until SIGTERM or SIGINT, and then ends the process with 0. Settings that do not fit end it with 2; what can
 * never work (a manifest that does not fit) with 1.
 */
export const runAdapter = async <C extends z.ZodType>(
  adapter: Adapter<C>,
  options: RunOptions = {},
): Promise<void> => {
  const clock = createSystemClock()
  const log =
    options.log ??
    createJsonLog({
      now: () => clock.now(),
      write: (line) => process.stdout.write(`${line}\n`),
      always: { adapter: adapter.name },
    })
  const stopped = stopSignal()
  watchStrays(log)
  try {
    const settings = options.settings ?? settingsFrom(process.env)
    log.info('starting', {
      version: adapter.version,
      device: settings.device,
      broker: withoutPassword(settings.broker),
    })
    await work(open(adapter, { settings, log, clock }), stopped)
    process.exitCode = 0
  } catch (error) {
    const code = error instanceof UsherError ? error.code : undefined
    log.error(error instanceof Error ? error.message : String(error), code === undefined ? {} : { code })
    process.exitCode = isBadSettings(code) ? exitBadSettings : exitFailed
  }
  // What the vendor's own code left open must not keep it.
  setTimeout(() => process.exit(), lingerMs).unref()
}

const work = async (opening: Promise<RunningAdapter>, stopped: Promise<void>) => {
  // Staff may take their time to approve a new device, and somebody may lose patience.
  const running = await Promise.race([opening, stopped])
  if (running === undefined) return
  try {
    await Promise.race([stopped, running.ready.then(() => stopped)])
  } finally {
    await running.stop()
  }
}

/** A promise that nobody waited for is a mistake to be mended, not a reason to leave the lobby. */
const watchStrays = (log: Log) => {
  process.on('unhandledRejection', (error) =>
    log.error(`a promise was rejected and nobody waited for it: ${String(error)}`, { code: 'adapter.threw' }),
  )
}

const isBadSettings = (code: string | undefined) =>
  code !== undefined && isErrorCode(code) && (code === 'adapter.settings' || code === 'adapter.config')

const stopSignal = () =>
  new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })

interface Tools {
  readonly settings: Settings
  readonly log: Log
  readonly clock: Clock
}

const open = async <C extends z.ZodType>(
  adapter: Adapter<C>,
  { settings, log, clock }: Tools,
): Promise<RunningAdapter> => {
  const { branch, device, state, acknowledgedBy, config } = settings
  const credentials = settings.broker.startsWith('mqtts:') ? await signedIn(settings, log) : undefined
  const fetchOnce = createFetchOnce(credentials, log)
  return startAdapter(adapter, {
    branch,
    device,
    boot: randomUUID(),
    config,
    clock,
    chance: Math.random,
    memory: openFileMemory(join(state, `${device}.memory`)),
    tray: openFileTray({ file: join(state, `${device}.out-tray`), clock }),
    log,
    acknowledgedBy,
    ...(credentials !== undefined && { renewal: credentials }),
    transport: ({ trouble, refused }) =>
      createMqttTransport({
        address: credentials === undefined ? plainAddress(settings) : () => credentials.address(),
        retryMaxMs,
        jitter: Math.random,
        onTrouble: trouble,
        onRefused(text) {
          refused(text)
          fetchOnce()
        },
      }),
  })
}

const plainAddress = ({ broker, username, password }: Settings): MqttAddress => ({
  url: broker,
  ...(username !== undefined && { username }),
  ...(password !== undefined && { password }),
})

/** With a certificate of its own: from its folder, or with the claim code the first time. */
const signedIn = async (settings: Settings, log: Log): Promise<Credentials> => {
  const { broker, branch, device, state, claim, ca } = settings
  // Loaded only where it is needed: certificates weigh more than everything else here.
  const { openCredentials } = await import('./enrol.ts')
  return await openCredentials({
    url: broker,
    branch,
    device,
    keyDir: join(state, `${device}.keys`),
    claim,
    caFile: ca,
    onTrouble: (reason) => log.warn('the enrolment waits', { reason }),
    onPresented: () => log.info('the claim code is accepted, and staff are asked to approve this device'),
  })
}

/** Refused with a certificate that the hub had replaced before it went down: the new one is fetched, one try at a time. */
const createFetchOnce = (credentials: Credentials | undefined, log: Log) => {
  let isFetching = false
  return () => {
    if (credentials === undefined || isFetching) return
    isFetching = true
    credentials
      .fetch()
      .then(() => log.info('the certificate was issued anew and is fetched'))
      .catch(() => {})
      .finally(() => {
        isFetching = false
      })
  }
}
