/** One build of all pages: bundled, hashed, compressed, with the list of files that a page needs to start offline. */
import { createHash } from 'node:crypto'
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, extname, join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { outDirectory, root, stampName, stampOf } from './stamp.ts'

export interface Built {
  readonly ms: number
  /** By page: of what is loaded first, with Brotli. */
  readonly bytes: Readonly<Record<string, number>>
  readonly files: number
}

/**
 * People's tablets: Chromium 109 is the last for Windows 7; Safari 16.4 is that of an iPad of 2017. What hangs on a wall
 * or stands in a lobby came with its device and is seldom renewed.
 */
const oldestBrowsers = (app: string) =>
  app === 'lobby' || app === 'expert' ? ['chrome109', 'safari16.4'] : ['chrome100']

const source = (path: string) => join(root, 'apps', path)

/** Each folder with a first page. */
const appsThere = () =>
  globSync('*/index.html', { cwd: source('.') })
    .map((page) => dirname(page))
    .sort()

const compressible = new Set(['.html', '.js', '.css', '.svg', '.webmanifest'])

const bundle = async (app: string, directory: string) => {
  const { build } = await import('vite')
  const { default: react } = await import('@vitejs/plugin-react')
  await build({
    configFile: false,
    root: source(app),
    base: `/${app}/`,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: join(directory, app),
      emptyOutDir: false,
      target: oldestBrowsers(app),
      // A page's own pictures are files: the policy of the hub lets nothing be written into a page.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        input: {
          index: source(`${app}/index.html`),
          worker: source('shell/worker.ts'),
        },
        output: {
          // That no program is written while it runs has to be set before the first schema is made: in their own file.
          // Libraries change seldom: whoever has them fetches with a new version only what is new.
          codeSplitting: {
            groups: [
              { name: 'zod', test: /node_modules\/zod\/|\/no-eval\.ts$/ },
              { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            ],
          },
          entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
        },
      },
    },
  })
}

const filesIn = (directory: string): string[] =>
  globSync('**/*', { cwd: directory, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort()

/** The worker is told what belongs to this build; its name changes with any of it. */
const tellWorker = (directory: string) => {
  const files = filesIn(directory).filter((path) => path !== 'worker.js')
  const hash = createHash('sha256')
  for (const path of files) hash.update(`${path}\0`).update(readFileSync(join(directory, path)))
  const worker = join(directory, 'worker.js')
  const told = { '"%FILES%"': JSON.stringify(files), '%BUILD%': hash.digest('hex').slice(0, 16) }
  const text = Object.entries(told).reduce(
    (text, [place, words]) => {
      if (!text.includes(place)) throw new Error(`The worker has no place for ${place}.`)
      return text.replace(place, words)
    },
    readFileSync(worker, 'utf8'),
  )
  writeFileSync(worker, text)
}

const compress = (directory: string) => {
  for (const path of filesIn(directory).filter((path) => compressible.has(extname(path)))) {
    const raw = readFileSync(join(directory, path))
    const brotli = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
    writeFileSync(join(directory, `${path}.br`), brotli)
    writeFileSync(join(directory, `${path}.gz`), gzipSync(raw, { level: 9 }))
  }
}

/** @returns bytes, with Brotli, of what a browser fetches before it shows anything: the first page and whatever it names. */
export const firstLoadOf = (app: string, directory: string): number => {
  const page = readFileSync(join(directory, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, path = '']) =>
    relative(app, path),
  )
  return ['index.html', ...named]
    .map((path) => statSync(join(directory, `${path}.br`)).size)
    .reduce((sum, size) => sum + size, 0)
}

export const buildApps = async (): Promise<Built> => {
  const start = performance.now()
  const stamp = stampOf()
  const next = `${outDirectory}.next`
  rmSync(next, { recursive: true, force: true })
  mkdirSync(next, { recursive: true })
  const bytes: Record<string, number> = {}
  for (const app of appsThere()) {
    await bundle(app, next)
    tellWorker(join(next, app))
    compress(join(next, app))
    bytes[app] = firstLoadOf(app, join(next, app))
  }
  const files = filesIn(next).length
  writeFileSync(join(next, stampName), stamp)
  // A hub that serves them meanwhile has the old ones until the new ones are whole.
  const old = `${outDirectory}.old`
  rmSync(old, { recursive: true, force: true })
  if (existsSync(outDirectory)) renameSync(outDirectory, old)
  renameSync(next, outDirectory)
  rmSync(old, { recursive: true, force: true })
  return { ms: performance.now() - start, bytes, files }
}
