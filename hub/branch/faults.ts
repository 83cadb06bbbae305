/** What is wrong in a branch file and where, as every check of it says so. */
import { type Detail, detail } from '#protocol/desk/details.ts'

export type Path = readonly (string | number)[]

export interface Fault {
  readonly path: Path
  readonly says: string
  /** The same, for who reads it in another language; `at` is where it is, put in by whoever tells it. */
  readonly detail: Detail
}

/** @param names each with its place; of those that are alike the first one is right. */
export const twice = (names: readonly (readonly [string, Path])[]): readonly Fault[] => {
  const seen = new Set<string>()
  return names.flatMap(([name, path]) => {
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    const says = `"${name}" is used twice; each name only once`
    return [{ path, says, detail: detail('twice', { name }) }]
  })
}
