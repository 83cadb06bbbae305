/**
 * Pages that are programs, as `npm run build` made them: read once, sent compressed, and kept by browsers for as long as
 * their names say. Whatever is no file of theirs is their first page, which knows its own addresses.
 */
import { hash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { type ShellName, shellNames } from '#protocol/desk/shell-routes.ts'
import { type Html, html } from './html.ts'
import { shellPermissions, shellPolicy } from './shell-policy.ts'

/** Beside the program. */
export const builtPages = join(import.meta.dirname, '../../dist/apps')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

const encodings = { br: '.br', gzip: '.gz' } as const
type Encoding = keyof typeof encodings

export interface ShellFile {
  readonly type: string
  readonly tag: string
  /** Its name changes with what is in it. */
  readonly isForever: boolean
  /** Of a worker: the addresses that it looks after. */
  readonly scope: string | undefined
  /** Whose it is. */
  readonly app: ShellName
  readonly body: Buffer
  readonly encoded: Readonly<Partial<Record<Encoding, Buffer>>>
}

export interface Shell {
  /** undefined: there is no such file. A path that is none of a file is the first page. */
  file(path: string): ShellFile | undefined
}

const fileOf = (directory: string, app: ShellName, path: string): ShellFile => {
  const body = readFileSync(join(directory, path))
  const encoded = Object.fromEntries(
    (Object.entries(encodings) as [Encoding, string][]).flatMap(([name, ending]) => {
      try {
        return [[name, readFileSync(join(directory, path + ending))]]
      } catch {
        return []
      }
    }),
  )
  return {
    type: types[extname(path)] ?? 'application/octet-stream',
    tag: `"${hash('sha256', body, 'base64url').slice(0, 27)}"`,
    isForever: path.startsWith('assets/'),
    scope: path === 'worker.js' ? `/${app}` : undefined,
    app,
    body,
    encoded,
  }
}

const readAll = (directory: string, app: ShellName): ReadonlyMap<string, ShellFile> =>
  new Map(
    globSync('**/*', { cwd: directory, withFileTypes: true })
      .filter((entry) => entry.isFile() && Object.hasOwn(types, extname(entry.name)))
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .map((path) => [path, fileOf(directory, app, path)]),
  )

/** When it was built; undefined: it is not. */
const builtAt = (directory: string): number | undefined => {
  try {
    return statSync(join(directory, 'index.html')).mtimeMs
  } catch {
    return undefined
  }
}

/** @param directory of all pages. @param app the folder of these within it */
export const createShell = (directory: string, app: ShellName): Shell => {
  const own = join(directory, app)
  let at: number | undefined
  let files: ReadonlyMap<string, ShellFile> = new Map()
  return {
    file: (path) => {
      const isFirst = extname(path) === '' || path === 'index.html'
      if (at === undefined || !path.startsWith('assets/')) {
        // Built anew while the hub runs: the first page, or the worker that keeps it, goes with its own files.
        const now = builtAt(own)
        if (now !== at) files = now === undefined ? new Map() : readAll(own, app)
        at = now
      }
      // Only what was read is sent: a path out of the folder is the name of nothing.
      return files.get(isFirst ? 'index.html' : path)
    },
  }
}

export type Shells = Readonly<Record<ShellName, Shell>>

export const createShells = (directory: string): Shells =>
  Object.fromEntries(shellNames.map((app) => [app, createShell(directory, app)] as const)) as Shells

const accepted = (header: string, encoding: Encoding): boolean =>
  header.split(',').some((part) => {
    const [name, ...rest] = part.split(';')
    return (
      name?.trim().toLowerCase() === encoding && !rest.some((weight) => /^\s*q=0(\.0*)?\s*$/.test(weight))
    )
  })

export interface ShellAnswer {
  readonly status: 200 | 304
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

export const answerWith = (file: ShellFile, asked: IncomingHttpHeaders, isSecure: boolean): ShellAnswer => {
  const wished = [asked['accept-encoding'] ?? ''].flat().join()
  const encoding = (['br', 'gzip'] as const).find(
    (name) => file.encoded[name] !== undefined && accepted(wished, name),
  )
  const headers = {
    'content-type': file.type,
    etag: file.tag,
    vary: 'accept-encoding, cookie',
    'cache-control': file.isForever ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    'content-security-policy': shellPolicy(file.app, asked.host ?? 'localhost', isSecure),
    'permissions-policy': shellPermissions(file.app),
    // Else a worker looks after what lies below its own folder, and not after the first page.
    ...(file.scope !== undefined && { 'service-worker-allowed': file.scope }),
    ...(encoding !== undefined && { 'content-encoding': encoding }),
  }
  const known = (asked['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (known.includes(file.tag)) return { status: 304, headers, body: undefined }
  return { status: 200, headers, body: (encoding && file.encoded[encoding]) ?? file.body }
}

/** Whoever starts a hub from its sources without having built them. */
export const notBuiltPage = (): Html => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Usher</title>
<link rel="stylesheet" href="/desk.css"></head>
<body><main class="narrow"><section>
<p lang="zh-CN">页面尚未构建。请在程序目录中运行 <code>npm run build</code>，然后重新加载本页。</p>
<p>The pages are not built yet. Run <code>npm run build</code> in the program's folder, then load this page again.</p>
</section></main></body></html>
`
