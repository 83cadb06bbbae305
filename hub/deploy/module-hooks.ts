/**
 * How Node finds the modules of a deployed flow: from memory, by an address that names their digest, and with nothing to
 * import but the flow's own files, xstate, zod, the contract and the shared parts of flows, all of them the hub's own.
 */
import { registerHooks } from 'node:module'
import { isErrorCode, UsherError } from '#protocol/errors.ts'
import type { FlowSource } from './flow-folder.ts'
import { mentionedIn } from './stands.ts'

const scheme = 'usher-flow:'
const standsAt = 'usher-flow-stands:'

const packages: ReadonlySet<string> = new Set(['xstate', 'zod'])
/** What shipped flows share. A copy of a shipped flow's folder may name them as it did: `../wish.ts`. */
const shared: ReadonlySet<string> = new Set([
  'define',
  'havens',
  'open-tasks',
  'promoted',
  'samples/model',
  'samples/rows',
  'samples/scenario',
  'setting',
  'wish',
  'words',
])

export const addressOf = (digest: string, path: string) => `${scheme}///${digest}/${path}`

const partsOf = (url: string): { digest: string; path: string } => {
  const [, digest = '', path = ''] = /^usher-flow:\/\/\/([0-9a-f]+)\/(.*)$/.exec(url) ?? []
  return { digest, path }
}

const refused = (from: string, specifier: string) =>
  new UsherError('flow.import', `${partsOf(from).path} imports ${specifier}.`)

const sharedPart = (name: string | undefined): string | undefined =>
  name !== undefined && shared.has(name) ? `#flows/${name}.ts` : undefined

/** `../wish.ts` from the top of the folder, `../../wish.ts` from one folder below. */
const besideFolder = (from: string, specifier: string): string | undefined => {
  const depth = partsOf(from).path.split('/').length
  const [, ups = '', name] = /^((?:\.\.\/)+)([a-z][a-z/-]*)\.ts$/.exec(specifier) ?? []
  return ups.length === depth * 3 ? sharedPart(name) : undefined
}

/** @returns a specifier that the hub itself resolves. */
const outside = (from: string, specifier: string): string => {
  if (packages.has(specifier) || /^#protocol\/[a-z0-9-]+\.ts$/.test(specifier)) return specifier
  const part =
    sharedPart(/^#flows\/([a-z][a-z/-]*)\.ts$/.exec(specifier)?.[1]) ?? besideFolder(from, specifier)
  if (part === undefined) throw refused(from, specifier)
  return part
}

/** On the first line, so that every line keeps its number. */
const withStands = (text: string): string => {
  const names = mentionedIn(text)
  return names.length === 0
    ? text
    : `import { stands as usherStands } from '${standsAt}';const { ${names.join(', ')} } = usherStands;${text}`
}

export interface ModuleHooks {
  /** From now on its files are found. */
  add(source: FlowSource): void
  /** Finds nothing more; what is loaded stays. */
  end(): void
}

export const createModuleHooks = (): ModuleHooks => {
  const sources = new Map<string, FlowSource>()
  const textAt = (url: string): string | undefined => {
    const { digest, path } = partsOf(url)
    const files = sources.get(digest)?.files
    return files !== undefined && Object.hasOwn(files, path) ? files[path] : undefined
  }
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const from = context.parentURL
      if (specifier === standsAt && from?.startsWith(scheme) === true)
        return next('./stands.ts', { ...context, parentURL: import.meta.url })
      if (from?.startsWith(scheme) !== true) {
        if (textAt(specifier) === undefined) return next(specifier, context)
        return { url: specifier, format: 'module-typescript', shortCircuit: true }
      }
      // Another loader's flow: its own hooks know.
      if (textAt(from) === undefined) return next(specifier, context)
      const own = specifier.startsWith('.') ? new URL(specifier, from).href : undefined
      if (own !== undefined && textAt(own) !== undefined)
        return { url: own, format: 'module-typescript', shortCircuit: true }
      return next(outside(from, specifier), { ...context, parentURL: import.meta.url })
    },
    load: (url, context, next) => {
      const text = textAt(url)
      return text === undefined
        ? next(url, context)
        : { format: 'module-typescript', source: withStands(text), shortCircuit: true }
    },
  })
  return { add: (source) => void sources.set(source.digest, source), end: () => hooks.deregister() }
}

/** What went wrong while a flow was loaded, as one of our errors; where in its files, if the stack says so. */
export const loadError = (error: unknown): UsherError => {
  if (error instanceof UsherError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof Error && error.name === 'UsherError' && typeof code === 'string' && isErrorCode(code))
    return new UsherError(code, 'detail' in error ? String(error.detail) : undefined)
  if (!(error instanceof Error)) return new UsherError('flow.broken', 'It throws what is no error.')
  const where = /usher-flow:\/\/\/[0-9a-f]+\/([^\s)]+)/.exec(error.stack ?? '')?.[1]
  const text = error.message.replaceAll(/usher-flow:\/\/\/[0-9a-f]+\//g, '')
  return new UsherError('flow.broken', `${where === undefined ? '' : `${where}: `}${error.name}: ${text}`, {
    cause: error,
  })
}
