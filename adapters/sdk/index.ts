/** Everything that an adapter may use: the surface of the package `usher-adapter-sdk`. */
export type {
  Adapter,
  BuiltInName,
  Capabilities,
  ConnectContext,
  Connection,
  DeviceDescription,
  DeviceHandle,
  DeviceSide,
  Handler,
  JsonObject,
  Sent,
  Task,
  VendorHandler,
} from './adapter.ts'
export { defineAdapter } from './adapter.ts'
export type { DeviceErrorOptions } from './errors.ts'
export {
  DeviceBusy,
  DeviceError,
  DeviceFault,
  DeviceUnauthorised,
  DeviceUnreachable,
  DeviceUnsupported,
  TaskStopped,
} from './errors.ts'
export { createFleetingMemory } from './memory.ts'
export { createMqttTransport } from './mqtt-transport.ts'
export type { Clock, Log, Session, Transport } from './ports.ts'
export type { RunOptions } from './run-adapter.ts'
export { runAdapter } from './run-adapter.ts'
export type { Settings } from './settings.ts'
export type { AdapterParts, RunningAdapter } from './start-adapter.ts'
export { startAdapter } from './start-adapter.ts'
