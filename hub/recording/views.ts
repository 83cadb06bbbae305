/** A recording as people are told of it. */
import type { RecordingChapter, RecordingRowTold, RecordingView } from '#protocol/desk/recording-routes.ts'
import type { Manifest, RecordingRecord } from '#protocol/recording/manifest.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import type { Script } from '#protocol/recording/script.ts'
import type { Vault } from './vault/vault.ts'
import { manifestOf } from './verify.ts'

const lengthOf = ({ spans }: RecordingRecord) =>
  spans.reduce((sum, { from, to }) => sum + (to === null ? 0 : to - from), 0)

export const rowOf = (record: RecordingRecord): RecordingRowTold => {
  const { id, state, beganAt, product, script, seller, call, outcome, gaps, keepUntil, holds, access } =
    record
  return {
    id,
    state,
    beganAt,
    product,
    script,
    seller,
    call,
    outcome,
    gaps,
    durationMs: lengthOf(record),
    keepUntil,
    holds,
    access,
    erasedAt: record.erased?.at ?? null,
  }
}

export interface Filter {
  readonly seller?: string | undefined
  readonly product?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly only?: 'gaps' | 'held' | undefined
}

const fits = (row: RecordingRowTold, { seller, product, from, to, only }: Filter) =>
  (seller === undefined || row.seller === seller) &&
  (product === undefined || row.product === product) &&
  (from === undefined || row.beganAt >= from) &&
  (to === undefined || row.beganAt <= to) &&
  (only !== 'gaps' || row.gaps > 0) &&
  (only !== 'held' || row.holds.length > 0)

/** The newest first. One whose record cannot be read is left to `verify`. */
export const listRecordings = async (vault: Vault, filter: Filter): Promise<readonly RecordingRowTold[]> => {
  const all = await Promise.all(
    (await vault.list()).map((id) =>
      vault.record(id).then(
        (record) => [rowOf(record)],
        () => [],
      ),
    ),
  )
  return all
    .flat()
    .filter((row) => fits(row, filter))
    .toSorted((a, b) => b.beganAt - a.beganAt)
}

/** What a script calls its items: of the sale, as it was; empty where it is known no more. */
export type ScriptOf = (recording: string) => Script | undefined

const titleOf = (script: Script | undefined, item: string) =>
  ({ ...(script?.items ?? []).find(({ id }) => id === item)?.title }) as Record<string, string>

const chaptersOf = (sale: SaleRow | null, manifest: Manifest, script: Script | undefined) => {
  const items = (sale?.items ?? []).flatMap(({ id, at, by }): RecordingChapter[] =>
    at === null ? [] : [{ at, kind: 'item', code: id, title: titleOf(script, id), by, settled: null }],
  )
  const forbidden = new Map((script?.forbidden ?? []).map(({ id, title }) => [id, title]))
  const findings = (sale?.findings ?? [])
    .filter(({ code }) => code !== 'gap')
    .map(
      ({ at, code, about, settled }): RecordingChapter => ({
        at,
        kind: 'finding',
        code,
        title: { ...titleOf(script, about), ...forbidden.get(about) },
        by: about,
        settled: settled === null ? null : settled.note,
      }),
    )
  const gaps = manifest.gaps.map(
    ({ from, recorder, participant }): RecordingChapter => ({
      at: from,
      kind: 'gap',
      code: recorder === 'hub' ? 'hub' : 'page',
      title: {},
      by: participant,
      settled: null,
    }),
  )
  const sold: RecordingChapter[] =
    sale?.sold == null
      ? []
      : [{ at: sale.sold.at, kind: 'sold', code: 'sold', title: {}, by: sale.sold.by, settled: null }]
  return [...items, ...findings, ...gaps, ...sold].toSorted((a, b) => a.at - b.at)
}

export const viewOf = async (vault: Vault, id: string, scriptOf: ScriptOf): Promise<RecordingView> => {
  const record = await vault.record(id)
  const { sealedAt, manifest: sha256 } = record
  const row = rowOf(record)
  if (record.state === 'open')
    return { row, sealedAt, manifest: sha256, spans: [], parts: [], gaps: [], chapters: [], missing: null }
  const manifest = await manifestOf(vault, id)
  const sale = manifest.sale as unknown as SaleRow | null
  const script = scriptOf(id)
  return {
    row,
    sealedAt,
    manifest: sha256,
    spans: manifest.spans,
    parts:
      record.state === 'erased'
        ? []
        : manifest.parts.map(({ part, recorder, participant, type, startedAt, durationMs }) => ({
            part,
            recorder,
            participant,
            type,
            startedAt,
            durationMs,
          })),
    gaps: manifest.gaps,
    chapters: chaptersOf(sale, manifest, script),
    missing:
      sale?.items
        .filter(({ state }) => state === 'open')
        .map((item) => ({ code: item.id, title: titleOf(script, item.id) })) ?? null,
  }
}
