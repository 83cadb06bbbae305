/** The seal of a recording: what is on disk, what is missing, what was said and ticked, signed as one text. */
import { Manifest, type RecordingRecord } from '#protocol/recording/manifest.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import type { Span } from './coverage.ts'
import { missingIn } from './missing.ts'
import { readBack } from './read-back.ts'
import { sha256Of, type Vault } from './vault/vault.ts'

export interface SealParts {
  readonly vault: Vault
  readonly branch: string
  readonly at: number
  readonly journal: { readonly epoch: number; readonly seq: number }
  readonly sale: SaleRow | null
  /** Once its manifest is on disk, with the hash of it. */
  readonly note: (manifest: string) => Promise<void>
}

export interface Sealed {
  readonly manifest: Manifest
  readonly sha256: string
  /** Files that could not be read: they are named in the manifest by nothing but their absence. */
  readonly broken: readonly string[]
}

const dayMs = 86_400_000

/** The later of the two: from the sale, and from the end of the product's term. */
export const keepUntil = ({
  sealedAt,
  keepDays,
  termEnds,
  afterTermDays,
}: {
  readonly sealedAt: number
  readonly keepDays: number
  readonly termEnds: string | null
  readonly afterTermDays: number
}): number =>
  Math.max(
    sealedAt + keepDays * dayMs,
    // The whole last day belongs to the term, in any time zone.
    termEnds === null ? 0 : Date.parse(`${termEnds}T00:00:00Z`) + (afterTermDays + 2) * dayMs,
  )

export const closedSpans = (record: RecordingRecord, at: number): readonly Span[] =>
  record.spans.map(({ from, to }) => ({ from, to: to ?? at }))

/** Nothing is written into it any more. Done twice it does the same again. */
export const sealRecording = async (parts: SealParts, record: RecordingRecord): Promise<Sealed> => {
  const { vault, branch, at, journal, sale, note } = parts
  const { id, call, script, participants } = record
  const found = await readBack(vault, id, await vault.keyOf(id))
  const spans = closedSpans(record, at)
  const manifest: Manifest = {
    format: 'usher recording 1',
    recording: id,
    branch,
    sealedAt: at,
    journal,
    call,
    spans: [...spans],
    participants,
    script,
    sale: JSON.parse(JSON.stringify(sale)) as Manifest['sale'],
    files: [...found.files],
    parts: [...found.parts],
    gaps: [...missingIn({ spans, participants }, found.parts)],
    key: sha256Of(await vault.wrappedKey(id)),
  }
  const text = JSON.stringify(Manifest.parse(manifest))
  const sha256 = sha256Of(text)
  await vault.putManifest(id, { manifest: text, signature: vault.keys.sign(text) })
  await note(sha256)
  await vault.put({
    ...record,
    spans: [...spans],
    state: 'sealed',
    sealedAt: at,
    keepUntil: keepUntil({ ...record, sealedAt: at }),
    manifest: sha256,
    gaps: manifest.gaps.length,
    outcome: sale?.outcome ?? null,
  })
  return { manifest, sha256, broken: found.broken }
}
