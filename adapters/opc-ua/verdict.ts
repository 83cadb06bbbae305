/** What an answer of the server means for a task: from its status code to the errors of the SDK. */
import {
  DeviceBusy,
  type DeviceError,
  DeviceFault,
  DeviceUnauthorised,
  DeviceUnreachable,
  DeviceUnsupported,
} from '../sdk/errors.ts'

/** OPC 10000-4, 7.39.2: the call was turned away, nothing was begun. */
const refusals: Readonly<Record<string, (text: string) => DeviceError>> = {
  ...named(
    [
      'BadMethodInvalid',
      'BadNodeIdUnknown',
      'BadNodeIdInvalid',
      'BadNotSupported',
      'BadNotImplemented',
      'BadNotExecutable',
      'BadArgumentsMissing',
      'BadTooManyArguments',
      'BadInvalidArgument',
      'BadTypeMismatch',
      'BadOutOfRange',
    ],
    (text) => new DeviceUnsupported(text),
  ),
  ...named(
    ['BadUserAccessDenied', 'BadIdentityTokenRejected', 'BadSecurityModeInsufficient'],
    (text) => new DeviceUnauthorised(text),
  ),
  ...named(
    ['BadInvalidState', 'BadResourceUnavailable', 'BadTooManyOperations', 'BadServerTooBusy', 'BadLocked'],
    (text) => new DeviceBusy(text),
  ),
  ...named(
    [
      'BadSessionIdInvalid',
      'BadSessionClosed',
      'BadSecureChannelIdInvalid',
      'BadServerHalted',
      'BadShutdown',
    ],
    (text) => new DeviceUnreachable(text, { begun: false }),
  ),
}

function named(names: readonly string[], make: (text: string) => DeviceError) {
  return Object.fromEntries(names.map((name) => [name, make]))
}

/** Whether it did it in the end is not known. */
const unanswered: ReadonlySet<string> = new Set([
  'BadTimeout',
  'BadRequestTimeout',
  'BadCommunicationError',
  'BadConnectionClosed',
  'BadConnectionRejected',
  'BadRequestInterrupted',
])

/** @returns undefined when it was done */
export const errorOf = (status: string): DeviceError | undefined => {
  if (status.startsWith('Good')) return undefined
  const text = `The server answered ${status}.`
  const refusal = refusals[status]
  if (refusal !== undefined) return refusal(text)
  if (unanswered.has(status)) return new DeviceUnreachable(text, { code: 'no-answer' })
  return new DeviceFault(text, {
    code: status.startsWith('Uncertain') ? 'method-uncertain' : 'method-failed',
  })
}

/** Bits of the return status of a job method (OPC 10031-4, B.2). */
const statusBits = { noError: 0, unknownJob: 1, invalidCommand: 2, invalidStatus: 3, notAccepted: 4 } as const

export type JobAnswer = 'done' | 'unknown-job' | 'invalid-state' | 'not-accepted' | 'failed'

/** @param status null: the server gave none */
export const jobAnswerOf = (status: bigint | null): JobAnswer => {
  // Without an error bit 0 is set; some servers leave all bits out.
  if (status === null || status === 0n) return 'done'
  const has = (bit: number) => (status & (1n << BigInt(bit))) !== 0n
  if (has(statusBits.unknownJob)) return 'unknown-job'
  if (has(statusBits.invalidCommand) || has(statusBits.invalidStatus)) return 'invalid-state'
  if (has(statusBits.notAccepted)) return 'not-accepted'
  return has(statusBits.noError) && status === 1n ? 'done' : 'failed'
}
