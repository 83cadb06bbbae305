/**
 * What the page of an expert is told of a branch: calls, experts, and the names of what a call speaks of. Whoever works from
 * afar has no business with visitors, tickets, tasks and alerts, and where people walk.
 */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
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

/** `lobby`: everything. `lead`: of each call also what is written down in it; an expert sees that of their own alone. */
export type Sight = 'lobby' | 'lead' | { readonly expert: string }

interface Somebody {
  readonly name: string
  readonly roles: readonly DeskRole[]
}

/** Who also has a place in the lobby sees what one sees there. */
export const sightOf = ({ name, roles }: Somebody): Sight => {
  if (admits(lobbyRoles, roles)) return 'lobby'
  return roles.includes('lead') ? 'lead' : { expert: name }
}

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

/** Who has it, is in it as a guest, or is rung for it. */
const concerned = ({ expert, ring, guest }: LiveCall): readonly (string | null)[] => [
  expert,
  ...(ring?.experts ?? []),
  ...(guest === null ? [] : [guest.expert, ...(guest.ring?.experts ?? [])]),
]

const withoutWords = (call: LiveCall): LiveCall => ({
  ...call,
  notes: '',
  guest: call.guest === null ? null : { ...call.guest, why: '', notes: '' },
  guests: call.guests.map((part) => ({ ...part, notes: '' })),
})

type Far = Exclude<Sight, 'lobby'>

const rowFor = (sight: Far, table: LiveTableName, row: LiveRow<LiveTableName>): LiveRow<LiveTableName> => {
  if (table !== 'calls' || sight === 'lead') return row
  const call = row as LiveCall
  return concerned(call).includes(sight.expert) ? call : withoutWords(call)
}

const shownOf = (sight: Far, table: LiveTableName, rows: readonly LiveRow<LiveTableName>[]) =>
  rows.filter((row) => isShown(table, row)).map((row) => rowFor(sight, table, row))

const rowsFor = (sight: Far, rows: LiveRows): LiveRows =>
  Object.fromEntries(
    liveTableNames.map((table) => [table, shownOf(sight, table, rows[table])]),
  ) as unknown as LiveRows

const changesFor = (sight: Far, changes: LiveChanges): LiveChanges =>
  Object.fromEntries(
    liveTableNames.flatMap((table) => {
      const changed = changes[table]
      if (changed === undefined || !tables.has(table)) return []
      const put = shownOf(sight, table, changed.put)
      return put.length + changed.drop.length === 0 ? [] : [[table, { put, drop: changed.drop }]]
    }),
  )

export const snapshotFor = (sight: Sight, snapshot: LiveSnapshot): LiveSnapshot =>
  sight === 'lobby' ? snapshot : { ...snapshot, rows: rowsFor(sight, snapshot.rows) }

/** Also one in which nothing is left: the numbers have no gaps. */
export const deltaFor = (sight: Sight, delta: LiveDelta): LiveDelta =>
  sight === 'lobby' ? delta : { ...delta, changes: changesFor(sight, delta.changes) }

/** Those experts to whom a delta tells more than to the others. */
export const concernedBy = ({ changes }: LiveDelta): ReadonlySet<string | null> =>
  new Set(changes.calls?.put.flatMap(concerned))
