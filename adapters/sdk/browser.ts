/** The surface of `usher-adapter-sdk/browser`: the same SDK for a device whose program is a web page. */
import './no-eval.ts'

/** For the page's own `config`: a page without a bundler has no other way to it. */
export { z } from 'zod'
export type {
  Adapter,
  Capabilities,
  ConnectContext,
  Connection,
  DeviceHandle,
  DeviceSide,
  Handler,
  JsonObject,
  Sent,
  Task,
} from './adapter.ts'
export { defineAdapter } from './adapter.ts'
export {
  DeviceBusy,
  DeviceError,
  DeviceFault,
  DeviceUnauthorised,
  DeviceUnreachable,
  DeviceUnsupported,
  TaskStopped,
} from './errors.ts'
export type { PageStorage } from './memory-storage.ts'
export type { ClaimCode } from './page-identity.ts'
export type { PageOptions } from './run-in-browser.ts'
export { runInBrowser } from './run-in-browser.ts'
export type { RunningAdapter } from './start-adapter.ts'
