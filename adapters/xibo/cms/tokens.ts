/** The right to speak to the CMS: OAuth 2 client credentials, asked for once at a time and renewed before they run out. */
import { z } from 'zod'
import type { Exchange } from './exchange.ts'
import { CmsTrouble } from './trouble.ts'

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

export interface Tokens {
  /** @throws CmsTrouble */
  get(): Promise<string>
  /** The CMS no longer takes it. */
  spoil(token: string): void
}

const marginShare = 0.1
const marginMaxMs = 60_000

export const createTokens = (parts: {
  readonly exchange: Exchange
  readonly clientId: string
  readonly clientSecret: string
  readonly nowMs: () => number
}): Tokens => {
  const { exchange, clientId, clientSecret, nowMs } = parts
  let held: { token: string; until: number } | undefined
  let asking: Promise<string> | undefined

  const ask = async () => {
    const askedAt = nowMs()
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    })
    const { body } = await exchange({ method: 'POST', path: '/api/authorize/access_token', form }, {}).catch(
      (error: unknown) => {
        // RFC 6749, 5.2: a bad secret may be told with 400, too.
        if (error instanceof CmsTrouble && error.kind === 'rejected')
          throw new CmsTrouble('unauthorised', { mayBeDone: false, cause: error })
        throw error
      },
    )
    const granted = Granted.safeParse(body)
    if (!granted.success) throw new CmsTrouble('odd', { mayBeDone: false, note: 'It gives no token.' })
    const livesMs = granted.data.expires_in * 1_000
    held = {
      token: granted.data.access_token,
      until: askedAt + livesMs - Math.min(marginMaxMs, livesMs * marginShare),
    }
    return held.token
  }
  return {
    async get() {
      if (held !== undefined && nowMs() < held.until) return held.token
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return await asking
    },
    spoil(token) {
      if (held?.token === token) held = undefined
    },
  }
}
