/** What a device of a server can be asked for, and which method or job receiver it is asked of. */
import type { DeviceSide, JsonObject, VendorHandler } from '../sdk/adapter.ts'
import { argumentsOf } from './arguments.ts'
import type { DeviceConfig, TaskConfig } from './config.ts'
import { type JobStation, runJob } from './jobs.ts'
import { runMethod } from './methods.ts'

/** @throws DeviceUnsupported: asked before anything is promised */
const consider = (spec: TaskConfig | undefined, command: JsonObject) => {
  if (spec?.by === 'method') argumentsOf(spec.arguments, command)
  if (spec?.by === 'job') argumentsOf(spec.parameters, command)
}

const handlerOf =
  (station: JobStation, spec: TaskConfig): VendorHandler =>
  (command, task) =>
    spec.by === 'method'
      ? runMethod(station, spec, { command, task })
      : runJob(station, spec, { command, task })

export const sideOf = ({ kind, vendor, model, tasks }: DeviceConfig, station: JobStation): DeviceSide => {
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
