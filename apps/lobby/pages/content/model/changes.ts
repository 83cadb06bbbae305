/** What of a version differs from the one in force: who agrees to it agrees to all of that, the unseen parts too. */
import type { ItemTold, VersionTold } from '#protocol/desk/content-routes.ts'
import { versionInForce } from './standing.ts'

type Mandatory = ItemTold['mandatory']

/** One thing as it would be; `was` is there where it is otherwise now. */
export interface Fact<Value> {
  readonly is: Value
  readonly was?: Value
}

export interface Facts {
  readonly productCode: Fact<string | null>
  readonly expiresOn: Fact<string | null>
  readonly mandatory: Fact<Mandatory>
  /** In every language in which there are or were some; null: none. */
  readonly words: Readonly<Record<string, Fact<string | null>>>
  /** The one in force, where this is another. */
  readonly before: VersionTold | undefined
  readonly isOtherLook: boolean
}

const fact = <Value>(is: Value, was: Value): Fact<Value> => (is === was ? { is } : { is, was })

/** Of one that waits: what the item becomes with it; otherwise what the item is. */
export const mandatoryWith = (
  { mandatory }: ItemTold,
  version: Pick<VersionTold, 'mandatory' | 'state'>,
): Mandatory =>
  version.state === 'proposed' && version.mandatory !== undefined ? version.mandatory : mandatory

export const factsOf = (item: ItemTold, version: VersionTold): Facts => {
  const now = versionInForce(item)
  const before = now?.version === version.version ? undefined : now
  const from = before ?? version
  const mandatory = mandatoryWith(item, version)
  const languages = new Set([...Object.keys(version.words), ...Object.keys(from.words)])
  return {
    productCode: fact(version.productCode, from.productCode),
    expiresOn: fact(version.expiresOn, from.expiresOn),
    mandatory: fact(mandatory, before === undefined ? mandatory : item.mandatory),
    words: Object.fromEntries(
      [...languages].map((language) => [
        language,
        fact(version.words[language] ?? null, from.words[language] ?? null),
      ]),
    ),
    before,
    isOtherLook: version.media?.sha256 !== from.media?.sha256 || version.template !== from.template,
  }
}
