/** An adapter as a page: a screen or a kiosk whose program is a web page, with its line to the hub over WebSocket. */
import type { z } from 'zod'
import type { EventName } from '#protocol/events.ts'
import { topics } from '#protocol/topics.ts'
import type { Adapter } from './adapter.ts'
import { createJsonLog } from './json-log.ts'
import { openPageMemory } from './memory-page.ts'
import { openStorageMemory, type PageStorage } from './memory-storage.ts'
import type { MqttAddress } from './mqtt-line.ts'
import { untilAlone } from './one-page.ts'
import { createNoTray, type OutTray } from './out-tray.ts'
import { openPageTray } from './out-tray-page.ts'
import { type ClaimCode, openPageIdentity, type PageIdentity } from './page-identity.ts'
import { openPageStore } from './page-store.ts'
import { createPageTransport } from './page-transport.ts'
import type { Log } from './ports.ts'
import { randomBoot } from './random-boot.ts'
import { type RunningAdapter, startAdapter } from './start-adapter.ts'
import { createSystemClock } from './system-clock.ts'

export interface PageOptions {
  /** `wss://…`, or `ws://…` on the same machine. */
  readonly broker: string
  readonly branch: string
  readonly device: string
  /**
   * Signs in with a key of its own, which this code (or what is asked for it) makes known to the hub the first time.
   * Without it: by user name and password, or by name alone.
   */
  readonly claim?: ClaimCode
  /** Instead of the page's own database, where there is none. What is begun must be in it before `setItem` returns. */
  readonly storage?: PageStorage
  /** Events that the page itself keeps, numbers and tells again until the hub has them: they wait nowhere else. */
  readonly keepsItself?: readonly EventName[]
  readonly config?: unknown
  readonly username?: string
  readonly password?: string
  /** `hub`, the default here: right behind every broker, also one that only passes messages on. */
  readonly acknowledgedBy?: 'puback' | 'hub'
  /** Ends the waiting to be this device: for another page, or for staff. From then on `stop()` is there for it. */
  readonly signal?: AbortSignal
  /** The hub does not know this device any more: it was stopped, and needs a new claim code. */
  readonly onTurnedAway?: (reason: string) => void
  /** Default: JSON lines on the console. */
  readonly log?: Log
}

const retryMaxMs = 10_000

/**
 * Resolves when the page is this device: no other page is, and staff have approved it. Call `stop()` when the page goes
 * away for good, so that the device says goodbye.
 *
 * @throws UsherError `adapter.config`, `adapter.memory`, `adapter.enrolment`
 */
export const runInBrowser = async <C extends z.ZodType>(
  adapter: Adapter<C>,
  options: PageOptions,
): Promise<RunningAdapter> => {
  const clock = createSystemClock()
  const log = options.log ?? consoleLog(adapter.name, () => clock.now())
  const letGo = await untilAlone(`usher/${options.branch}/${options.device}`, log, options.signal)
  try {
    const running = await open(adapter, { options, log, clock, letGo })
    return {
      ready: running.ready,
      stop: () => running.stop().finally(letGo),
      die: () => running.die(),
      counts: () => running.counts(),
      unacknowledged: () => running.unacknowledged(),
    }
  } catch (error) {
    letGo()
    throw error
  }
}

interface Tools {
  readonly options: PageOptions
  readonly log: Log
  readonly clock: ReturnType<typeof createSystemClock>
  readonly letGo: () => void
}

/** Where the browser has no place for it (a private window, a full disk), the device goes on and says so. */
const trayOf = async ({ options, log, clock }: Omit<Tools, 'letGo'>): Promise<OutTray> => {
  const { branch, device, keepsItself = [] } = options
  try {
    const tray = await openPageTray({ name: `usher-out-tray/${branch}/${device}`, clock })
    const kept = new Set<string>(keepsItself.map((name) => topics.event(branch, device, name)))
    return {
      earlier: (of) => tray.earlier(of),
      put: (of, message) => (kept.has(message.topic) ? undefined : tray.put(of, message)),
      take: (of, message) => tray.take(of, message),
      close: () => tray.close(),
    }
  } catch (error) {
    log.error('what the hub does not have yet will not outlive this page', {
      code: 'adapter.memory',
      error: String(error),
    })
    return createNoTray()
  }
}

const open = async <C extends z.ZodType>(
  adapter: Adapter<C>,
  { options, log, clock, letGo }: Tools,
): Promise<RunningAdapter> => {
  const { branch, device, storage, claim } = options
  const store = storage === undefined || claim !== undefined ? await openPageStore() : undefined
  const identity =
    claim === undefined || store === undefined
      ? undefined
      : await openPageIdentity({ ...options, claim, store, log })
  const running: RunningAdapter = startAdapter(adapter, {
    branch,
    device,
    boot: randomBoot(),
    config: options.config,
    clock,
    chance: Math.random,
    memory:
      storage !== undefined || store === undefined
        ? openStorageMemory(storage ?? nowhere, `usher/${branch}/${device}`)
        : await openPageMemory(store, `memory/${branch}/${device}`),
    tray: await trayOf({ options, log, clock }),
    log,
    acknowledgedBy: options.acknowledgedBy ?? 'hub',
    ...(identity !== undefined && { renewal: identity.renewal }),
    transport: ({ trouble, refused }) =>
      createPageTransport({
        address: identity === undefined ? plainAddress(options) : () => identity.address(),
        retryMaxMs,
        jitter: Math.random,
        onTrouble: trouble,
        onRefused(text) {
          refused(text)
          turnedAway()
        },
      }),
  })
  const turnedAway = stopWhenUnknown(identity, (reason) => {
    log.error('the hub does not know this device any more: it stops', { reason })
    void running.stop().finally(() => {
      letGo()
      options.onTurnedAway?.(reason)
    })
  })
  return running
}

const nowhere: PageStorage = { getItem: () => null, setItem: () => {} }

const plainAddress = ({ broker, username, password }: PageOptions): MqttAddress => ({
  url: broker,
  ...(username !== undefined && { username }),
  ...(password !== undefined && { password }),
})

/** Refused once may be a hub that was just started anew, or a certificate that ran out: the hub is asked, one try at a time. */
const stopWhenUnknown = (identity: PageIdentity | undefined, end: (reason: string) => void) => {
  let isAsking = false
  return () => {
    if (identity === undefined || isAsking) return
    isAsking = true
    identity
      .confirm()
      .catch((error: unknown) => end(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        isAsking = false
      })
  }
}

const consoleLog = (adapter: string, now: () => number): Log =>
  createJsonLog({
    now,
    // oxlint-disable-next-line no-console -- a page has no other place to write to
    write: (line) => console.log(line),
    always: { adapter },
  })
