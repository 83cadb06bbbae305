/** An adapter as a process of its own: settings from the environment, JSON lines on stdout, an orderly end on SIGTERM. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { z } from 'zod'
import { isErrorCode, UsherError } from '#protocol/errors.ts'
import type { Adapter } from './adapter.ts'
import { createJsonLog } from './json-log.ts'
import { openFileMemory } from './memory-file.ts'
import { createMqttTransport, type MqttAddress } from './mqtt-transport.ts'
import type { Clock, Log } from './ports.ts'
import { type Settings, settingsFrom } from './settings.ts'
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
    const running = await open(adapter, { settings, log, clock })
    log.info('started', { version: adapter.version, device: settings.device, broker: settings.broker })
    try {
      await Promise.race([stopped, running.ready.then(() => stopped)])
    } finally {
      await running.stop()
    }
    process.exitCode = 0
  } catch (error) {
    const code = error instanceof UsherError ? error.code : undefined
    log.error(error instanceof Error ? error.message : String(error), code === undefined ? {} : { code })
    process.exitCode = isBadSettings(code) ? exitBadSettings : exitFailed
  }
  // What the vendor's own code left open must not keep it.
  setTimeout(() => process.exit(), lingerMs).unref()
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
  const address = await addressOf(settings, log)
  return startAdapter(adapter, {
    branch,
    device,
    boot: randomUUID(),
    config,
    clock,
    chance: Math.random,
    memory: openFileMemory(join(state, `${device}.memory`)),
    log,
    acknowledgedBy,
    transport: ({ trouble, refused }) =>
      createMqttTransport({
        address,
        retryMaxMs,
        jitter: Math.random,
        onTrouble: trouble,
        onRefused: refused,
      }),
  })
}

const addressOf = (settings: Settings, _log: Log): Promise<MqttAddress> => {
  const { broker, username, password } = settings
  return Promise.resolve({
    url: broker,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  })
}
