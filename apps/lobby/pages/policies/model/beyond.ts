/**
 * Which changes lie beyond what head office leaves to one person. What stays as it is may lie beyond: it was agreed to, or
 * was there first. The hub looks at it again.
 */
import { type Difference, isSame } from './draft.ts'
import type { Json, Setting } from './fields.ts'

export const isBeyond = ({ limit }: Pick<Setting, 'limit'>, { was, is }: { was: Json; is: Json }): boolean =>
  typeof is === 'number' &&
  !isSame(was, is) &&
  (is < (limit.min ?? -Infinity) || is > (limit.max ?? Infinity))

export const beyondIn = (
  settings: ReadonlyMap<string, Pick<Setting, 'limit'>>,
  differences: readonly Difference[],
): readonly Difference[] =>
  differences.filter((one) => isBeyond(settings.get(one.name) ?? { limit: {} }, one))
