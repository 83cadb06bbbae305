/** OPC UA as an adapter: a gateway between the servers of a building and the hub. */
import { join } from 'node:path'
import { defineAdapter } from '../sdk/adapter.ts'
import { DeviceUnreachable } from '../sdk/errors.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import { createSystemClock } from '../sdk/system-clock.ts'
import { OpcUaConfig, type ServerConfig } from './config.ts'
import { Installation } from './installation.ts'
import { openOwnCertificate } from './pki/own-certificate.ts'
import { openTrustList } from './pki/trust-list.ts'
import type { OpenSession } from './stack.ts'
import { within } from './within.ts'

export interface OpcUaParts {
  readonly clock: Clock
  readonly chance: () => number
  /** For the own key and the trust list. */
  readonly stateFolder: string
  readonly open: OpenSession
}

/** Until every server has answered or failed once, but not for long: a server that is away keeps nobody waiting. */
const gatherMs = 5_000

/** What is weaker than it should be is said each time, not only when it was set. */
const warnOf = ({ name, security, identity }: ServerConfig, log: Log) => {
  if (security.mode !== 'SignAndEncrypt')
    log.warn('the line to a server is not encrypted', { server: name, mode: security.mode })
  if (identity.by === 'anonymous') log.warn('nobody signs in at a server', { server: name })
  if (identity.by === 'password' && security.mode === 'None')
    log.warn('the password of a server is not protected on its way', { server: name })
}

/** @throws DeviceUnreachable */
const certificate = async (folder: string, device: string) => {
  try {
    return await openOwnCertificate(folder, device)
  } catch (error) {
    throw new DeviceUnreachable(`Its own certificate cannot be made: ${String(error)}`, {
      begun: false,
      cause: error,
    })
  }
}

export const createOpcUa = (parts: OpcUaParts) =>
  defineAdapter({
    name: 'opc-ua',
    version: '1.0.0',
    config: OpcUaConfig,
    async connect(context) {
      const { config, log, device } = context
      const folder = join(parts.stateFolder, `${device.id}.pki`)
      const own = await certificate(folder, device.id)
      log.info(own.isNew ? 'a certificate was made; trust it at the server' : 'its own certificate', {
        file: own.certificateFile,
        sha256: own.fingerprint,
        applicationUri: own.applicationUri,
        validTo: own.validTo.toISOString(),
      })
      const { clock, chance, open } = parts
      const installations = config.servers.map((server) => {
        warnOf(server, log)
        const trust = openTrustList(join(folder, server.name), server.trusted, () => clock.now())
        const opened = () => open({ server, own, trust, clock, name: `usher-${device.id}` })
        return new Installation({ server, clock, chance, log, devices: context.devices, open: opened })
      })
      const lines = installations.map(({ line }) => line)
      await within(Promise.all(lines.map(({ tried }) => tried)), { clock, ms: gatherMs })
      return {
        manifest: { vendor: 'Usher', model: 'OPC UA gateway' },
        devices: Object.fromEntries(installations.flatMap((one) => one.sides())),
        close: async () => {
          await Promise.all(lines.map((line) => line.close()))
        },
      }
    },
  })

/** Loaded only when the adapter runs: whoever looks at its settings need not wait for the stack. */
const openWithStack: OpenSession = async (parts) => (await import('./stack.ts')).openSession(parts)

export const opcUa = (stateFolder: string) =>
  createOpcUa({ clock: createSystemClock(), chance: Math.random, stateFolder, open: openWithStack })
