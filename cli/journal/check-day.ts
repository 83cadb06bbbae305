/** What must hold of a recorded day before anything is made of it. Each fault has its own code and says what to do. */
import { recordedCode } from '#hub/deploy/recorded-library.ts'
import type { DeployedFlows } from '#hub/engine/deployed.ts'
import type { DayHead } from '#hub/ops/day-lines.ts'
import { createChainCheck, digestOf } from '#hub/store/chain.ts'
import { digestState } from '#hub/store/checkpoint.ts'
import { reasonsDigest } from '#hub/store/link-batch.ts'
import type { StoredEntry } from '#hub/store/port.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Here, RecordedEntry, StateTables } from './read-day.ts'

export interface RawDay {
  readonly where: string
  readonly head: DayHead
  readonly rows: readonly { readonly table: string; readonly key: string; readonly row: unknown }[]
  readonly lines: readonly (StoredEntry & { readonly records: readonly string[] | null })[]
  readonly end: { readonly entries: number; readonly hash: string } | undefined
}

const numbers = (version: string): readonly number[] | undefined => {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version)
  return match?.slice(1).map(Number)
}

/** Versions that are no numbers (of simulations) are not compared. */
const isNewer = (version: string, than: string): boolean => {
  const [a, b] = [numbers(version), numbers(than)]
  if (a === undefined || b === undefined) return false
  const index = a.findIndex((number, place) => number !== b[place])
  return index >= 0 && (a[index] ?? 0) > (b[index] ?? 0)
}

/** What is checked besides the lines themselves. */
interface Parts {
  readonly entries: readonly RecordedEntry[]
  /** The state at its beginning. */
  readonly state: StateTables
  readonly here: Here
}

/**
 * Deployed versions that a newer number does not keep from being read: the day itself holds their source, or nothing ran
 * on them any more. One that is only named, as a way back to what some other hub was shipped with, is not there to be run.
 */
const ownVersions = ({ entries, state }: Parts): ReadonlySet<string> => {
  const bodies = entries.map(({ body }) => body)
  const held = new Set(recordedCode({ state, bodies }).map(({ digest }) => digest))
  const row = state.get('meta')?.find(([key]) => key === 'flows')?.[1] as { flows: DeployedFlows } | undefined
  const before = Object.entries(row?.flows ?? {}).flatMap(([flow, { active, finishing, known }]) => {
    const running = new Set([active, ...finishing].map(({ version }) => version))
    return known.map(({ version, digest }) => ({ flow, version, digest, runs: running.has(version) }))
  })
  const within = bodies.flatMap((body) => (body?.kind === 'deploy' ? [{ ...body, runs: true }] : []))
  return new Set(
    [...before, ...within].flatMap(({ flow, version, digest, runs }) =>
      digest !== null && (!runs || held.has(digest)) ? [`${flow}/${version}`] : [],
    ),
  )
}

const checkVersions = ({ head, where }: RawDay, parts: Parts) => {
  const { entries, here } = parts
  const own = ownVersions(parts)
  const starts = entries.flatMap(({ body }) => (body?.kind === 'start' ? [body.versions] : []))
  for (const versions of head.versions === null ? starts : [head.versions, ...starts]) {
    if (isNewer(versions.hub, here.hub))
      throw new UsherError(
        'journal.newer-version',
        `${where} is of Usher ${versions.hub}; this is ${here.hub}.`,
      )
    for (const { id, version } of here.flows) {
      const recorded = versions.flows[id]
      if (recorded !== undefined && recorded > version && !own.has(`${id}/${recorded}`))
        throw new UsherError(
          'journal.newer-version',
          `${where} has flow ${id} in version ${recorded}; here it is ${version}.`,
        )
    }
  }
}

const recordsFault = (records: readonly string[] | null, reasons: string | null): string | null => {
  if (records === null) return null
  const digests = records.length === 0 ? undefined : records.map(digestOf).join('')
  return reasonsDigest(digests) === reasons ? null : 'the decision records do not fit the entry'
}

const checkChain = ({ head, lines, end, where }: RawDay) => {
  const check = createChainCheck(head.before)
  for (const line of lines)
    check.next([line], () =>
      line.branch === head.branch ? recordsFault(line.records, line.reasons) : 'it is of another branch',
    )
  const { broken } = check.end(null)
  if (broken !== null) throw new UsherError('journal.broken', `${where}, entry ${broken.seq}: ${broken.how}.`)
  const last = lines.at(-1)
  if (end === undefined || end.entries !== lines.length || end.hash !== (last?.hash ?? head.before.hash))
    throw new UsherError('journal.cut-off', `${where} ends with entry ${last?.seq ?? head.before.seq}.`)
}

/** A checkpoint is journalled right after it was made; a later one is of another state. */
const journalledMs = 60_000

/** The chain holds the checkpoint's digest, so that the state cannot be changed beside it. */
const checkState = ({ head, rows, where }: RawDay, entries: readonly RecordedEntry[]) => {
  const { checkpoint, before } = head
  if (checkpoint === null) {
    if (before.seq === 0 && rows.length === 0) return
    throw new UsherError('journal.no-checkpoint', `${where} begins with entry ${before.seq + 1}.`)
  }
  if (rows.length !== checkpoint.rows || checkpoint.seq !== before.seq)
    throw new UsherError(
      'journal.no-checkpoint',
      `${where} holds ${rows.length} of ${checkpoint.rows} rows of it.`,
    )
  const digest = digestState(rows.map(({ table, key, row }) => [table, key, row] as const))
  const journalled = entries.find(
    ({ at, body }) => body?.kind === 'checkpoint' && at - checkpoint.at <= journalledMs,
  )?.body
  const covered = journalled?.kind === 'checkpoint' ? journalled.digest : digest
  if (digest !== checkpoint.digest || covered !== digest)
    throw new UsherError('journal.broken', `${where}: the state at its beginning does not fit its digest.`)
}

/** @throws UsherError with the first thing that does not hold. */
export const checkDay = (raw: RawDay, parts: Parts): void => {
  checkVersions(raw, parts)
  checkChain(raw)
  if (raw.lines.length > 0 && raw.lines.every(({ body }) => body === null))
    throw new UsherError('journal.erased', `${raw.where}: all ${raw.lines.length}.`)
  checkState(raw, parts.entries)
}
