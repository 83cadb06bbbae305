/** One server and the devices of the branch that are behind it: watched, and out of order while it cannot be worked with. */
import type { ConnectContext, DeviceHandle, DeviceSide } from '../sdk/adapter.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import type { DeviceConfig, OpcUaConfig, ServerConfig } from './config.ts'
import { createInputs, type Inputs } from './inputs.ts'
import { stopLeftovers } from './jobs.ts'
import { openLine, type ServerLine } from './line.ts'
import type { Reading } from './reading.ts'
import type { Session } from './session.ts'
import { sideOf } from './side.ts'
import type { Cause } from './trouble.ts'

export interface InstallationParts {
  readonly server: ServerConfig
  readonly clock: Clock
  readonly chance: () => number
  readonly log: Log
  readonly devices: ConnectContext<OpcUaConfig>['devices']
  readonly open: () => Promise<Session>
}

interface Placed {
  readonly id: string
  readonly config: DeviceConfig
  readonly handle: DeviceHandle
  readonly inputs: Inputs
}

export class Installation {
  readonly line: ServerLine
  readonly #parts: InstallationParts
  readonly #placed: readonly Placed[]
  /** Jobs that are being looked after. */
  readonly #active = new Set<string>()
  readonly #unknown = new Set<string>()

  constructor(parts: InstallationParts) {
    this.#parts = parts
    this.#placed = Object.entries(parts.server.devices).map(([id, config]) => {
      const handle = parts.devices(id)
      return { id, config, handle, inputs: createInputs(handle, config.inputs) }
    })
    this.#down('server-unreachable')
    this.line = openLine({
      ...parts,
      onUp: (session) => this.#up(session),
      onDown: (reason) => this.#down(reason),
    })
  }

  sides(): readonly (readonly [string, DeviceSide])[] {
    const { server, clock } = this.#parts
    const station = { line: this.line, server, clock, active: this.#active }
    return this.#placed.map(({ id, config }) => [id, sideOf(config, { ...station, device: id })] as const)
  }

  async #up(session: Session) {
    const { log, server } = this.#parts
    await this.#watch(session)
    await this.#tidy(session).catch((error: unknown) =>
      log.warn('jobs of an earlier life cannot be looked for', {
        server: server.name,
        error: String(error),
      }),
    )
    for (const { handle } of this.#placed) handle.fault(undefined)
  }

  #down(reason: Cause) {
    for (const { inputs, handle } of this.#placed) {
      inputs.forget()
      handle.fault(reason)
    }
  }

  async #watch(session: Session) {
    const { server } = this.#parts
    const watched = this.#placed.flatMap((placed) =>
      placed.config.inputs.map((input, index) => ({ placed, input, index })),
    )
    await session.watch(
      watched.map(({ input }) => ({ node: input.node, samplingMs: input.samplingMs ?? server.samplingMs })),
      (number, reading) => {
        const one = watched[number]
        if (one === undefined) return
        one.placed.inputs.hear(one.index, reading)
        this.#lookForUnknown(one.placed.id, one.input.node, reading)
      },
    )
  }

  #lookForUnknown(device: string, node: string, { status }: Reading) {
    const name = `${device} ${node}`
    if (!status.startsWith('BadNodeId') || this.#unknown.has(name)) return
    this.#unknown.add(name)
    this.#parts.log.error('the server does not know a node', { device, node })
  }

  async #tidy(session: Session) {
    const { log, server } = this.#parts
    for (const { id, config } of this.#placed) {
      const receivers = new Set(
        Object.values(config.tasks).flatMap((spec) => (spec.by === 'job' ? [spec.receiver] : [])),
      )
      for (const name of receivers) {
        const receiver = await session.receiver(name)
        const jobs = await stopLeftovers({ device: id, active: this.#active }, receiver)
        if (jobs.length > 0) log.warn('jobs of an earlier life are stopped', { server: server.name, jobs })
      }
    }
  }
}
