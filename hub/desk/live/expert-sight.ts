/**
 * What the page of an expert is told of a branch: calls, experts, and the names of what a call speaks of. Whoever works from
 * afar has no business with visitors, tickets, tasks and alerts, and where people walk.
 */
import type { LiveDelta, LiveSnapshot } from '#protocol/desk/live/line.ts'
import {
  type LiveChanges,
  type LiveRow,
  type LiveRows,
  type LiveTableName,
  liveTableNames,
} from '#protocol/desk/live/tables.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { admits } from '#protocol/desk/route.ts'
import { lobbyRoles } from '#protocol/desk/shell-routes.ts'

/** `lobby`: everything. */
export type Sight = 'lobby' | 'expert'

/** Who also has a place in the lobby sees what one sees there. */
export const sightOf = (roles: readonly DeskRole[]): Sight => (admits(lobbyRoles, roles) ? 'lobby' : 'expert')

const tables: ReadonlySet<LiveTableName> = new Set<LiveTableName>([
  'branch',
  'zones',
  'services',
  'devices',
  'people',
  'experts',
  'calls',
  'sales',
])

const isShown = (table: LiveTableName, row: LiveRow<LiveTableName>) => {
  if (table === 'devices') return (row as LiveRow<'devices'>).kind === 'kiosk'
  // What is sold at the branch alone is the branch's.
  if (table === 'sales') return (row as LiveRow<'sales'>).call !== null
  return tables.has(table)
}

const rowsFor = (rows: LiveRows): LiveRows =>
  Object.fromEntries(
    liveTableNames.map((table) => [table, rows[table].filter((row) => isShown(table, row))]),
  ) as unknown as LiveRows

const changesFor = (changes: LiveChanges): LiveChanges =>
  Object.fromEntries(
    liveTableNames.flatMap((table) => {
      const changed = changes[table]
      if (changed === undefined || !tables.has(table)) return []
      const put = changed.put.filter((row) => isShown(table, row))
      return put.length + changed.drop.length === 0 ? [] : [[table, { put, drop: changed.drop }]]
    }),
  )

export const snapshotFor = (sight: Sight, snapshot: LiveSnapshot): LiveSnapshot =>
  sight === 'lobby' ? snapshot : { ...snapshot, rows: rowsFor(snapshot.rows) }

/** Also one in which nothing is left: the numbers have no gaps. */
export const deltaFor = (sight: Sight, delta: LiveDelta): LiveDelta =>
  sight === 'lobby' ? delta : { ...delta, changes: changesFor(delta.changes) }
