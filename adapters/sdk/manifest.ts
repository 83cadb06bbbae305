/** The manifest that the hub gets, filled in from what the adapter can really do. */
import type { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Manifest } from '#protocol/messages.ts'
import type { Connection, DeviceDescription, DeviceSide } from './adapter.ts'

export const standardHeartbeatMs = 10_000

export type OwnManifest = Omit<Manifest, 'boot' | 'n'>

const issuesShown = 3

/** The first few things that are wrong, in words. */
export const whatIsWrong = (error: z.ZodError): string =>
  error.issues
    .slice(0, issuesShown)
    .map(({ path, message }) => `${path.join('.') || 'message'}: ${message}.`)
    .join(' ')

const checked = (manifest: object): OwnManifest => {
  const parsed = Manifest.safeParse(manifest)
  if (!parsed.success) throw new UsherError('adapter.manifest', whatIsWrong(parsed.error))
  const { boot: _boot, n: _n, ...own } = parsed.data
  return own
}

const guarantees = (description: Pick<DeviceDescription, 'guarantees'>) => ({
  acknowledges: true,
  cancels: true,
  deduplicates: true,
  keepsTime: false,
  ...description.guarantees,
})

const builtInOf = (side: DeviceSide) =>
  Object.entries(side.builtIn ?? {}).map(([behaviour, how]) => ({
    behaviour,
    switchable: typeof how === 'function',
  }))

const deviceManifest = (side: DeviceSide): OwnManifest => {
  const { capabilities = {}, languages, ...description } = side.manifest
  const builtIn = builtInOf(side)
  const unknown = Object.keys(capabilities).filter((name) => !Object.hasOwn(side.capabilities, name))
  if (unknown.length > 0)
    throw new UsherError('adapter.manifest', `There is no handler for ${unknown.join(', ')}.`)
  const handled = Object.keys(side.capabilities).map((name) => [
    name,
    { ...(languages !== undefined && { languages }), ...capabilities[name] },
  ])
  return checked({
    heartbeatMs: standardHeartbeatMs,
    ...description,
    ...(languages !== undefined && { languages }),
    capabilities: Object.fromEntries(handled),
    guarantees: guarantees(description),
    ...(builtIn.length > 0 && { builtIn }),
  })
}

const gatewayManifest = (connection: Extract<Connection, { manifest: object; devices: object }>) =>
  checked({
    heartbeatMs: standardHeartbeatMs,
    ...connection.manifest,
    capabilities: {},
    guarantees: guarantees(connection.manifest),
    kind: 'gateway',
    speaksFor: Object.keys(connection.devices),
  })

export interface Described {
  /** None: the gateway itself, which does nothing. */
  readonly side?: DeviceSide
  readonly manifest: OwnManifest
}

/** By device id. @throws UsherError `adapter.manifest` */
export const manifestsOf = (connection: Connection, device: string): ReadonlyMap<string, Described> => {
  const describe = (side: DeviceSide): Described => ({ side, manifest: deviceManifest(side) })
  if (connection.devices === undefined) return new Map([[device, describe(connection)]])
  return new Map<string, Described>([
    [device, { manifest: gatewayManifest(connection) }],
    ...Object.entries(connection.devices).map(([id, side]) => [id, describe(side)] as const),
  ])
}
