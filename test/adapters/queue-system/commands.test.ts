/** Changing a ticket at a queue system that does it, does not know it, is busy, refuses, is silent, or says OK to everything. */
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createManageTicket } from '#adapters/queue-system/commands/manage-ticket.ts'
import { makeRoot, makeServer } from '#hub/broker/certificates.ts'
import type { CommandOf } from '#protocol/capabilities.ts'
import { remove, scratch } from '../../cli/support.ts'
import { settings } from './support/listen.ts'

type Command = CommandOf<'manage-ticket'>

let server: Server
let url: string
let reply: { status: number; body?: string; location?: string } | 'silent' = { status: 200 }
const asked: { line: string; body: string; headers: NodeJS.Dict<string | string[]> }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      asked.push({ line: `${request.method} ${request.url}`, body, headers: request.headers })
      if (reply === 'silent') return
      const { location } = reply
      response.writeHead(reply.status, location === undefined ? {} : { location })
      response.end(reply.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked.length = 0
  reply = { status: 200, body: '{"code":0}' }
})

const base = {
  signIn: { token: 'secret-of-the-vendor', header: 'Auth-Token' },
  withinMs: 500,
  hold: { method: 'PUT', path: '/visits/{key}/hold' },
  restore: {
    path: 'tickets/{printed}/restore',
    headers: { 'X-Queue': '{service}' },
    body: { ticket: '{printed}', visit: '{key:number}', queue: ['{service}', 'x'] },
    success: { path: 'code', is: [0, 'ok'] },
  },
  transfer: { path: '/tickets/{ticket}/from/{service}/to/{to}' },
}
const manager = (more: object = {}) => {
  const config = settings({
    preset: 'qmatic-orchestra',
    tables: { services: { '个人/现金': 'cash', '7': 'card' } },
    ticketPrefixes: { 普: 'P' },
    commands: { url, ...base, ...more },
  })
  const { commands, tables, ticketPrefixes } = config
  if (commands === undefined) throw new Error('there are commands')
  return createManageTicket({
    commands,
    tables,
    ticketPrefixes,
    known: (ticket) => ({ key: ticket === 'P012' ? '4711' : undefined }),
  })
}
const told: string[] = []
const run = (command: Partial<Command>, more: object = {}) =>
  manager(more).manage(
    { ticket: 'P012', service: 'cash', action: 'hold', ...command },
    { signal: new AbortController().signal, started: () => void told.push('started') },
  )

test('each command is its own request, in the vendor’s own words', async () => {
  await run({ action: 'hold' })
  await run({ action: 'restore' })
  await run({ action: 'transfer', to: 'card' })
  expect(asked.map(({ line }) => line)).toEqual([
    'PUT /visits/4711/hold',
    `POST /tickets/${encodeURIComponent('普012')}/restore`,
    `POST /tickets/P012/from/${encodeURIComponent('个人/现金')}/to/7`,
  ])
  expect(JSON.parse(asked[1]?.body ?? '')).toEqual({
    ticket: '普012',
    visit: 4711,
    queue: ['个人/现金', 'x'],
  })
  expect(asked[1]?.headers['x-queue']).toBe('%E4%B8%AA%E4%BA%BA/%E7%8E%B0%E9%87%91')
  for (const { headers } of asked) expect(headers['auth-token']).toBe('secret-of-the-vendor')
  expect(told.splice(0)).toHaveLength(3)
})

test('a command that is not configured, or that lacks what it needs, is unsupported before anything is sent', () => {
  const consider = (command: Partial<Command>) => () =>
    manager().consider({ ticket: 'P012', service: 'cash', action: 'hold', ...command })
  expect(consider({})).not.toThrow()
  expect(consider({ action: 'release' })).toThrow(
    expect.objectContaining({ code: 'unsupported', begun: false }),
  )
  expect(consider({ action: 'transfer' })).toThrow(expect.objectContaining({ code: 'unsupported' }))
  expect(consider({ action: 'transfer', to: 'nowhere' })).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  )
  expect(consider({ ticket: 'P999' })).toThrow(
    expect.objectContaining({ code: 'unknown-ticket', begun: false }),
  )
  expect(asked).toEqual([])
})

test.each([
  [200, '{"code":0}', undefined],
  [200, '{"code":"0"}', undefined],
  [200, '{"code":40,"msg":"no such ticket"}', { code: 'not-done', begun: true }],
  [200, 'not json', { code: 'not-done' }],
  [500, '{"code":0}', { code: 'not-done' }],
  [401, '', { code: 'unauthorised', begun: false }],
  [403, '', { code: 'unauthorised' }],
  [404, '', { code: 'unknown-ticket' }],
  [409, '', { code: 'busy', begun: false }],
  [503, '', { code: 'busy' }],
])('an answer %i %s', async (status, body, error) => {
  reply = { status, body }
  const running = run({ action: 'restore' })
  if (error === undefined) await expect(running).resolves.toEqual({})
  else await expect(running).rejects.toMatchObject(error)
})

test('nobody else is shown the token: a redirection is not followed', async () => {
  reply = { status: 302, location: `${url}/elsewhere` }
  await expect(run({})).rejects.toMatchObject({ code: 'not-done' })
  expect(asked).toHaveLength(1)
})

test('no answer: it may have happened; no connection: it did not', async () => {
  reply = 'silent'
  await expect(run({}, { withinMs: 200 })).rejects.toMatchObject({ code: 'unreachable', begun: true })
  const gone = createServer()
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
  const { port } = gone.address() as AddressInfo
  await new Promise<void>((resolve) => gone.close(() => resolve()))
  await expect(run({}, { url: `http://127.0.0.1:${port}` })).rejects.toMatchObject({
    code: 'unreachable',
    begun: false,
  })
})

test('cancelled while it is asked', async () => {
  reply = 'silent'
  const stop = new AbortController()
  const running = manager().manage(
    { ticket: 'P012', service: 'cash', action: 'hold' },
    { signal: stop.signal, started: () => {} },
  )
  stop.abort(new Error('cancelled'))
  await expect(running).rejects.toThrow('cancelled')
})

test('over TLS only to a system that the authority of the configuration vouches for', async () => {
  const folder = scratch()
  const terms = { days: 2, wallMs: Date.now() }
  const root = await makeRoot({ name: 'the bank', ...terms })
  const pair = await makeServer(root, { name: 'queue', ...terms, hosts: ['127.0.0.1'] })
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, root.certificate)
  const secure = createSecureServer({ key: pair.key, cert: pair.certificate }, (_request, response) =>
    response.end('{}'),
  )
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
  const there = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`
  await expect(run({}, { url: there, ca })).resolves.toEqual({})
  await expect(run({}, { url: there })).rejects.toMatchObject({ code: 'unreachable' })
  secure.closeAllConnections()
  secure.close()
  remove(folder)
})

test('what goes wrong does not tell the token', async () => {
  reply = { status: 500 }
  const error: unknown = await run({}).catch((thrown: unknown) => thrown)
  expect(JSON.stringify([String(error), error])).not.toContain('secret-of-the-vendor')
})
