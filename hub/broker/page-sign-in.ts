/**
 * Who a web page is: the one whose key was approved, shown by a proof, since a page has no say in certificates; or, where
 * the settings trust the pages of this machine, the declared device that it says it is.
 */
import type { ErrorCode } from '#protocol/errors.ts'
import { proofUser } from '#protocol/key-proof.ts'
import type { RegistryRow } from '../engine/state.ts'
import type { DeviceDirectory } from './directory.ts'
import { provenKey } from './proven-key.ts'
import { isExpired, isRequestedKey } from './registration.ts'
import type { Identity } from './rules.ts'
import type { SignInRequest } from './sign-in.ts'

export interface PageSignInParts {
  readonly directory: DeviceDirectory
  /** Hub time. */
  readonly nowMs: () => number
  /** `declared`: every page of this machine that is let in may be any device of the branch file. */
  readonly webSocketTrust?: 'declared' | 'claimed'
  /** Whether this challenge is good, once; absent where there is no WebSocket listener. */
  spendChallenge?(challenge: string, address: string): boolean
  known(device: string, row: RegistryRow | undefined): Identity
  enrolling(device: string): Identity
}

export const createPageSignIn = (parts: PageSignInParts) => {
  const byKey = (device: string, request: SignInRequest, row: RegistryRow): Identity | ErrorCode => {
    const { clientId, address } = request
    const password = request.password?.toString('utf8') ?? ''
    const spend = (challenge: string) => parts.spendChallenge?.(challenge, address) === true
    const presented = provenKey({ clientId, address, password }, { spend })
    if (presented === undefined) return 'connect.credential'
    // A new claim code was made for it: the key that asked before is no longer meant.
    if (row.status === 'invited') return 'connect.not-approved'
    if (!isRequestedKey(row, presented)) return 'connect.credential'
    // What is not approved yet, or no longer in force, may be fetched anew, and nothing else.
    const inForce = row.status === 'approved' && !isExpired(row, parts.nowMs())
    return inForce ? parts.known(device, row) : parts.enrolling(device)
  }

  return (device: string, request: SignInRequest, row: RegistryRow | undefined): Identity | ErrorCode => {
    if (request.username === proofUser)
      return row === undefined ? 'connect.unknown-device' : byKey(device, request, row)
    if (request.listener !== 'websocket' || parts.webSocketTrust !== 'declared') return 'connect.credential'
    const isDeclared = parts.directory.declared(device) !== undefined
    return isDeclared ? parts.known(device, row) : 'connect.unknown-device'
  }
}
