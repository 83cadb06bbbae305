/**
 * What each line of a transcript brings: an item that is complete with it, a no, a forbidden wording. A line is looked at
 * with what the same speaker said in the minute before it, and with the words after it as far as a phrase can reach: so each
 * costs the same, however long people talk.
 */
import type { Speaker } from '#protocol/recording/script.ts'
import type { Line } from './lines.ts'
import { type Reading, readConsent, readWording } from './negation.ts'
import { type Phrases, type Sought, type SoughtItem, type Span, saidIn, spansOf } from './wordings.ts'

export interface Mark {
  readonly what: 'item' | 'no' | 'forbidden'
  /** The item, or the forbidden wording. */
  readonly about: string
  readonly at: number
  readonly speaker: Speaker
}

/** So long one turn is; what is further apart does not belong together. */
export const turnMs = 60_000
/** However fast an engine cuts. */
export const turnLinesMax = 40

/** 嗯、好、对, 是的: whoever listens says that they do, and the other goes on. */
const assentMax = 2

interface Around {
  /** Of the same turn, ending with the line. */
  readonly before: string
  readonly own: string
  readonly after: string
}

/** Lines of the same turn, in steps of one from a line on; short assent of others between them breaks nothing. */
const turnFrom = (lines: readonly Line[], index: number, step: 1 | -1): readonly Line[] => {
  const origin = lines[index]
  const found: Line[] = []
  if (origin === undefined) return found
  for (let count = 1; count <= turnLinesMax; count++) {
    const line = lines[index + step * count]
    if (line === undefined || Math.abs(line.at - origin.at) > turnMs) break
    if (line.speaker === origin.speaker) found.push(line)
    else if (line.text.length > assentMax) break
  }
  return found
}

const textOf = (lines: readonly Line[]) => lines.map(({ text }) => text).join('')

const aroundOf = (lines: readonly Line[], index: number, longest: number): Around => ({
  before: textOf(turnFrom(lines, index, -1).toReversed()),
  own: lines[index]?.text ?? '',
  after: textOf(turnFrom(lines, index, 1)).slice(0, longest),
})

/** A part that ends within the line: what was complete before is not new. */
const endsHere = ({ before, own }: Around) => {
  const end = before.length + own.length
  return ({ to }: { to: number }) => to > before.length && to <= end
}

const saidBy =
  ({ before, own }: Around) =>
  ({ to }: { to: number }) =>
    to <= before.length + own.length

type Read = (text: string, span: Span) => Reading

const asItIs: Read = () => 'said'

const isComplete = ({ wordings, unless }: Phrases, around: Around, read: Read): boolean => {
  const sofar = around.before + around.own
  const text = sofar + around.after
  // What comes later does not ask back: 愿意 was said, and 什么时候到账 is the next question.
  const isSaid = (span: Span) => saidBy(around)(span) && read(sofar, span) === 'said'
  return wordings.some((parts) => {
    const found = parts.map((part) => saidIn(text, part, unless).filter(isSaid))
    return found.every((spans) => spans.length > 0) && found.flat().some(endsHere(around))
  })
}

const readingOf = ({ isConsent }: SoughtItem): Read => (isConsent ? readConsent : readWording)

const isNo = ({ wordings, unless }: SoughtItem, around: Around): boolean => {
  const text = around.before + around.own
  const isHere = endsHere(around)
  const isNegated = (span: Span) => isHere(span) && readConsent(text, span) === 'no'
  return (
    unless.some((one) => spansOf(text, one).some(isHere)) ||
    wordings.flat().some((part) => spansOf(text, part).some(isNegated))
  )
}

/** What one line brings. In both: the last word of the two counts, and it is the no. */
export const marksOf = (lines: readonly Line[], index: number, sought: Sought): readonly Mark[] => {
  const line = lines[index]
  if (line === undefined || line.text === '') return []
  const { at, speaker } = line
  const around = aroundOf(lines, index, sought.longest)
  const mark = (what: Mark['what'], about: string): Mark => ({ what, about, at, speaker })
  const items = sought.items
    .filter((item) => item.speaker === speaker)
    .flatMap((item) => [
      ...(isComplete(item, around, readingOf(item)) ? [mark('item', item.id)] : []),
      ...(item.isConsent && isNo(item, around) ? [mark('no', item.id)] : []),
    ])
  // What the customer says about it forbids nothing.
  const words =
    speaker === 'seller' ? sought.forbidden.filter((word) => isComplete(word, around, asItIs)) : []
  return [...items, ...words.map(({ id }) => mark('forbidden', id))]
}
