/** The settings that every adapter has, whatever its vendor: read from the environment, checked before anything starts. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'

const filled = (text: string | undefined) => (text === '' ? undefined : text)

const Environment = z.object({
  USHER_BROKER: z
    .string()
    .regex(/^(mqtts?|wss?):\/\//, 'starts with mqtt://, mqtts://, ws:// or wss://')
    .default('mqtt://127.0.0.1:1883'),
  USHER_BRANCH: Id.default('demo'),
  USHER_DEVICE: Id,
  USHER_STATE: z.string().default('./usher-state'),
  USHER_CLAIM: z.string().optional(),
  USHER_CA: z.string().optional(),
  USHER_CONFIG: z.string().optional(),
  USHER_USERNAME: z.string().optional(),
  USHER_PASSWORD: z.string().optional(),
  USHER_ACK: z.enum(['puback', 'hub']).default('puback'),
})

export interface Settings {
  readonly broker: string
  readonly branch: string
  readonly device: string
  /** The folder for what it must remember. */
  readonly state: string
  readonly claim?: string | undefined
  /** The file of the hub's authority. */
  readonly ca?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** What shows that the hub has a message. */
  readonly acknowledgedBy: 'puback' | 'hub'
  /** The adapter's own settings, not checked yet. */
  readonly config: unknown
}

/** @throws UsherError `adapter.settings`, `adapter.config` */
export const settingsFrom = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  const given = Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, filled(text)]))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new UsherError('adapter.settings', `${issue?.path.join('.')}: ${issue?.message}.`)
  }
  const { data } = parsed
  return {
    broker: data.USHER_BROKER,
    branch: data.USHER_BRANCH,
    device: data.USHER_DEVICE,
    state: data.USHER_STATE,
    claim: data.USHER_CLAIM,
    ca: data.USHER_CA,
    username: data.USHER_USERNAME,
    password: data.USHER_PASSWORD,
    acknowledgedBy: data.USHER_ACK,
    config: data.USHER_CONFIG === undefined ? {} : readConfig(data.USHER_CONFIG),
  }
}

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsherError('adapter.config', `${file}: ${String(error)}`, { cause: error })
  }
}

const readConfig = (file: string): unknown => {
  const text = textOf(file)
  try {
    return JSON.parse(text)
  } catch (error) {
    // What is wrong would quote the text, and with it perhaps a password.
    const [where] = /at position \d+.*$/.exec(String(error)) ?? []
    throw new UsherError('adapter.config', `${file} is not JSON${where === undefined ? '' : ` ${where}`}.`)
  }
}

/** An address as it may stand in a log: some people put a name and a password into it. */
export const withoutPassword = (address: string): string => {
  if (!URL.canParse(address)) return `${address.split('://')[0]}://…`
  const url = new URL(address)
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`
}
