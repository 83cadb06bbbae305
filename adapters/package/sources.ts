/** Which source files the package needs: what its doors import, and what those import in turn. */
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'

/** Every import in these rooms is written with its path and its ending, so that a pattern finds them all. */
const imported = /(?:\bfrom\s*|\bimport\s*\(?\s*)'((?:\.{1,2}|#[a-z]+)\/[^']+\.ts)'/g

const targetOf = (file: string, specifier: string) =>
  specifier.startsWith('#') ? specifier.slice(1) : posix.join(posix.dirname(file), specifier)

/** @returns the files by their path from the root, with every import made relative, as the built package needs them. */
export const gatherSources = (root: string, doors: readonly string[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const waiting = [...doors]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue
    const here = file
    const text = readFileSync(posix.join(root, file), 'utf8').replaceAll(
      imported,
      (whole, specifier: string) => {
        const target = targetOf(here, specifier)
        waiting.push(target)
        if (!specifier.startsWith('#')) return whole
        const relative = posix.relative(posix.dirname(here), target)
        return whole.replace(specifier, relative.startsWith('.') ? relative : `./${relative}`)
      },
    )
    found.set(file, text)
  }
  return found
}

const packageImport = /(?:\bfrom\s*|\bimport\s*\(?\s*)'((?:@[a-z0-9-]+\/)?[a-z][a-z0-9-]*)(?:\/[^']*)?'/g

/** @returns the packages that these files use, sorted. */
export const packagesUsed = (texts: Iterable<string>): string[] => {
  const names = [...texts].flatMap((text) =>
    [...text.matchAll(packageImport)].flatMap(([, name]) => name ?? []),
  )
  return [...new Set(names)].sort()
}
