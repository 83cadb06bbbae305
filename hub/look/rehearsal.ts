/**
 * A recorded day through a changed setting, to see what a flow would have done. It is lived elsewhere, in a thread of its
 * own: the hub writes the day down for it and waits, so that nothing that customers meet becomes slower.
 */
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UsherError } from '#protocol/errors.ts'
import type { Autonomy } from '#protocol/model.ts'
import type { DayLine } from '../ops/day-lines.ts'

export interface Wish {
  readonly autonomy?: Autonomy
  readonly policy: Readonly<Record<string, unknown>>
}

export interface Rehearsal {
  /** The recorded day, as `usher journal export` writes it. */
  readonly file: string
  readonly flow: string
  readonly wish: Wish
}

export interface Rehearsed {
  readonly changed: readonly { readonly setting: string; readonly was: unknown; readonly becomes: unknown }[]
  /** By capability, `alert` and `escalate`: recorded, and decided again without the change and with it. */
  readonly counts: readonly {
    readonly what: string
    readonly recorded: number
    readonly before: number
    readonly after: number
  }[]
  /** Entries of the day. */
  readonly entries: number
  /** Of those decided again without a change, how many were decided otherwise than recorded. */
  readonly differing: number
}

export type Rehearse = (rehearsal: Rehearsal, signal: AbortSignal) => Promise<Rehearsed>

/** Longer is not waited for. */
export const rehearseWithinMs = 60_000

async function* textOf(lines: AsyncIterable<DayLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`
}

/** One at a time; what is written down for it is gone afterwards, and before the next if this one could not tidy up. */
export const rehearseDay = async (
  day: {
    readonly directory: string
    readonly lines: AsyncIterable<DayLine>
    readonly rehearse: Rehearse
  },
  wanted: Omit<Rehearsal, 'file'>,
): Promise<Rehearsed> => {
  const folder = join(day.directory, 'rehearsal')
  const signal = AbortSignal.timeout(rehearseWithinMs)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  const file = join(folder, 'day.jsonl')
  try {
    await pipeline(Readable.from(textOf(day.lines)), createWriteStream(file, { mode: 0o600 }), { signal })
    return await day.rehearse({ file, ...wanted }, signal)
  } catch (error) {
    if (signal.aborted) throw new UsherError('what-if.too-long', undefined, { cause: error })
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
