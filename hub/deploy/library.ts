/**
 * Deployed versions of flows: their copies in the data directory, each in a folder named by its digest, and those of
 * them that are loaded. What nothing runs on is let go.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { AnyFlow } from '#flows/define.ts'
import { UsherError } from '#protocol/errors.ts'
import type { StoredLibrary } from '../engine/open-engine.ts'
import { type FlowSource, readFlowFolder, sourceOf } from './flow-folder.ts'
import { createFlowLoader, type FlowLoader } from './load-flows.ts'

export interface LibraryParts {
  /** The hub's data directory. */
  readonly directory: string
  /** A version that should run and cannot be opened. */
  readonly onMissing: (digest: string, error: unknown) => void
}

export interface DeployedLibrary extends StoredLibrary {
  /** Writes its copy, on disk when it returns. */
  keep(source: FlowSource): void
  /** Loads it and keeps it at hand until it is let go. @throws UsherError as the loader. */
  hold(source: FlowSource): Promise<{ readonly flow: AnyFlow; letGo(): void }>
  /** Lets go of all but these, and of what is held. */
  keepOnly(digests: readonly string[]): void
  /** Ends with the hub. */
  end(): void
}

const partEnding = '.part'

const sync = (path: string) => {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const writeFile = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const isWhole = (folder: string, digest: string): boolean => {
  try {
    return readFlowFolder(folder).digest === digest
  } catch {
    return false
  }
}

/** Written beside its place and renamed, so that a folder with the name of a digest is always a whole one. */
const writeCopy = (folder: string, { digest, files }: FlowSource) => {
  if (isWhole(folder, digest)) return
  const part = `${folder}${partEnding}`
  rmSync(part, { recursive: true, force: true })
  for (const [path, text] of Object.entries(files)) writeFile(join(part, path), text)
  sync(part)
  rmSync(folder, { recursive: true, force: true })
  renameSync(part, folder)
  sync(dirname(folder))
}

export const createLibrary = ({ directory, onMissing }: LibraryParts): DeployedLibrary => {
  const root = join(directory, 'flows')
  const folderOf = (digest: string) => join(root, digest)
  // Most hubs deploy nothing: then nothing stands between Node and its modules.
  let loader: FlowLoader | undefined
  const loaded = new Map<string, AnyFlow>()
  const held = new Map<string, number>()
  const load = async (source: FlowSource): Promise<AnyFlow> => {
    const flow = loaded.get(source.digest) ?? (await (loader ??= createFlowLoader()).load(source))
    loaded.set(source.digest, flow)
    return flow
  }
  const keep = (source: FlowSource) => {
    mkdirSync(root, { recursive: true, mode: 0o700 })
    writeCopy(folderOf(source.digest), source)
  }
  const find: (wanted: Parameters<StoredLibrary['open']>[0][number]) => FlowSource = ({ digest, code }) => {
    if (isWhole(folderOf(digest), digest)) return readFlowFolder(folderOf(digest))
    const source = code && sourceOf(code.files)
    if (source?.digest !== digest) throw new UsherError('flow.not-stored', digest)
    // The state knows it too: a restored backup brings no folders.
    keep(source)
    return source
  }
  return {
    get: (digest) => loaded.get(digest),
    open: async (wanted) => {
      // What a deployment that was cut off left half written.
      for (const name of existsSync(root) ? readdirSync(root) : [])
        if (name.endsWith(partEnding)) rmSync(join(root, name), { recursive: true, force: true })
      for (const one of wanted) {
        try {
          await load(find(one))
        } catch (error) {
          onMissing(one.digest, error)
        }
      }
    },
    keep,
    hold: async (source) => {
      held.set(source.digest, (held.get(source.digest) ?? 0) + 1)
      const letGo = () => void held.set(source.digest, (held.get(source.digest) ?? 1) - 1)
      try {
        return { flow: await load(source), letGo }
      } catch (error) {
        letGo()
        throw error
      }
    },
    keepOnly: (digests) => {
      for (const digest of loaded.keys())
        if (!digests.includes(digest) && (held.get(digest) ?? 0) === 0) loaded.delete(digest)
    },
    end: () => loader?.end(),
  }
}
