/**
 * Finds what was by words, time and place. What is named exactly is found by the index; for anything else the journal is
 * read backwards, stretch by stretch, so that the hub is free between them, and only so far at a time.
 */
import type { Found, SearchAnswer, SearchAsked } from '#protocol/desk/look/search.ts'
import { seqAt } from '../ops/recorded-day.ts'
import type { StoredDecision, StoredEntry } from '../store/port.ts'
import { fromEntry, fromRecord, type Namer } from './found.ts'
import type { LookParts } from './parts.ts'
import { readStretch, stretchMax } from './stretches.ts'
import { createTitles } from './titles.ts'

/** Of a page: less than half a second of reading, never more than 15 ms at a stretch. */
const stretchesMax = 120

type Source = Pick<LookParts, 'branch' | 'engine' | 'store'>

const byAge = (a: Found, b: Found) => b.seq - a.seq

/** Of each thing the newest. */
const once = (found: readonly Found[]): readonly Found[] => {
  const newest = new Map<string, Found>()
  for (const one of found) {
    const key = `${one.kind}/${one.id}`
    const known = newest.get(key)
    if (known === undefined || known.seq < one.seq) newest.set(key, one)
  }
  return [...newest.values()].sort(byAge)
}

type Fits = (found: Found, told: string) => boolean

const fitting = ({ q, zone, kind }: SearchAsked): Fits => {
  const wanted = q.trim().toLowerCase()
  return (found, told) =>
    (kind === undefined || found.kind === kind) &&
    (zone === undefined || found.zone?.id === zone) &&
    (wanted === '' || told.includes(wanted))
}

const foundIn = (
  entries: readonly StoredEntry[],
  decisions: readonly StoredDecision[],
  { namer, fits }: { namer: Namer; fits: Fits },
): readonly Found[] => {
  const all = [
    ...entries.map((entry) => fromEntry(entry, namer)),
    ...decisions.map((decision) => fromRecord(decision, namer)),
  ]
  return all.flatMap((one) => (one !== undefined && fits(one.found, one.told) ? [one.found] : []))
}

/** By task, visit, ticket or device of exactly this name. */
const namedExactly = async (
  { branch, store }: Source,
  asked: SearchAsked,
  namer: Namer,
): Promise<readonly Found[]> => {
  const name = asked.q.trim()
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(name)) return []
  const { from, to, limit } = asked
  const span = { ...(from !== undefined && { from }), ...(to !== undefined && { to }), limit: limit * 4 }
  const queries = [{ task: name }, { visit: name }, { ticket: name }, { device: name }]
  const found = await Promise.all(queries.map((query) => store.decisions(branch, { ...query, ...span })))
  return foundIn([], found.flat(), { namer, fits: fitting({ ...asked, q: '' }) })
}

const boundsOf = async (source: Source, { from, to, before }: SearchAsked) => {
  const place = { ...source, headSeq: source.engine.position().seq }
  const last = to === undefined ? place.headSeq : (await seqAt(place, to + 1)) - 1
  const first = from === undefined ? 1 : await seqAt(place, from)
  return { first, last: before === undefined ? last : Math.min(last, before - 1) }
}

export const search = async (
  source: Source,
  asked: SearchAsked,
  tongue: 'zh' | 'en',
): Promise<SearchAnswer> => {
  const namer = await source.engine.read((state) => ({
    titles: createTitles(state, tongue),
    other: createTitles(state, tongue === 'zh' ? 'en' : 'zh'),
    flows: source.engine.flows,
  }))
  if (asked.before === undefined) {
    const exact = once(await namedExactly(source, asked, namer))
    if (exact.length > 0) return { found: exact.slice(0, asked.limit), before: null, reachedAt: null }
  }
  const { first, last } = await boundsOf(source, asked)
  const fits = fitting(asked)
  let found: readonly Found[] = []
  let reachedAt: number | null = null
  let next = last
  for (let count = 0; count < stretchesMax && next >= first && found.length < asked.limit; count++) {
    const from = Math.max(first, next - stretchMax + 1)
    const { entries, decisions } = await readStretch(source, { first: from, last: next })
    found = once([...found, ...foundIn(entries, decisions, { namer, fits })])
    reachedAt = entries[0]?.at ?? reachedAt
    // Older ones are not kept any more.
    next = entries.length === 0 ? 0 : from - 1
  }
  const cut = found[asked.limit - 1]
  if (cut === undefined || found.length === asked.limit)
    return { found: [...found], before: next < first ? null : next + 1, reachedAt }
  // What one entry brought is not torn apart: the next page goes on before it.
  return { found: found.filter(({ seq }) => seq >= cut.seq), before: cut.seq, reachedAt }
}
