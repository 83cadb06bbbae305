/**
 * The transcript so far, in the order in which it was spoken, whatever the order in which it was told. A speech engine guesses
 * before it knows: only what is final counts, and the same line told again is the same line.
 */
import type { Speaker } from '#protocol/recording/script.ts'
import { normalise } from './normal.ts'

export interface SaidLine {
  /** The engine's own name of it. */
  readonly line: string
  readonly speaker: Speaker
  /** Hub time of the last word. */
  readonly at: number
  readonly text: string
}

export interface Line {
  readonly line: string
  readonly speaker: Speaker
  readonly at: number
  /** Normalised. */
  readonly text: string
}

/** What is told twice is known by its name, and as the same moment. */
export const sameMs = 2_000

/** Lines that are others now, by their place. */
export interface Change {
  readonly first: number
  readonly last: number
  readonly isNew: boolean
}

const isBefore = (one: Line, other: Line) =>
  one.at < other.at || (one.at === other.at && one.line < other.line)

export class Transcript {
  readonly #lines: Line[] = []
  readonly #known = new Map<string, Line>()

  get lines(): readonly Line[] {
    return this.#lines
  }

  /** @returns undefined: nothing changed. */
  put({ line, speaker, at: saidAt, text }: SaidLine): Change | undefined {
    const before = this.#known.get(line)
    // Told again, it took a little longer to get here.
    const at = before !== undefined && Math.abs(before.at - saidAt) < sameMs ? before.at : saidAt
    const next: Line = { line, speaker, at, text: normalise(text) }
    if (before?.text === next.text && before.at === at && before.speaker === speaker) return undefined
    const from = before === undefined ? undefined : this.#take(before)
    this.#known.set(line, next)
    const place = this.#place(next)
    this.#lines.splice(place, 0, next)
    return {
      first: Math.min(place, from ?? place),
      last: Math.max(place, from ?? place),
      isNew: from === undefined,
    }
  }

  /** An engine that thinks better of a line that it called final. */
  #take(line: Line): number {
    const place = this.#place(line)
    this.#lines.splice(place, 1)
    return place
  }

  /** Nearly always at the end. */
  #place(line: Line): number {
    let place = this.#lines.length
    const isLater = () => {
      const before = this.#lines[place - 1]
      return before !== undefined && !isBefore(before, line)
    }
    while (isLater()) place -= 1
    return place
  }
}
