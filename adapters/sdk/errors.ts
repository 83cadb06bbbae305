/**
 * What went wrong with a device, thrown by an adapter: the class decides what the hub is told. Whether the device may
 * have begun matters most, because what may happen only once is then not given to another.
 */
import { idPattern } from '#protocol/ids.ts'

export interface DeviceErrorOptions {
  /** For the record, instead of the code of the class: lower-case letters, digits, dashes. */
  readonly code?: string
  /** Whether the device may have begun. Only say `false` when it certainly did nothing. */
  readonly begun?: boolean
  readonly cause?: unknown
}

export abstract class DeviceError extends Error {
  readonly code: string
  readonly begun: boolean

  constructor(message: string, options: DeviceErrorOptions, standard: { code: string; begun: boolean }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = options.code !== undefined && idPattern.test(options.code) ? options.code : standard.code
    this.begun = options.begun ?? standard.begun
  }
}

/** Nothing answers. A request that may have arrived counts as begun, unless `begun: false` says otherwise. */
export class DeviceUnreachable extends DeviceError {
  constructor(message = 'The device does not answer.', options: DeviceErrorOptions = {}) {
    super(message, options, { code: 'unreachable', begun: true })
  }
}

/** The device does not let the adapter in: staff must look at its password or certificate. */
export class DeviceUnauthorised extends DeviceError {
  constructor(message = 'The device does not accept this adapter.', options: DeviceErrorOptions = {}) {
    super(message, options, { code: 'unauthorised', begun: false })
  }
}

/** It cannot do this at all: not this place, not this language, not this model. */
export class DeviceUnsupported extends DeviceError {
  constructor(message = 'The device cannot do this.', options: DeviceErrorOptions = {}) {
    super(message, options, { code: 'unsupported', begun: false })
  }
}

/** It is doing something else on its own account. */
export class DeviceBusy extends DeviceError {
  constructor(message = 'The device is busy.', options: DeviceErrorOptions = {}) {
    super(message, options, { code: 'busy', begun: false })
  }
}

/** It began and could not finish: blocked, battery empty, a motor, a screen. */
export class DeviceFault extends DeviceError {
  constructor(message = 'The device has a fault.', options: DeviceErrorOptions = {}) {
    super(message, options, { code: 'device-fault', begun: true })
  }
}

/** Why a task's signal was aborted: `signal.reason`. */
export class TaskStopped extends Error {
  override readonly name = 'TaskStopped'
  /** `cancel`, `deadline`, `movement`, `lost` (the device is gone) or `closing` (the adapter ends). */
  readonly why: 'cancel' | 'deadline' | 'movement' | 'lost' | 'closing'
  /** The code of the report. */
  readonly code: string

  constructor(why: TaskStopped['why'], code: string) {
    super(`The task is stopped: ${code}.`)
    this.why = why
    this.code = code
  }
}
