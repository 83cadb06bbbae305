/** An adapter as a page: a screen or a kiosk whose program is a web page, with its line to the hub over WebSocket. */
import type { z } from 'zod'
import type { Adapter } from './adapter.ts'
import { createJsonLog } from './json-log.ts'
import { openStorageMemory, type PageStorage } from './memory-storage.ts'
import { createMqttTransport } from './mqtt-transport.ts'
import type { Log } from './ports.ts'
import { type RunningAdapter, startAdapter } from './start-adapter.ts'
import { createSystemClock } from './system-clock.ts'

export interface PageOptions {
  /** `wss://…`, or `ws://…` on the same machine. */
  readonly broker: string
  readonly branch: string
  readonly device: string
  /** `localStorage`: what was begun must still be known when the page is loaded again. */
  readonly storage: PageStorage
  readonly config?: unknown
  readonly username?: string
  readonly password?: string
  /** `hub`, the default here: a broker that speaks WebSocket is usually one that only passes messages on. */
  readonly acknowledgedBy?: 'puback' | 'hub'
  /** Default: JSON lines on the console. */
  readonly log?: Log
}

const retryMaxMs = 30_000
const bootBytes = 16

/** Call `stop()` when the page goes away, so that the device says goodbye. */
export const runInBrowser = <C extends z.ZodType>(
  adapter: Adapter<C>,
  options: PageOptions,
): RunningAdapter => {
  const { broker, branch, device, storage, username, password } = options
  const clock = createSystemClock()
  return startAdapter(adapter, {
    branch,
    device,
    boot: randomBoot(),
    config: options.config,
    clock,
    chance: Math.random,
    memory: openStorageMemory(storage, `usher/${branch}/${device}`),
    log: options.log ?? consoleLog(adapter.name, () => clock.now()),
    acknowledgedBy: options.acknowledgedBy ?? 'hub',
    transport: ({ trouble, refused }) =>
      createMqttTransport({
        address: {
          url: broker,
          ...(username !== undefined && { username }),
          ...(password !== undefined && { password }),
        },
        retryMaxMs,
        jitter: Math.random,
        onTrouble: trouble,
        onRefused: refused,
      }),
  })
}

/** `randomUUID` is only there on pages that came over TLS. */
const randomBoot = () =>
  [...crypto.getRandomValues(new Uint8Array(bootBytes))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

const consoleLog = (adapter: string, now: () => number): Log =>
  createJsonLog({
    now,
    // oxlint-disable-next-line no-console -- a page has no other place to write to
    write: (line) => console.log(line),
    always: { adapter },
  })
