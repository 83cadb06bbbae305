/** The right to look at one recording for a while, after it was written down who looks. */
import { UsherError } from '#protocol/errors.ts'
import type { VaultKeys } from './vault/keys.ts'

const grantMs = 2 * 3_600_000
const purpose = 'grant'

export interface Grant {
  readonly recording: string
  readonly account: string
}

const bodyOf = ({ recording, account }: Grant, until: number) => JSON.stringify([recording, account, until])

export const makeGrant = (keys: VaultKeys, grant: Grant, wallMs: number): string => {
  const until = wallMs + grantMs
  return `${until}.${keys.mac(purpose, bodyOf(grant, until))}`
}

/** @throws UsherError `role.missing` */
export const checkGrant = (keys: VaultKeys, grant: Grant, given: { text: string; wallMs: number }): void => {
  const [until = '', mac = ''] = given.text.split('.')
  const isGood = Number(until) > given.wallMs && keys.isMac(purpose, bodyOf(grant, Number(until)), mac)
  if (!isGood) throw new UsherError('role.missing')
}
