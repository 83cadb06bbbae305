/** A new adapter from the template: the same files under another name, with the SDK as a package. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { UsherError } from '#protocol/errors.ts'
import { idPattern } from '#protocol/ids.ts'

export interface NewAdapter {
  readonly name: string
  /** The folder in which the new one is made. */
  readonly dir: string
  /** File of the packed SDK; it is copied into the new folder, so that nothing else is needed. */
  readonly sdk: string
}

const template = join(import.meta.dirname, '../../adapters/template')
/** What somebody who tried the template in place has left there. */
const leftovers: ReadonlySet<string> = new Set(['node_modules', 'usher-state', 'conformance-report'])
const templateName = 'acme-robot'
const inThisRepository = "'../sdk/index.ts'"
const asPackage = "'usher-adapter-sdk'"
const ignored = ['node_modules/', 'usher-state/', 'conformance-report/', '']

/** The same that the SDK brings along, so that a schema of the adapter's is one of the SDK's. */
const zodVersion = (): string => {
  const { dependencies } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as { dependencies: Record<string, string> }
  return dependencies['zod'] ?? '^4'
}

const packageText = (text: string, sdk: string): string => {
  const dependencies = { 'usher-adapter-sdk': `file:${basename(sdk)}`, zod: zodVersion() }
  return `${JSON.stringify({ ...(JSON.parse(text) as object), dependencies }, null, 2)}\n`
}

const textOf = (file: string, { name, sdk }: NewAdapter): string => {
  const text = readFileSync(join(template, file), 'utf8')
    .replaceAll(templateName, name)
    .replaceAll(inThisRepository, asPackage)
  return file === 'package.json' ? packageText(text, sdk) : text
}

/**
 * Written beside its place and then moved there: an interrupted one leaves nothing that looks whole.
 * @returns the new folder.
 * @throws UsherError `adapter.name`, `adapter.exists`, `adapter.sdk`
 */
export const writeNewAdapter = (wanted: NewAdapter): string => {
  const { name, dir, sdk } = wanted
  if (!idPattern.test(name)) throw new UsherError('adapter.name', name)
  const folder = resolve(dir, name)
  if (existsSync(folder)) throw new UsherError('adapter.exists', folder)
  if (!existsSync(sdk)) throw new UsherError('adapter.sdk', sdk)
  const draft = `${folder}.part-${process.pid}`
  mkdirSync(draft, { recursive: true })
  for (const file of readdirSync(template).filter((one) => !leftovers.has(one)))
    writeFileSync(join(draft, file), textOf(file, wanted))
  writeFileSync(join(draft, '.gitignore'), ignored.join('\n'))
  copyFileSync(sdk, join(draft, basename(sdk)))
  renameSync(draft, folder)
  return folder
}
