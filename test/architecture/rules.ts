/** The rules of the house that a machine can check, as complaints about one file. */
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { importTable, loaders, scripts } from './import-table.ts'
import { readSource, type Source } from './source.ts'

export const linesMax = 400

/** What would make a decision depend on anything but its input. */
const impure = [
  'Date',
  'Math.random',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'crypto',
  'process',
  'fetch',
  'globalThis',
]

const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

const roomOf = (path: string) => path.split('/', 1)[0] ?? ''

const isNode = (specifier: string) => specifier.startsWith('node:') || builtinModules.includes(specifier)

const complaint = (path: string, specifier: string): string | undefined => {
  const room = roomOf(path)
  const may = importTable[room]
  if (may === undefined) return `${room}/ is not a room of the table`
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier)
    return roomOf(target) === room
      ? undefined
      : `reaches ${target} by a relative path: use #${roomOf(target)}/…`
  }
  if (specifier.startsWith('#')) {
    const target = roomOf(specifier.slice(1))
    if (target === room) return `names its own room in ${specifier}: use a relative path`
    return may.rooms.includes(target) || may.entrances?.includes(specifier) === true
      ? undefined
      : `may not import ${target}/ (${specifier})`
  }
  const own = scripts[path]
  if (isNode(specifier))
    return may.runs === 'node' || own !== undefined ? undefined : `may not use Node (${specifier})`
  if (may.packages === 'any' || [...may.packages, ...(own ?? [])].includes(packageOf(specifier)))
    return undefined
  return `may not use the package ${packageOf(specifier)}`
}

const importComplaints = (path: string, source: Source): string[] =>
  source.imports.flatMap((specifier) => {
    if (specifier === undefined)
      return importTable[roomOf(path)]?.packages === 'any' || loaders.has(path)
        ? []
        : ['imports a path that is computed when it runs']
    return complaint(path, specifier) ?? []
  })

/** @returns what is wrong with the file, in words; empty when it keeps the rules. `path` is relative to the repository. */
export const complaintsAbout = (path: string, text: string): string[] => {
  const source = readSource(path, text)
  const found = [...source.errors, ...importComplaints(path, source)]
  if (importTable[roomOf(path)]?.runs === 'anywhere' && scripts[path] === undefined)
    found.push(...impure.filter((name) => source.globals.has(name)).map((name) => `uses ${name}`))
  if (source.hasDefaultExport) found.push('has a default export')
  const lines = text.split('\n').length - 1
  if (lines > linesMax) found.push(`has ${lines} lines, more than ${linesMax}`)
  if (!/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(posix.basename(path))) found.push('is not named in kebab-case')
  return found.map((words) => `${path} ${words}`)
}
