/**
 * Builds the package `usher-adapter-sdk`: JavaScript with types that any Node from 20 on runs, out of the same files
 * that run here as they are.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gatherSources, packagesUsed } from './sources.ts'

const name = 'usher-adapter-sdk'
/** One file that a page can load as it is. */
const browserBundle = './dist/browser.js'
const surface = 'adapters/sdk/index.ts'
const browserSurface = 'adapters/sdk/browser.ts'
const examiner = 'adapters/conformance/main.ts'

export interface Built {
  /** The package as it will be packed. */
  readonly folder: string
  readonly tarball: string
}

interface RootPackage {
  readonly version: string
  readonly license: string
  readonly dependencies: Readonly<Record<string, string>>
}

const builtPath = (source: string) => `./dist/${source.replace(/\.ts$/, '')}`

const manifestOf = (root: RootPackage, packages: readonly string[]) => {
  const missing = packages.filter((used) => root.dependencies[used] === undefined)
  if (missing.length > 0) throw new Error(`Not among the dependencies: ${missing.join(', ')}`)
  return {
    name,
    version: root.version,
    description: 'Connect a device to Usher, the hub of a bank branch: adapter SDK and conformance kit.',
    license: root.license,
    type: 'module',
    engines: { node: '>=20' },
    exports: {
      '.': { types: `${builtPath(surface)}.d.ts`, default: `${builtPath(surface)}.js` },
      './browser': { types: `${builtPath(browserSurface)}.d.ts`, default: browserBundle },
    },
    bin: { 'usher-conformance': './bin/usher-conformance.mjs' },
    files: ['dist', 'bin', 'README.md', 'LICENSE'],
    dependencies: Object.fromEntries(packages.map((used) => [used, root.dependencies[used]])),
  }
}

const compilerOptions = {
  // What Node 20 has, and nothing that came later.
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
  declaration: true,
  skipLibCheck: true,
}

/** @returns where it was written. What an earlier build left in `folder` is replaced; other things in it stay. */
export const buildPackage = (root: string, folder: string): Built => {
  const sources = gatherSources(root, [surface, browserSurface, examiner])
  for (const old of globSync(`${name}{,-source,-*.tgz}`, { cwd: folder }))
    rmSync(join(folder, old), { recursive: true, force: true })
  const draft = join(folder, `${name}-source`)
  for (const [path, text] of sources) {
    mkdirSync(dirname(join(draft, path)), { recursive: true })
    writeFileSync(join(draft, path), text)
  }
  const built = join(folder, name)
  const settings = {
    compilerOptions: {
      ...compilerOptions,
      rootDir: draft,
      outDir: join(built, 'dist'),
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: [`${draft}/**/*.ts`],
  }
  writeFileSync(join(draft, 'package.json'), '{ "type": "module" }')
  symlinkSync(join(root, 'node_modules'), join(draft, 'node_modules'), 'dir')
  writeFileSync(join(draft, 'tsconfig.json'), JSON.stringify(settings))
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', draft], root)
  mendTypes(join(built, 'dist'))
  bundleForPages(root, join(draft, browserSurface), join(built, browserBundle))

  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as RootPackage
  const manifest = manifestOf(own, packagesUsed(sources.values()))
  writeFileSync(join(built, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  cpSync(join(root, 'LICENSE'), join(built, 'LICENSE'))
  cpSync(join(root, 'adapters/package/README.md'), join(built, 'README.md'))
  mkdirSync(join(built, 'bin'))
  writeFileSync(
    join(built, 'bin/usher-conformance.mjs'),
    `#!/usr/bin/env node\nimport '../${builtPath(examiner)}.js'\n`,
    { mode: 0o755 },
  )
  rmSync(draft, { recursive: true })
  const packed = run('npm', ['pack', '--silent', '--pack-destination', folder], built)
  return { folder: built, tarball: join(folder, packed.trim().split('\n').at(-1) ?? '') }
}

/** One file that a page can load as it is, out of a source file and all that it imports. */
export const bundleForPages = (root: string, entry: string, file: string): void => {
  const bundler = join(root, 'node_modules/rolldown/bin/cli.mjs')
  const wishes = ['--platform', 'browser', '--format', 'esm', '--minify', '--file', file]
  run(process.execPath, [bundler, entry, ...wishes], dirname(entry))
}

/** The compiler rewrites the endings of imports in the JavaScript only, not in the types beside it. */
const mendTypes = (folder: string) => {
  for (const file of globSync('**/*.d.ts', { cwd: folder })) {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replaceAll(/((?:from |import\()['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2'))
  }
}

/** @throws with what the program said. */
const run = (program: string, words: readonly string[], cwd: string): string => {
  try {
    return execFileSync(program, words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${program} ${words.join(' ')} failed:\n${stdout ?? ''}${stderr ?? ''}`, { cause: error })
  }
}
