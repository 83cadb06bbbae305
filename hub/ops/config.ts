/** The hub's own settings: where it keeps its data, where it listens, and its limits. YAML on disk, all with defaults. */
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import { BrokerLimitsSettings } from '../broker/limits.ts'
import { CallsSettings } from '../calls/turn/settings.ts'
import { ContentLimits } from '../content/limits.ts'
import { HubSettings } from '../engine/settings.ts'
import { PairingSettings } from '../pairing/settings.ts'
import { RecordingSettings } from '../recording/settings.ts'
import { defaultRetention } from '../store/upkeep.ts'

const Port = z.int().min(0).max(65_535)
const Kept = z.int().min(0)

/** Each setting with its unit and its reason; docs/operations/settings.md lists exactly these. */
const about = (unit: string, description: string) => ({ unit, description })

const Loopback = z.strictObject({
  host: z.string().default('127.0.0.1').meta(about('address', 'A loopback address; any other is refused.')),
  port: Port.default(1883).meta(about('port', 'The port MQTT has of old. 0: any that is free.')),
  trust: z
    .enum(['declared', 'claimed'])
    .default('claimed')
    .meta(
      about(
        'name',
        '`declared`: a device of the branch file may connect by its name alone, which trusts every program on this machine. `claimed`: it needs its credential.',
      ),
    ),
})

const Tls = z.strictObject({
  host: z.string().default('0.0.0.0').meta(about('address', 'Devices are elsewhere in the network.')),
  port: Port.default(8883).meta(about('port', 'The port registered for MQTT over TLS. 0: any that is free.')),
  names: z
    .array(z.string())
    .default(['localhost'])
    .meta(about('names', 'The names and addresses devices use for the hub: they stand in its certificate.')),
  minimum: z
    .enum(['TLSv1.2', 'TLSv1.3'])
    .default('TLSv1.3')
    .meta(about('version', '`TLSv1.2` only for devices that cannot do better.')),
})

const PageLoopback = Loopback.extend({
  port: Port.default(8083).meta(about('port', 'Many brokers speak WebSocket there. 0: any that is free.')),
  trust: Loopback.shape.trust.meta(
    about(
      'name',
      '`declared`: a page of a listed origin may be any device of the branch file, by its name alone. `claimed`: it needs a key that was approved.',
    ),
  ),
})

const PageTls = Tls.extend({
  host: z
    .string()
    .default('0.0.0.0')
    .meta(about('address', 'Screens and kiosks are elsewhere in the network.')),
  port: Port.default(8084).meta(about('port', 'Beside the one without TLS. 0: any that is free.')),
})

/** As a browser sends it: no path, no capital letters, no default port. */
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text

const WebSocketDoor = z.strictObject({
  origins: z
    .array(z.string().refine(isOrigin, 'Not an origin as a browser sends it, such as https://hub.example.'))
    .default([])
    .meta(
      about(
        'origins',
        'Pages of these may connect beside those that the hub serves itself, such as `https://screens.branch.example`; no others, wherever they come from.',
      ),
    ),
  loopback: z
    .union([z.literal(false), PageLoopback])
    .prefault({})
    .meta(about('section', '`ws://`, for pages in a browser on this machine.')),
  tls: z
    .union([z.literal(false), PageTls])
    .default(false)
    .meta(
      about(
        'section',
        '`wss://`, for pages elsewhere in the network; their browsers must trust the authority of the branch.',
      ),
    ),
})

const Mqtt = z.strictObject({
  loopback: z
    .union([z.literal(false), Loopback])
    .prefault({})
    .meta(about('section', '`false`: no plain MQTT at all. It is for programs on this machine.')),
  tls: z
    .union([z.literal(false), Tls])
    .prefault({})
    .meta(about('section', '`false`: no device can reach the hub over the network.')),
  websocket: z
    .union([z.literal(false), WebSocketDoor])
    .default(false)
    .meta(
      about(
        'section',
        'MQTT over WebSocket, for devices whose program is a web page. Closed unless it is wanted.',
      ),
    ),
  limits: BrokerLimitsSettings,
})

