/**
 * What a schema cannot see in the scripts of a branch file: a wording that can never be heard, an answer without its question,
 * a sentence that has to be said and may not be. Said when the file is read: a sale is the wrong moment to find out.
 */
import { detail } from '#protocol/desk/details.ts'
import type { Forbidden, RecordingPlan, Script, ScriptItem } from '#protocol/recording/script.ts'
import { type Fault, type Path, twice } from '../branch/faults.ts'
import { normalise } from './inspect/normal.ts'
import { saidIn } from './inspect/wordings.ts'

interface Text {
  readonly text: string
  readonly path: Path
}

const textsOf = (texts: readonly string[], path: Path): readonly Text[] =>
  texts.map((text, index) => ({ text, path: [...path, index] }))

/** 嗯 or … alone: nothing is left of it to be compared. */
const silent = (texts: readonly Text[]): readonly Fault[] =>
  texts
    .filter(({ text }) => normalise(text) === '')
    .map(({ text, path }) => ({
      path,
      says: `nothing is left of "${text}" without hesitation and punctuation; it would never be heard`,
      detail: detail('script-silent', { name: text }),
    }))

const normal = (texts: readonly string[]) => texts.map(normalise).filter((text) => text !== '')

/** It holds its own contrary. */
const contrary = (texts: readonly Text[], unless: readonly string[]): readonly Fault[] =>
  texts.flatMap(({ text, path }) => {
    const own = normalise(text)
    if (own === '' || saidIn(own, own, normal(unless)).length > 0) return []
    const says = `"${text}" holds one of its own contraries under unless; it would never be heard`
    return [{ path, says, detail: detail('script-contrary', { name: text }) }]
  })

const forbids = ({ words, unless }: Forbidden, text: string): boolean =>
  normal(words).some((word) => saidIn(text, word, normal(unless)).length > 0)

/** Whoever says what they have to would be found saying what they may not. */
const forbiddenIn = (texts: readonly Text[], forbidden: readonly Forbidden[]): readonly Fault[] =>
  texts.flatMap(({ text, path }) => {
    const word = forbidden.find((one) => forbids(one, normalise(text)))
    if (word === undefined) return []
    const says = `"${text}" has to be said, and "${word.id}" forbids it; add what makes it right under its unless`
    return [{ path, says, detail: detail('script-forbidden', { name: text, forbidden: word.id }) }]
  })

const asksFaults = (item: ScriptItem, before: readonly ScriptItem[], path: Path): readonly Fault[] => {
  const { kind, asks, speaker } = item
  if (kind === 'wording')
    return asks === undefined
      ? []
      : [
          {
            path: [...path, 'asks'],
            says: 'only an item of the kind consent answers a question',
            detail: detail('script-no-consent', {}),
          },
        ]
  if (speaker !== 'customer')
    return [
      {
        path: [...path, 'speaker'],
        says: 'only the customer consents',
        detail: detail('script-seller-consents', {}),
      },
    ]
  if (before.some(({ id, speaker: asker }) => id === asks && asker === 'seller')) return []
  return [
    {
      path: asks === undefined ? path : [...path, 'asks'],
      says: `a consent answers an item of the seller before it; ${asks === undefined ? 'asks is missing' : `"${asks}" is none`}`,
      detail: detail('script-no-question', { name: asks ?? '' }),
    },
  ]
}

const itemFaults = (script: Script, index: number, path: Path): readonly Fault[] => {
  const item = script.items[index]
  if (item === undefined) return []
  const wordings = item.wordings.flatMap((parts, nth) => textsOf(parts, [...path, 'wordings', nth]))
  return [
    ...asksFaults(item, script.items.slice(0, index), path),
    ...silent([...wordings, ...textsOf(item.unless, [...path, 'unless'])]),
    ...contrary(wordings, item.unless),
    ...(item.speaker === 'seller' ? forbiddenIn(wordings, script.forbidden) : []),
  ]
}

const wordFaults = ({ words, unless }: Forbidden, path: Path): readonly Fault[] => {
  const texts = textsOf(words, [...path, 'words'])
  return [...silent([...texts, ...textsOf(unless, [...path, 'unless'])]), ...contrary(texts, unless)]
}

const neverDone = ({ items }: Script, path: Path): readonly Fault[] =>
  items.flatMap(({ id, mayTick }, index) =>
    mayTick
      ? []
      : [
          {
            path: [...path, 'items', index, 'mayTick'],
            says: `"${id}" is never done: nobody listens (inspector: none), and nobody may tick it`,
            detail: detail('script-never-done', { name: id }),
          },
        ],
  )

const scriptFaults = (script: Script, path: Path): readonly Fault[] => [
  ...twice([
    ...script.items.map(({ id }, index) => [id, [...path, 'items', index, 'id']] as const),
    ...script.forbidden.map(({ id }, index) => [id, [...path, 'forbidden', index, 'id']] as const),
  ]),
  ...script.items.flatMap((_, index) => itemFaults(script, index, [...path, 'items', index])),
  ...script.forbidden.flatMap((word, index) => wordFaults(word, [...path, 'forbidden', index])),
]

/** @returns everything wrong with the section `recording`, by its place in the file. */
export const recordingFaults = (plan: RecordingPlan | undefined): readonly Fault[] => {
  if (plan === undefined) return []
  const at = (index: number): Path => ['recording', 'scripts', index]
  return [
    ...twice(plan.scripts.map(({ id }, index) => [id, [...at(index), 'id']])),
    ...twice(
      plan.scripts.flatMap(({ products }, index) =>
        products.map((product, nth) => [product, [...at(index), 'products', nth]] as const),
      ),
    ),
    ...plan.scripts.flatMap((script, index) => [
      ...scriptFaults(script, at(index)),
      ...(plan.inspector === 'none' ? neverDone(script, at(index)) : []),
    ]),
  ]
}
