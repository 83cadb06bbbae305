/** Someone uses a kiosk: the session from the first touch to its end, and the kiosks whose sessions break off. */
import type { Life } from '#adapters/sdk/life.ts'
import type { EventData, EventName } from '#protocol/events.ts'
import type { Behaviour } from './behaviour.ts'
import type { Log } from './log.ts'
import type { Chance } from './ports.ts'

export interface KioskUse {
  readonly forMs: number
  readonly service?: string
  readonly ticket?: string
  readonly track?: string
  readonly camera?: string
  /** The person walks away instead of finishing. */
  readonly abandons?: boolean
  /** The kiosk breaks in the middle of it. */
  readonly breaks?: { readonly code: string; readonly repairMs: number }
}

export interface KioskUses {
  /** @returns false when somebody else uses it or it is out of order. */
  begin(use: KioskUse): boolean
  inUse(): boolean
  /** Ends it and forgets who it was. */
  wipe(): void
  /** The machine went out of order under somebody's hands. */
  fail(reason: string): void
}

interface Deps {
  id: string
  life: Life
  log: Log
  chance: Chance
  behaviour: Behaviour
  sense: <N extends EventName>(name: N, data: EventData<N>) => void
  changed: () => void
  broken: (reason: string | undefined) => void
}

export const createKioskUses = (deps: Deps): KioskUses => {
  const { life, log, behaviour } = deps
  let session: { use: KioskUse; cancel: () => void } | undefined
  let count = 0

  const end = (state: 'finished' | 'abandoned' | 'failed', reason?: string) => {
    if (session === undefined) return
    const { use, cancel } = session
    cancel()
    session = undefined
    tell(deps, use, { state, ...(reason !== undefined && { reason }) })
    deps.changed()
  }

  return {
    begin(use) {
      if (session !== undefined) return false
      count += 1
      const fails = use.breaks ?? oddsOfBreaking(deps, count)
      const forMs = Math.round(use.forMs * behaviour.pace)
      session = { use, cancel: () => {} }
      tell(deps, use, { state: 'started' })
      deps.changed()
      const lastsMs = fails !== undefined || use.abandons === true ? Math.round(forMs / 2) : forMs
      session.cancel = life.after(lastsMs, () => {
        if (fails === undefined) {
          end(use.abandons === true ? 'abandoned' : 'finished')
          return
        }
        log.write({ kind: 'misbehaved', behaviour: 'session-fails' })
        deps.broken(fails.code)
        end('failed', fails.code)
        life.after(fails.repairMs * behaviour.pace, () => deps.broken(undefined))
      })
      return true
    },
    inUse: () => session !== undefined,
    wipe: () => end('abandoned', 'wiped'),
    fail: (reason) => end('failed', reason),
  }
}

const repairMs = 45_000

const oddsOfBreaking = ({ behaviour: { sessionsFail: fails }, chance, id }: Deps, count: number) =>
  fails !== undefined && chance(id, 'session', `${count}`) < fails.share
    ? { code: fails.code, repairMs }
    : undefined

const tell = (
  { log, sense }: Deps,
  { service, ticket, track, camera }: KioskUse,
  now: { state: EventData<'kiosk.session'>['state']; reason?: string },
) => {
  const who = { ...(service !== undefined && { service }), ...(ticket !== undefined && { ticket }) }
  log.write({ kind: 'session', state: now.state, ...who })
  sense('kiosk.session', {
    ...now,
    ...who,
    ...(track !== undefined && { track }),
    ...(camera !== undefined && { camera }),
  })
}
