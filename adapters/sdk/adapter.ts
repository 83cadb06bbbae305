/**
 * What an adapter is: a name, the settings it needs, and how it reaches its device. Everything else (the line to the
 * hub, deadlines, repeats, restarts) is the same for all and is done for it.
 */
import type { z } from 'zod'
import type { CapabilityName, CommandOf, capabilities, ResultOf } from '#protocol/capabilities.ts'
import type { EventData, EventName } from '#protocol/events.ts'
import type { DeviceConfig, DeviceState, Manifest, Report } from '#protocol/messages.ts'
import type { Words } from '#protocol/targets.ts'
import type { Log } from './ports.ts'

export type JsonObject = NonNullable<Report['result']>
export type ProgressOf<N extends CapabilityName> = z.infer<(typeof capabilities)[N]['progress']>

/** One attempt at one task, while it runs. */
export interface Task<Progress = JsonObject> {
  readonly id: string
  readonly attempt: number
  /**
   * Aborted when it must stop: cancelled, out of time, all movement stopped, the device gone, the adapter ending. The
   * reason is a `TaskStopped`. Stop the device, then throw or return; the end is reported when the handler is over.
   */
  readonly signal: AbortSignal
  /** By when it must be over. */
  readonly runWithinMs: number
  /**
   * The device has really begun. Said for you with the first progress, or when the handler has run a moment; say it
   * yourself as soon as you know. After it, nobody believes that nothing happened.
   */
  started(): void
  progress(progress: Progress): void
  /**
   * What to say instead of just stopping, when the hub cancelled with an apology; empty otherwise. Who does not take
   * it and has an `announce` handler gets that one called with it after the task has stopped.
   */
  apology(): readonly Words[]
}

export type Handler<N extends CapabilityName> = (
  command: CommandOf<N>,
  task: Task<ProgressOf<N>>,
) => Promise<ResultOf<N>>
export type VendorHandler = (command: JsonObject, task: Task) => Promise<JsonObject>

/** By the capability's name, which gives command and result their types. `x-…` are the vendor's own. */
export type Capabilities = { readonly [N in CapabilityName]?: Handler<N> } & {
  readonly [name: `x-${string}`]: VendorHandler
}

/** What the device is. Capabilities, built-in behaviours and most guarantees are filled in from what it can do. */
export interface DeviceDescription
  extends Pick<Manifest, 'kind' | 'vendor' | 'model' | 'firmware' | 'languages' | 'periods' | 'heartbeatMs'> {
  /** Where one capability differs: its languages, whether it begins at once, and a vendor's own repeat rule. */
  readonly capabilities?: Manifest['capabilities']
  /** `cancels: false` for a device that may go on after a cancel; `keepsTime` for one with a clock of its own. */
  readonly guarantees?: Pick<NonNullable<Manifest['guarantees']>, 'cancels' | 'keepsTime'>
}

export type BuiltInName = 'greet' | 'promote'

/** One device as the hub sees it. */
export interface DeviceSide {
  readonly manifest: DeviceDescription
  readonly capabilities: Capabilities
  /** These run beside whatever else it does; all others one at a time. */
  readonly concurrent?: readonly (keyof Capabilities)[]
  /** Whether a stop of all movement stops it. Default: robots. */
  readonly moves?: boolean
  /**
   * When a handler has run so long without a word, its device has begun, and nobody else will be asked. Longer for a
   * device that can say late that it does not begin. At most half of the time in which it has to start. Default: 300.
   */
  readonly startedAfterMs?: number
  /** Asked at the offer, before anything is promised; throw `DeviceUnsupported` for a place it does not know. */
  consider?(capability: string, command: JsonObject): void | Promise<void>
  /**
   * What it does without being asked. A function switches it on and off, and the hub does so; `always` says that nobody
   * can: then tell each time with `performed`, so that the visitor is not greeted again.
   */
  readonly builtIn?: { readonly [B in BuiltInName]?: ((on: boolean) => void | Promise<void>) | 'always' }
}

interface Closes {
  /** Lets go of the device. Called once, also before it connects again. */
  close(): void | Promise<void>
  /** Settles when the device is gone; the adapter then connects again, longer and longer apart. */
  readonly lost?: Promise<unknown>
}

/** What `connect` gives back: one device, or a gateway with the devices that it speaks for. */
export type Connection =
  | (DeviceSide & Closes & { readonly devices?: never })
  | (Closes & {
      readonly devices: Readonly<Record<string, DeviceSide>>
      readonly manifest: Omit<DeviceDescription, 'kind'>
    })

/** What became of something that was to be sent. A bad one is counted and logged too; it never throws. */
export type Sent =
  | { readonly sent: true }
  | { readonly sent: false; readonly code: string; readonly text: string }

/** The adapter's hand on one device of the branch. */
export interface DeviceHandle {
  readonly id: string
  /** Something it sensed: kept until the hub has it. */
  emit<N extends EventName>(name: N, data: EventData<N>): Sent
  emit(name: `x-${string}`, data: JsonObject): Sent
  /** Battery, place, blocked, …: joined with what was said before, and told again as a heartbeat. */
  state(patch: Omit<DeviceState, 'boot' | 'n'>): Sent
  /** Positions and the like: never kept. */
  stream(name: string, data: JsonObject): Sent
  /** Out of order, with the reason; `undefined`: in order again. Offers are refused meanwhile. */
  fault(reason: string | undefined): void
  /** It goes away for new firmware, for so long if it knows; `false`: it is back. */
  updating(away: { readonly forMs?: number } | false): void
  /** It did by itself what the hub also does. */
  performed(behaviour: BuiltInName, about: Omit<EventData<'behaviour.performed'>, 'behaviour'>): Sent
  /** What the hub told it last. */
  config(): DeviceConfig | undefined
  /** @returns ends the listening. Called at once when there is a config already. */
  onConfig(listener: (config: DeviceConfig) => void): () => void
}

export interface ConnectContext<Config> {
  readonly config: Config
  /** Aborted when the adapter ends. */
  readonly signal: AbortSignal
  readonly log: Log
  /** Its own device; of a gateway, the gateway itself. */
  readonly device: DeviceHandle
  /** Of a gateway: the hand on a device it speaks for. */
  devices(id: string): DeviceHandle
}

export interface Adapter<Config extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly version: string
  readonly config: Config
  /** Throw `DeviceUnreachable` to be called again after a while. */
  connect(context: ConnectContext<z.output<Config>>): Promise<Connection>
}

/** @returns the adapter itself; the types of its settings, commands and results are worked out on the way. */
export const defineAdapter = <Config extends z.ZodType>(adapter: Adapter<Config>): Adapter<Config> => adapter
