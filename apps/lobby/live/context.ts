/** What every hook of the lobby reads from: made once when the page starts. */
import { createContext, useContext } from 'react'
import type { Me } from '#protocol/desk/account.ts'
import type { LivePositions } from '#protocol/desk/live/line.ts'
import type { ConnectionStore, HubClock } from './connection.ts'
import type { Outbox } from './outbox.ts'
import type { SessionWatch } from './session-watch.ts'
import type { Tables } from './tables.ts'
import type { Trends } from './trends.ts'

export interface PositionStore {
  get(): LivePositions | undefined
  subscribe(listener: (positions: LivePositions) => void): () => void
}

export interface Live {
  readonly me: Me
  readonly tables: Tables
  readonly outbox: Outbox
  readonly connection: ConnectionStore
  readonly clock: HubClock
  readonly positions: PositionStore
  readonly session: SessionWatch
  readonly trends: Trends
}

export const LiveContext = createContext<Live | undefined>(undefined)

export const useLive = (): Live => {
  const live = useContext(LiveContext)
  if (live === undefined) throw new Error('Outside of a page of the lobby.')
  return live
}