const Http = z
  .strictObject({
    host: z
      .string()
      .default('127.0.0.1')
      .meta(
        about(
          'address',
          'A loopback address speaks HTTP to this machine alone; any other, such as `0.0.0.0`, speaks HTTPS.',
        ),
      ),
    port: Port.default(8080).meta(
      about('port', 'Of the pages for staff, `/healthz` and `/metrics`. 0: any that is free.'),
    ),
    names: z
      .array(z.string().min(1))
      .min(1)
      .default(['localhost'])
      .meta(
        about('names', 'The names and addresses under which staff reach it; it answers under no others.'),
      ),
    certificate: z
      .string()
      .optional()
      .meta(
        about(
          'path',
          'A certificate of the bank for these names, PEM. Without: the branch’s authority signs one.',
        ),
      ),
    key: z.string().optional().meta(about('path', 'The private key of that certificate, PEM.')),
    pages: z
      .string()
      .optional()
      .meta(
        about('path', 'Where the built pages for staff are. Without: beside the program, in `dist/apps`.'),
      ),
    sessionIdleMs: z
      .int()
      .min(60_000)
      .default(900_000)
      .meta(about('ms', 'Somebody who did nothing for so long is signed out.')),
    sessionMs: z
      .int()
      .min(60_000)
      .default(36_000_000)
      .meta(about('ms', 'Everybody signs in again after so long: a working day.')),
  })
  .refine(
    ({ certificate, key }) => (certificate === undefined) === (key === undefined),
    'http.certificate and http.key come together.',
  )

const Retention = z.strictObject({
  bodiesMs: Kept.default(defaultRetention.bodiesMs).meta(
    about(
      'ms',
      'Bodies of entries: long enough to look into last week, short because they say who was where.',
    ),
  ),
  decisionsMs: Kept.default(defaultRetention.decisionsMs).meta(
    about('ms', 'Decision records and ended tasks: as long as a complaint can come.'),
  ),
  aggregatesMs: Kept.default(defaultRetention.aggregatesMs).meta(
    about('ms', 'Daily counts: a month can be compared with the same month a year ago.'),
  ),
})

/** Less than this, and Node itself does not start. */
const memoryMbMin = 96

export const AdapterSettings = z.strictObject({
  /** Id of the device that it speaks for, or of the gateway. */
  device: Id,
  /** A folder whose package.json names the adapter, or a module. */
  run: z.string().min(1),
  /** The adapter's own settings. Default: what it finds by itself. */
  config: z.record(z.string(), z.json()).optional(),
  memoryMb: z.int().min(memoryMbMin).max(65_536).default(256),
})
export type AdapterSettings = z.infer<typeof AdapterSettings>

/** More processes than a branch has devices of its own. */
const adaptersMax = 200

const Adapters = z
  .array(AdapterSettings)
  .max(adaptersMax)
  .refine(
    (all) => new Set(all.map(({ device }) => device)).size === all.length,
    'Each device is named by one adapter.',
  )

const loopbackIsOff = 'Adapters reach the hub over mqtt.loopback, which is off.'

export const HubConfig = z.strictObject({
  branch: z.string().min(1).meta(about('path', 'The branch file, relative to this file. It must be named.')),
  data: z
    .string()
    .min(1)
    .default('data')
    .meta(about('path', 'Journal, certificates and the local socket, relative to this file; a local disk.')),
  mqtt: Mqtt.prefault({}),
  http: Http.prefault({}),
  pairing: PairingSettings.prefault({}),
  adapters: Adapters.default([]).meta(
    about(
      'adapters',
      'Each runs as a process of its own that is watched and started again: `device`, `run` (folder or module), `config`, `memoryMb` (default 256).',
    ),
  ),
  calls: CallsSettings.prefault({}),
  content: ContentLimits.prefault({}),
  recordings: RecordingSettings.prefault({}),
  settings: HubSettings.prefault({}),
  retention: Retention.prefault({}),
  log: z
    .strictObject({
      level: z
        .enum(['debug', 'info', 'warn', 'error'])
        .default('info')
        .meta(about('name', '`info` is a change of state that a manager would understand.')),
    })
    .prefault({}),
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

const pathsOf = (base: string, { certificate, key, pages }: HubConfig['http']) => ({
  ...(pages !== undefined && { pages: resolve(base, pages) }),
  ...(certificate !== undefined && { certificate: resolve(base, certificate) }),
  ...(key !== undefined && { key: resolve(base, key) }),
})

const deskOf = (base: string, desk: HubConfig['calls']['desk']) =>
  desk && {
    ...desk,
    secretFile: resolve(base, desk.secretFile),
    ...(desk.ca !== undefined && { ca: resolve(base, desk.ca) }),
  }

const callsOf = (base: string, calls: HubConfig['calls']): HubConfig['calls'] => ({
  ...calls,
  turn: calls.turn && { ...calls.turn, secretFile: resolve(base, calls.turn.secretFile) },
  desk: deskOf(base, calls.desk),
  branches: calls.branches.map((one) => ({ ...one, secretFile: resolve(base, one.secretFile) })),
})

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
  const { branch, data, adapters, mqtt, http, calls } = parsed.data
  if (adapters.length > 0 && mqtt.loopback === false) throw complain(file, loopbackIsOff)
  return {
    ...parsed.data,
    branch: resolve(base, branch),
    data: resolve(base, data),
    http: { ...http, ...pathsOf(base, http) },
    calls: callsOf(base, calls),
    adapters: adapters.map((adapter) => ({ ...adapter, run: resolve(base, adapter.run) })),
  }
}
