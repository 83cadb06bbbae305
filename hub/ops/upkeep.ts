/** What the store needs from time to time: once a day a checkpoint is made and what is past its time is erased. */
import type { Clock } from '../engine/hub-time.ts'
import type { DurableStore, RetentionSettings } from '../store/upkeep.ts'
import type { Log } from './log.ts'

export interface UpkeepParts {
  readonly branch: string
  readonly store: DurableStore
  readonly retention: RetentionSettings
  readonly clock: Clock
  readonly log: Log
  readonly nowMs: () => number
  /** The day of the branch's own calendar, as its people count days. */
  readonly dayOf: (at: number) => string
  /** Makes a checkpoint between two commits and journals its digest. */
  readonly checkpoint: (day: string) => Promise<void>
}

export interface HubUpkeep {
  start(): Promise<void>
  stop(): void
}

/** How often it is looked whether a new day has begun. */
const lookMs = 60_000

export const createUpkeep = (parts: UpkeepParts): HubUpkeep => {
  const { branch, store, clock, log, dayOf } = parts
  let callOffLook: (() => void) | undefined
  let day = ''
  let stopped = false

  const attempt = (what: string, work: () => Promise<unknown>) =>
    work().catch((error: unknown) => {
      if (!stopped) log.warn({ error: String(error) }, what)
    })

  const daily = async (today: string) => {
    day = today
    await attempt('the daily checkpoint could not be made', () => parts.checkpoint(today))
    await attempt('what is past its time could not be erased', async () => {
      const retained = await store.retain(branch, parts.nowMs(), parts.retention)
      log.info({ ...retained }, 'erased what is past its time')
    })
  }

  const look = () => {
    const today = dayOf(parts.nowMs())
    if (today !== day) void daily(today)
    callOffLook = clock.after(lookMs, look)
  }

  return {
    start: async () => {
      const last = (await store.checkpoints(branch)).at(-1)
      day = last === undefined ? '' : dayOf(last.at)
      // Not in the first moments of a start: devices come back then.
      callOffLook = clock.after(lookMs, look)
    },
    stop: () => {
      stopped = true
      callOffLook?.()
    },
  }
}
