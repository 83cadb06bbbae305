/** A script as it is looked for: normalised once, and each phrase only once however often it stands there. */
import type { Script, ScriptItem, Speaker } from '#protocol/recording/script.ts'
import { normalise } from './normal.ts'

export interface Phrases {
  /** One way of saying it each; all of its parts. */
  readonly wordings: readonly (readonly string[])[]
  readonly unless: readonly string[]
}

export interface SoughtItem extends Phrases {
  readonly id: string
  readonly speaker: Speaker
  readonly isConsent: boolean
  readonly asks: string | null
}

export interface SoughtWord extends Phrases {
  readonly id: string
}

export interface Sought {
  readonly items: readonly SoughtItem[]
  readonly forbidden: readonly SoughtWord[]
  readonly ordered: boolean
  /** So far back and ahead a phrase may reach beyond a line. */
  readonly longest: number
}

const normal = (texts: readonly string[]) => texts.map(normalise).filter((text) => text !== '')

const itemOf = (item: ScriptItem): SoughtItem => ({
  id: item.id,
  speaker: item.speaker,
  isConsent: item.kind === 'consent',
  asks: item.asks ?? null,
  wordings: item.wordings.map(normal).filter((parts) => parts.length > 0),
  unless: normal(item.unless),
})

export const soughtOf = ({ items, forbidden, ordered }: Script): Sought => {
  const sought = items.map(itemOf)
  const words = forbidden.map(({ id, words: said, unless }): SoughtWord => {
    const wordings = normal(said).map((word) => [word])
    return { id, wordings, unless: normal(unless) }
  })
  const all = [...sought, ...words].flatMap(({ wordings, unless }) => [...wordings.flat(), ...unless])
  return {
    items: sought,
    forbidden: words,
    ordered,
    longest: Math.max(0, ...all.map(({ length }) => length)),
  }
}

export interface Span {
  readonly from: number
  readonly to: number
}

export const spansOf = (text: string, phrase: string): readonly Span[] => {
  const spans: Span[] = []
  for (let from = text.indexOf(phrase); from !== -1; from = text.indexOf(phrase, from + 1))
    spans.push({ from, to: from + phrase.length })
  return spans
}

const touches = (one: Span, other: Span) => one.from < other.to && other.from < one.to

/** Where its contrary begins or ends within it, a phrase was not said: 不同意 holds 同意. */
export const saidIn = (text: string, phrase: string, unless: readonly string[]): readonly Span[] => {
  const spans = spansOf(text, phrase)
  if (spans.length === 0 || unless.length === 0) return spans
  const contraries = unless.flatMap((one) => spansOf(text, one))
  return spans.filter((span) => !contraries.some((other) => touches(span, other)))
}
