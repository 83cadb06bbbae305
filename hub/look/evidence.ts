/**
 * Proof of an explanation: the links of the chain from the first to the last entry concerned, bodies and records of
 * those concerned only. Whoever has the lines can check that nothing in them was edited, left out between, or moved.
 */
import { canonicalJson } from '../engine/canonical.ts'
import { digestOf, firstHash } from '../store/chain.ts'
import { reasonsDigest } from '../store/link-batch.ts'
import type { StoredEntry } from '../store/port.ts'
import { answerTo, gather, type Question } from './explain.ts'
import type { LookParts } from './parts.ts'

const pageMax = 1_000

type Source = Pick<LookParts, 'branch' | 'engine' | 'store' | 'nowMs'>

/** null when some of them are erased: what is left could not be proved. */
const recordsOf = async ({ branch, store }: Source, entry: StoredEntry) => {
  const found = await store.decisions(branch, { from: entry.at, to: entry.at })
  const records = found.filter(({ seq }) => seq === entry.seq).map(({ record }) => canonicalJson(record))
  const digest = reasonsDigest(records.length === 0 ? undefined : records.map(digestOf).join(''))
  return digest === entry.reasons ? records : null
}

/** @throws UsherError `explain.nothing` before the first line. */
export async function* evidence(source: Source, question: Question): AsyncGenerator {
  const { branch, store, engine } = source
  const material = await gather(source, question)
  const concerned = new Set(material.entries.map(({ seq }) => seq))
  const [from, to] = [Math.min(...concerned), Math.max(...concerned)]
  const [before] = from > 1 ? await store.entries(branch, { from: from - 1, to: from - 1, limit: 1 }) : []
  yield {
    type: 'usher-evidence',
    version: 1,
    branch,
    epoch: engine.epoch,
    madeAt: source.nowMs(),
    question,
    before: { seq: from - 1, hash: from === 1 ? firstHash : (before?.hash ?? null) },
    explanation: answerTo(question, material),
  }
  for (let next = from; next <= to; ) {
    const page = await store.entries(branch, { from: next, to, limit: pageMax })
    for (const entry of page) {
      if (!concerned.has(entry.seq)) {
        yield { type: 'link', ...entry, body: null }
        continue
      }
      yield { type: 'entry', ...entry, records: await recordsOf(source, entry) }
    }
    const last = page.at(-1)
    if (last === undefined) return
    next = last.seq + 1
  }
}
