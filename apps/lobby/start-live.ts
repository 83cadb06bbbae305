/** Makes what the hooks read from, and starts the line. */
import type { Me } from '#protocol/desk/account.ts'
import type { LivePositions } from '#protocol/desk/live/line.ts'
import { askHub } from './live/ask-hub.ts'
import { holdBoot, newBoot, orphans } from './live/boots.ts'
import { createConnectionStore, createHubClock } from './live/connection.ts'
import type { Live, PositionStore } from './live/context.ts'
import { createKeptCalls } from './live/kept-calls.ts'
import { type LineParts, startLiveLine } from './live/live-line.ts'
import { createOutbox } from './live/outbox.ts'
import { watchSession } from './live/session-watch.ts'
import { createSocketWire } from './live/socket-wire.ts'
import { createTables } from './live/tables.ts'
import { createTrends } from './live/trends.ts'

const createPositions = (): PositionStore & { set(positions: LivePositions): void } => {
  const listeners = new Set<(positions: LivePositions) => void>()
  let latest: LivePositions | undefined
  return {
    get: () => latest,
    set: (positions) => {
      latest = positions
      for (const listener of listeners) listener(positions)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export interface StartParts {
  readonly me: Me
  readonly onOver: LineParts['onOver']
}

export const startLive = ({ me, onOver }: StartParts): Live => {
  const clock = createHubClock(() => Date.now())
  const tables = createTables()
  const trends = createTrends(tables, clock)
  const connection = createConnectionStore()
  const positions = createPositions()
  const wire = createSocketWire()
  const kept = createKeptCalls(localStorage)
  const boot = newBoot()
  const outbox = createOutbox({
    kept,
    boot,
    who: me.name,
    now: () => clock.now(),
    deliver: (call) => wire.command(call),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
  holdBoot(boot)
  const after = (ms: number, call: () => void) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  }
  const session = watchSession({ me, now: () => clock.now(), ask: () => askHub('me', {}), after })
  for (const touch of ['pointerdown', 'keydown'] as const)
    addEventListener(touch, () => session.touched(), { capture: true, passive: true })
  const line: LineParts = {
    wire,
    tables,
    outbox,
    connection,
    clock,
    onPositions: (now) => positions.set(now),
    onOver,
    after,
  }
  // What was ordered before goes out before whatever is ordered now.
  void orphans(kept.boots())
    .then((left) => outbox.adopt(left))
    .finally(() => startLiveLine(line))
  return { me, tables, outbox, connection, clock, positions, session, trends }
}
