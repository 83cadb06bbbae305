/** What a page that is nobody yet asks the hub it came from: each as its route declares it, checked on the way back. */
import type { z } from 'zod'
import { pairingRoutes } from '#protocol/desk/pairing-routes.ts'
import type { DeskRoute, RequestOf, ResponseOf } from '#protocol/desk/route.ts'

type Questions = Pick<typeof pairingRoutes, 'door' | 'askPairing' | 'followPairing'>

export type Door = ResponseOf<Questions['door']>

export type Ask = <Name extends keyof Questions>(
  name: Name,
  request: RequestOf<Questions[Name]>,
) => Promise<ResponseOf<Questions[Name]>>

const withinMs = 10_000

/** @throws where no hub answers, or another one than this page was made for */
export const ask: Ask = async (name, request) => {
  const { method, path, response: shape }: DeskRoute = pairingRoutes[name]
  // `AbortSignal.timeout` is younger than the oldest browsers.
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), withinMs)
  try {
    const response = await fetch(path, {
      method,
      cache: 'no-store',
      credentials: 'omit',
      signal: late.signal,
      ...(method === 'POST' && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return (shape as z.ZodType).parse(await response.json()) as ResponseOf<Questions[typeof name]>
  } finally {
    clearTimeout(timer)
  }
}

/** @returns undefined: there is no way in for this page. */
export const brokerOf = (
  { ws, wss }: Pick<Door, 'ws' | 'wss'>,
  { protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>,
): string | undefined => {
  if (protocol === 'http:' && ws !== null) return `ws://${hostname}:${ws}/mqtt`
  return wss === null ? undefined : `wss://${hostname}:${wss}/mqtt`
}
