/** OPC UA as an adapter: a gateway between the servers of a building and the hub. */
import { join } from 'node:path'
import { type ConnectContext, type DeviceSide, defineAdapter, type JsonObject, type VendorHandler } from '../sdk/adapter.ts'
import { DeviceUnreachable } from '../sdk/errors.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import { createSystemClock } from '../sdk/system-clock.ts'
import { argumentsOf } from './arguments.ts'
import { type DeviceConfig, OpcUaConfig, type ServerConfig, type TaskConfig } from './config.ts'
import { createInputs, type Inputs } from './inputs.ts'
import { type JobStation, runJob, stopLeftovers } from './jobs.ts'
import { openLine, type ServerLine } from './line.ts'
import { runMethod } from './methods.ts'
import { openOwnCertificate, type OwnCertificate } from './pki/own-certificate.ts'
import { openTrustList } from './pki/trust-list.ts'
import type { Session } from './session.ts'
import type { OpenSession } from './stack.ts'
import { within } from './within.ts'

export interface OpcUaParts {
  readonly clock: Clock
  readonly chance: () => number
  /** For the own key and the trust list. */
  readonly stateFolder: string
  readonly open: OpenSession
}

type Context = ConnectContext<OpcUaConfig>

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

/** @throws DeviceUnsupported: asked before anything is promised */
const consider = (spec: TaskConfig | undefined, command: JsonObject) => {
  if (spec?.by === 'method') argumentsOf(spec.arguments, command)
  if (spec?.by === 'job') argumentsOf(spec.parameters, command)
}

const handlerOf =
  (station: JobStation, spec: TaskConfig): VendorHandler =>
  (command, task) =>
    spec.by === 'method' ? runMethod(station, spec, { command, task }) : runJob(station, spec, { command, task })

const sideOf = ({ kind, vendor, model, tasks }: DeviceConfig, station: JobStation): DeviceSide => {
  const specs = Object.entries(tasks)
  // A method that nothing can stop goes on after a cancel.
  const cancels = specs.every(([, spec]) => spec.by === 'job' || spec.stop !== undefined)
  return {
    manifest: {
      kind,
      vendor,
      model,
      guarantees: { cancels },
      capabilities: Object.fromEntries(
        specs.map(([name, { repeat }]) => [name, repeat === undefined ? {} : { repeat }]),
      ),
    },
    capabilities: Object.fromEntries(specs.map(([name, spec]) => [name, handlerOf(station, spec)])),
    consider: (capability, command) => consider(tasks[capability], command),
  }
}

interface Placed {
  readonly id: string
  readonly config: DeviceConfig
  readonly inputs: Inputs
}

const createPlant = (parts: OpcUaParts, context: Context, about: { server: ServerConfig; own: OwnCertificate; folder: string }) => {
  const { server, own, folder } = about
  const { clock, chance, open } = parts
  const { log, devices } = context
  const active = new Set<string>()
  const placed: Placed[] = Object.entries(server.devices).map(([id, config]) => ({
    id,
    config,
    inputs: createInputs(devices(id), config.inputs),
  }))
  const trust = openTrustList(join(folder, server.name), server.trusted, () => clock.now())
  let line: ServerLine | undefined

  const tidy = async (session: Session) => {
    for (const { id, config } of placed) {
      const receivers = new Set(
        Object.values(config.tasks).flatMap((spec) => (spec.by === 'job' ? [spec.receiver] : [])),
      )
      for (const receiver of receivers) {
        const stopped = await stopLeftovers({ device: id, active }, await session.receiver(receiver))
        if (stopped.length > 0) log.warn('jobs of an earlier life are stopped', { server: server.name, jobs: stopped })
      }
    }
  }
  const watch = async (session: Session) => {
    const watched = placed.flatMap(({ config, inputs, id }) =>
      config.inputs.map((input, index) => ({ id, input, inputs, index, isTold: false })),
    )
    await session.watch(
      watched.map(({ input }) => ({ node: input.node, samplingMs: input.samplingMs ?? server.samplingMs })),
      (number, reading) => {
        const one = watched[number]
        if (one === undefined) return
        one.inputs.hear(one.index, reading)
        if (reading.status.startsWith('BadNodeId') && !one.isTold) {
          one.isTold = true
          log.error('the server does not know a node', { device: one.id, node: one.input.node })
        }
      },
    )
  }
  return {
    start() {
      for (const { inputs } of placed) inputs.forget()
      const opened = openLine({
        server,
        clock,
        chance,
        log,
        open: () => open({ server, own, trust, clock, name: `usher-${context.device.id}` }),
        async onUp(session) {
          await watch(session)
          await tidy(session).catch((error: unknown) =>
            log.warn('jobs of an earlier life cannot be looked for', { server: server.name, error: String(error) }),
          )
          for (const { id } of placed) devices(id).fault(undefined)
        },
        onDown(reason) {
          for (const { id, inputs } of placed) {
            inputs.forget()
            devices(id).fault(reason)
          }
        },
      })
      line = opened
      return opened
    },
    sides: (): readonly (readonly [string, DeviceSide])[] => {
      if (line === undefined) return []
      const station = { line, server, clock, active }
      return placed.map(({ id, config }) => [id, sideOf(config, { ...station, device: id })] as const)
    },
  }
}

/** @throws DeviceUnreachable */
const certificate = async (folder: string, device: string) => {
  try {
    return await openOwnCertificate(folder, device)
  } catch (error) {
    throw new DeviceUnreachable(`Its own certificate cannot be made: ${String(error)}`, { begun: false, cause: error })
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
      const plants = config.servers.map((server) => {
        warnOf(server, log)
        return createPlant(parts, context, { server, own, folder })
      })
      const lines = plants.map((plant) => plant.start())
      await within(Promise.all(lines.map(({ tried }) => tried)), { clock: parts.clock, ms: gatherMs })
      return {
        manifest: { vendor: 'Usher', model: 'OPC UA gateway' },
        devices: Object.fromEntries(plants.flatMap((plant) => plant.sides())),
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
