/**
 * A hub that only says what it is told to: the built pages, who is signed in, and the line with whatever rows, changes
 * and positions are wanted. So pages are seen in states that a branch seldom has, and measured under a load of our own.
 */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { Server } from 'socket.io'
import type { Me } from '#protocol/desk/account.ts'
import {
  type CommandAnswer,
  type CommandCall,
  type LivePositions,
  liveLine,
} from '#protocol/desk/live/line.ts'
import type { LiveChanges, LiveRows } from '#protocol/desk/live/tables.ts'

export interface StageHubParts {
  /** Where the built lobby is. */
  readonly directory: string
  readonly rows: LiveRows
  /** What else is asked over HTTP, by path. */
  readonly answers?: Readonly<Record<string, (query: URLSearchParams) => unknown>>
  readonly onCommand?: (call: CommandCall) => CommandAnswer
  /** Hub time; without: as it is. */
  readonly now?: () => number
}

export interface StageHub {
  readonly url: string
  /** How many pages listen. */
  pages(): number
  delta(changes: LiveChanges): void
  positions(positions: LivePositions): void
  stop(): Promise<void>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

const beatMs = 2_000
const run = 'stage'

const manager = (): Me => ({
  name: 'lobby-1',
  title: { zh: '大堂经理', en: 'Lobby manager' },
  roles: ['manager', 'admin'],
  idleUntil: Date.now() + 3_600_000,
  until: Date.now() + 36_000_000,
})

const reply = (response: ServerResponse, type: string, body: string | Buffer) =>
  response.writeHead(200, { 'content-type': type }).end(body)

const serve = (
  { directory, answers = {} }: StageHubParts,
  request: IncomingMessage,
  response: ServerResponse,
) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stage')
  const answer = pathname === '/api/me' ? manager : answers[pathname]
  if (answer !== undefined) return reply(response, 'application/json', JSON.stringify(answer(searchParams)))
  if (!`${pathname}/`.startsWith('/lobby/')) return response.writeHead(404).end('{}')
  const path = normalize(pathname.slice('/lobby'.length))
  const type = types[extname(path)]
  try {
    if (type !== undefined) return reply(response, type, readFileSync(join(directory, path)))
  } catch {
    return response.writeHead(404).end()
  }
  return reply(response, 'text/html; charset=utf-8', readFileSync(join(directory, 'index.html')))
}

export const startStageHub = async (parts: StageHubParts): Promise<StageHub> => {
  const http = createServer((request, response) => serve(parts, request, response))
  const io = new Server(http, { path: liveLine, transports: ['websocket'], serveClient: false })
  const now = parts.now ?? Date.now
  let n = 0
  io.on('connection', (socket) => {
    socket.emit('snapshot', { run, n, at: now(), rows: parts.rows })
    socket.on('command', (call: CommandCall, answer: (answer: CommandAnswer) => void) =>
      answer(parts.onCommand?.(call) ?? { done: true, seq: n, at: now() }),
    )
  })
  const beat = setInterval(() => io.emit('beat', { at: now(), n }), beatMs)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    pages: () => io.engine.clientsCount,
    delta: (changes) => {
      n += 1
      io.emit('delta', { run, n, at: now(), changes })
    },
    positions: (positions) => io.volatile.emit('positions', positions),
    stop: async () => {
      clearInterval(beat)
      await io.close()
    },
  }
}
