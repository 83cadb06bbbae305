/** A page's way to the broker without a browser: WebSockets as a browser opens them, and as no browser would. */
import { webcrypto } from 'node:crypto'
import { get } from 'node:http'
import type { IClientOptions } from 'mqtt'
import { WebSocket } from 'ws'
import { proofWith, requestWith } from '#adapters/sdk/page-keys.ts'
import { authority, pageOrigin } from './enrol-support.ts'

export const makePage = async (name = 'b1/robot1') => {
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  return {
    csr: await requestWith(keys, name),
    prove: (challenge: string, as = name) => proofWith(keys, as, challenge),
  }
}
export type Page = Awaited<ReturnType<typeof makePage>>

export const challengeOf = (
  port: number,
  headers: Record<string, string> = { origin: pageOrigin },
  path = '/challenge',
) =>
  new Promise<{ status: number; body: string; allowed: string | undefined }>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers }, (answer) => {
      let body = ''
      answer.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          body,
          allowed: answer.headers['access-control-allow-origin'],
        }),
      )
    }).on('error', reject)
  })

/** mqtt.js over WebSocket, as from a page of that origin. */
export const asPage = (
  origin: string | undefined = pageOrigin,
  more: IClientOptions = {},
): IClientOptions => ({
  protocol: 'ws',
  path: '/mqtt',
  wsOptions: origin === undefined ? {} : { origin },
  ...more,
})

export const asSecurePage = (more: IClientOptions = {}): IClientOptions => ({
  ...asPage(),
  protocol: 'wss',
  ca: authority.certificate,
  servername: 'localhost',
  ...more,
})

/** The credentials of one sign-in with a fresh challenge. */
export const proven = async (port: number, page: Page, as?: string): Promise<IClientOptions> => {
  const { body } = await challengeOf(port)
  return { username: 'key', password: await page.prove(body, as) }
}

export interface Raw {
  readonly socket: WebSocket
  /** The HTTP status it was refused with, or `open`. */
  readonly opened: Promise<number | 'open'>
  readonly closed: Promise<void>
}

const open: WebSocket[] = []

/** A WebSocket to send over what no client library would. */
export const rawSocket = (
  port: number,
  {
    path = '/mqtt',
    protocols = ['mqtt'],
    origin = pageOrigin,
  }: { path?: string; protocols?: string[]; origin?: string } = {},
): Raw => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { origin })
  open.push(socket)
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const opened = new Promise<number | 'open'>((resolve) => {
    socket.once('open', () => resolve('open'))
    socket.once('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0)
      request.destroy()
    })
    void closed.then(() => resolve(0))
  })
  return { socket, opened, closed }
}

export const endPages = (): void => {
  for (const socket of open.splice(0)) socket.terminate()
}
