/**
 * Credentials for the relay that end by themselves, made without asking it (draft-uberti-behave-turn-rest-00, as coturn's
 * use-auth-secret reads it): the name says until when, and the password is the name signed with what both know.
 */
import { createHmac } from 'node:crypto'

export interface Wanted {
  readonly secret: string
  /** Whose they are, for the quota of the relay. */
  readonly user: string
  readonly nowMs: number
  readonly ttlMs: number
}

export const turnCredential = ({ secret, user, nowMs, ttlMs }: Wanted) => {
  const username = `${Math.floor((nowMs + ttlMs) / 1_000)}:${user}`
  // SHA-1 is what the relay reckons with; what is known of SHA-1 does not weaken HMAC with it (RFC 6151 says why for MD5).
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}
