/** Checks evidence by itself: every link follows from the one before it, every body and record fits its digest. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { createChainCheck, digestOf } from '#hub/store/chain.ts'
import { reasonsDigest } from '#hub/store/link-batch.ts'
import type { StoredEntry, Verdict } from '#hub/store/port.ts'
import { UsherError } from '#protocol/errors.ts'

const Head = z.looseObject({
  type: z.literal('usher-evidence'),
  version: z.literal(1),
  branch: z.string(),
  madeAt: z.number(),
  before: z.object({ seq: z.int(), hash: z.string().nullable() }),
})
const Link = z.object({
  branch: z.string(),
  epoch: z.int(),
  seq: z.int(),
  at: z.number(),
  kind: z.string(),
  device: z.string().nullable(),
  cause: z.string().nullable(),
  body: z.string().nullable(),
  digest: z.string(),
  reasons: z.string().nullable(),
  hash: z.string(),
})
const Line = z.discriminatedUnion('type', [
  Link.extend({ type: z.literal('link') }),
  /** `records` are null where some of them were erased. */
  Link.extend({ type: z.literal('entry'), records: z.array(z.string()).nullable() }),
])
type Line = z.infer<typeof Line>

export interface EvidenceVerdict extends Verdict {
  readonly branch: string
  readonly madeAt: number
  readonly from: number
  readonly to: number
  /** Entries shown in full, and decision records that are proved. */
  readonly shown: number
  readonly records: number
  readonly lastHash: string
}

const parseLine = <T extends z.ZodType>(schema: T, text: string, number: number): z.infer<T> => {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new UsherError('evidence.invalid', `Line ${number}.`, { cause })
  }
}

const recordsFault = (line: Line): string | null => {
  if (line.type === 'link' || line.records === null) return null
  const digests = line.records.length === 0 ? undefined : line.records.map(digestOf).join('')
  return reasonsDigest(digests) === line.reasons ? null : 'the decision records do not fit the entry'
}

/** @throws UsherError `config.unreadable`, `evidence.invalid` */
export const verifyEvidence = (file: string): EvidenceVerdict => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsherError('config.unreadable', file, { cause })
  }
  const [first = '', ...rest] = text.trimEnd().split('\n')
  const head = parseLine(Head, first, 1)
  const lines = rest.map((line, index) => parseLine(Line, line, index + 2))
  const opening = lines[0]
  if (opening === undefined) throw new UsherError('evidence.invalid', 'It holds no entries.')
  // Where the link before is no longer kept, the first one is what the others hang on.
  const unproved = head.before.hash === null
  const start = unproved
    ? { seq: opening.seq, hash: opening.hash }
    : { ...head.before, hash: head.before.hash ?? '' }
  const check = createChainCheck(start)
  for (const line of unproved ? lines.slice(1) : lines)
    check.next([line satisfies StoredEntry], () =>
      line.branch === head.branch ? recordsFault(line) : 'it is of another branch',
    )
  const shown = lines.filter((line) => line.type === 'entry')
  return {
    ...check.end(null),
    branch: head.branch,
    madeAt: head.madeAt,
    from: opening.seq,
    to: lines.at(-1)?.seq ?? opening.seq,
    shown: shown.length,
    records: shown.reduce((sum, { records }) => sum + (records?.length ?? 0), 0),
    lastHash: lines.at(-1)?.hash ?? '',
  }
}
