/** Both sides show that they know the secret, and neither sends it: signed is what the other one made up a moment ago. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export const newNonce = (): string => randomBytes(24).toString('base64url')

interface Signed {
  readonly side: 'branch' | 'desk'
  readonly branch: string
  /** Of the desk, then of the branch. */
  readonly nonces: readonly [string, string]
}

export const prove = (secret: string, { side, branch, nonces }: Signed): string =>
  createHmac('sha256', secret)
    .update(['usher desk line 1', side, branch, ...nonces].join('\n'))
    .digest('base64url')

export const isProof = (given: string, secret: string, signed: Signed): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(prove(secret, signed))]
  return one.length === other.length && timingSafeEqual(one, other)
}
