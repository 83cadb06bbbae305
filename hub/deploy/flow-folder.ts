/**
 * The source of a flow: the TypeScript files of one folder, read once. What is checked, recorded, kept and run are
 * these bytes, named by their SHA-256, so that nothing can change in between.
 */
import { hash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { UsherError } from '#protocol/errors.ts'
import { canonicalJson } from '../engine/canonical.ts'

export interface FlowSource {
  /** SHA-256 of the files with their paths, hex. */
  readonly digest: string
  /** Path in the folder, with `/` between its parts, to text. */
  readonly files: Readonly<Record<string, string>>
}

/** The title page of a flow: every flow folder has one. */
export const titlePage = 'flow.ts'

/** A flow is a few hundred lines; these bound what a wrong folder costs, and fit into one request. */
const filesMax = 64
const bytesMax = 400_000
const depthMax = 4

const pathPattern = /^(?:[a-z0-9][a-z0-9._-]*\/){0,4}[a-z0-9][a-z0-9._-]*\.ts$/i

const list = (folder: string): Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (cause) {
    throw new UsherError('flow.folder', folder, { cause })
  }
}

const isLeftOut = (name: string) =>
  name.startsWith('.') || name === 'node_modules' || name.endsWith('.test.ts') || name.endsWith('.d.ts')

/** Symbolic links are not followed: what they lead to is not in the folder. */
const pathsIn = (folder: string, under = '', depth = 0): string[] =>
  list(join(folder, under)).flatMap((entry) => {
    if (isLeftOut(entry.name)) return []
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) return depth < depthMax ? pathsIn(folder, path, depth + 1) : []
    return entry.isFile() && path.endsWith('.ts') ? [path] : []
  })

/** @throws UsherError `flow.folder` where paths, sizes or the title page do not fit. */
export const sourceOf = (files: Readonly<Record<string, string>>): FlowSource => {
  const paths = Object.keys(files).sort()
  if (!Object.hasOwn(files, titlePage)) throw new UsherError('flow.folder', `There is no ${titlePage}.`)
  if (paths.length > filesMax)
    throw new UsherError('flow.folder', `It holds ${paths.length} files, more than ${filesMax}.`)
  const odd = paths.find((path) => !pathPattern.test(path) || path.includes('..'))
  if (odd !== undefined) throw new UsherError('flow.folder', `${odd} is no name for a file of a flow.`)
  const ordered = Object.fromEntries(paths.map((path) => [path, files[path] as string]))
  const bytes = paths.reduce((sum, path) => sum + Buffer.byteLength(ordered[path] as string), 0)
  if (bytes > bytesMax) throw new UsherError('flow.folder', `It holds ${bytes} bytes, more than ${bytesMax}.`)
  return { digest: hash('sha256', canonicalJson(ordered)), files: ordered }
}

/** Reads the folder of one flow. @throws UsherError `flow.folder`. */
export const readFlowFolder = (folder: string): FlowSource => {
  const paths = pathsIn(folder)
  if (!paths.includes(titlePage)) throw new UsherError('flow.folder', `${folder} holds no ${titlePage}.`)
  if (paths.length > filesMax)
    throw new UsherError('flow.folder', `${folder} holds more than ${filesMax} files.`)
  for (const path of paths) {
    const { size } = statSync(join(folder, path))
    if (size > bytesMax) throw new UsherError('flow.folder', `${path} has more than ${bytesMax} bytes.`)
  }
  return sourceOf(Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')])))
}

export interface FlowFolder {
  /** Name of the folder. */
  readonly name: string
  readonly folder: string
  readonly source: FlowSource
}

/** The folder itself where it is a flow's, else each folder in it that is. @throws UsherError `flow.folder`. */
export const flowFoldersIn = (directory: string): readonly FlowFolder[] => {
  const root = resolve(directory)
  const entries = list(root)
  const read = (folder: string): FlowFolder => ({
    name: basename(folder),
    folder,
    source: readFlowFolder(folder),
  })
  if (entries.some((entry) => entry.isFile() && entry.name === titlePage)) return [read(root)]
  const folders = entries
    .filter((entry) => entry.isDirectory() && !isLeftOut(entry.name))
    .map((entry) => join(root, entry.name))
    .filter((folder) => list(folder).some((entry) => entry.isFile() && entry.name === titlePage))
  if (folders.length === 0)
    throw new UsherError('flow.folder', `Neither ${root} nor a folder in it holds ${titlePage}.`)
  return folders.map(read)
}
