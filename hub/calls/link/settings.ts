/** An expert desk elsewhere, and the branches that a desk serves. */
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'

const about = (unit: string, description: string) => ({ unit, description })

const isLoopbackName = (name: string) =>
  name === 'localhost' || name === '[::1]' || (isIP(name) === 4 && name.startsWith('127.'))

const isDeskUrl = (text: string) => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname } = new URL(text)
  return pathname === '/' && (protocol === 'https:' || (protocol === 'http:' && isLoopbackName(hostname)))
}

export const DeskSettings = z.strictObject({
  url: z
    .string()
    .refine(isDeskUrl, 'Such as https://desk.bank.example; http:// to this machine alone.')
    .meta(about('address', 'Of the expert desk, as its pages have it.')),
  name: Id.meta(about('name', 'Under which the desk knows this branch.')),
  secretFile: z
    .string()
    .min(1)
    .meta(about('path', 'What the desk and this branch both know; readable by the hub’s user alone.')),
  ca: z
    .string()
    .min(1)
    .optional()
    .meta(
      about('path', 'The authority that signed the desk’s certificate, PEM. Without: those of the system.'),
    ),
})
export type DeskSettings = z.infer<typeof DeskSettings>

const ServedBranch = z.strictObject({ name: Id, secretFile: z.string().min(1) })

export const ServedBranches = z
  .array(ServedBranch)
  .max(2_000)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'Each branch is named once.')
export type ServedBranches = z.infer<typeof ServedBranches>

/** Fewer could be guessed. */
const lettersMin = 32

/** @throws UsherError `config.invalid` unless it can be read. */
export const readAuthority = (setting: string, file: string): Buffer => {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new UsherError('config.invalid', `${setting}: ${file} cannot be read`, { cause })
  }
}

/** @throws UsherError `config.invalid` unless it can be read and is long enough. */
export const readLinkSecret = (setting: string, file: string): string => {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new UsherError('config.invalid', `${setting}: ${file} cannot be read`, { cause })
  }
  if (text.length >= lettersMin && !/\s/.test(text)) return text
  throw new UsherError(
    'config.invalid',
    `${setting}: ${file} must hold at least ${lettersMin} letters and digits, on one line`,
  )
}
