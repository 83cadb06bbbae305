/** The hub's own settings: where it keeps its data, where it listens, and its limits. YAML on disk, all with defaults. */
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { BrokerLimitsSettings } from '../broker/limits.ts'
import { defaultSettings } from '../engine/turn.ts'
import { defaultRetention } from '../store/upkeep.ts'

const Port = z.int().min(0).max(65_535)
const Duration = z.int().min(0)

/** Deadlines and windows that decisions depend on; see HubSettings for what each does. */
const Settings = z
  .strictObject({
    seed: z.string().min(1).max(64).default(defaultSettings.seed),
    reconnectGraceMs: Duration.default(defaultSettings.reconnectGraceMs),
    resendMs: Duration.min(100).default(defaultSettings.resendMs),
    visitSilenceMs: Duration.default(defaultSettings.visitSilenceMs),
    reentryMs: Duration.default(defaultSettings.reentryMs),
    burstMs: Duration.default(defaultSettings.burstMs),
    interruptionsMax: z.int().min(1).default(defaultSettings.interruptionsMax),
  })
  .prefault({})

export const HubConfig = z.strictObject({
  /** The branch file, relative to this file. */
  branch: z.string().min(1),
  /** Journal, certificates and the local socket; relative to this file. */
  data: z.string().min(1).default('data'),
  mqtt: z
    .strictObject({
      /** Plain MQTT for programs on this machine; refused on any address but loopback. */
      loopback: z
        .union([
          z.literal(false),
          z.strictObject({
            host: z.string().default('127.0.0.1'),
            port: Port.default(1883),
            /** `declared`: a device of the branch file may connect by its name alone; `claimed`: it needs its credential. */
            trust: z.enum(['declared', 'claimed']).default('claimed'),
          }),
        ])
        .prefault({}),
      tls: z
        .union([
          z.literal(false),
          z.strictObject({
            host: z.string().default('0.0.0.0'),
            port: Port.default(8883),
            names: z.array(z.string()).default(['localhost']),
            /** 1.2 only for devices that cannot do better. */
            minimum: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.3'),
          }),
        ])
        .prefault({}),
      limits: BrokerLimitsSettings,
    })
    .prefault({}),
  http: z.strictObject({ host: z.string().default('127.0.0.1'), port: Port.default(8080) }).prefault({}),
  settings: Settings,
  retention: z
    .strictObject({
      bodiesMs: Duration.default(defaultRetention.bodiesMs),
      decisionsMs: Duration.default(defaultRetention.decisionsMs),
      aggregatesMs: Duration.default(defaultRetention.aggregatesMs),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info') }).prefault({}),
})
export type HubConfig = z.infer<typeof HubConfig>

const complain = (file: string, detail: string) => new UsherError('config.invalid', `${file}: ${detail}`)

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsherError('config.unreadable', file, { cause })
  }
}

/**
 * @returns the settings with paths made absolute.
 * @throws UsherError `config.unreadable` or `config.invalid`, naming the field.
 */
export const loadHubConfig = (file: string): HubConfig => {
  let raw: unknown
  try {
    raw = parse(readText(file))
  } catch (error) {
    if (error instanceof YAMLParseError) throw complain(file, error.message)
    throw error
  }
  const parsed = HubConfig.safeParse(raw ?? {})
  if (!parsed.success) throw complain(file, z.prettifyError(parsed.error))
  const base = dirname(resolve(file))
  return { ...parsed.data, branch: resolve(base, parsed.data.branch), data: resolve(base, parsed.data.data) }
}
