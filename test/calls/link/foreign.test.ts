/** Two branches at one desk that know nothing of each other, and whoever comes to it and is none of them. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { prove } from '#hub/calls/link/proof.ts'
import { linkPath } from '#protocol/calls/link.ts'
import type { BranchAt } from './stage.ts'
import { LinkStage, until } from './stage.ts'

/** Nobody falls silent here but where a machine that does much else does not let him speak. */
const stage = new LinkStage(60_000)
let north: BranchAt
let south: BranchAt

beforeAll(async () => {
  ;[north, south] = await stage.openNorthAndSouth()
}, 90_000)
afterAll(() => stage.stop())

const refusedBy = async (said: (socket: WebSocket) => void): Promise<string> => {
  const socket = new WebSocket(`ws://127.0.0.1:${stage.port}${linkPath}`)
  socket.on('error', () => undefined)
  const codes: string[] = []
  socket.on('message', (data) => {
    const message = JSON.parse((data as Buffer).toString()) as { kind: string; code?: string }
    if (message.kind === 'challenge') said(socket)
    if (message.code !== undefined) codes.push(message.code)
  })
  const [closed] = (await once(socket, 'close')) as [number]
  return codes[0] ?? String(closed)
}

const counted = async (code: string): Promise<number> => {
  const text = (await stage.desk.ask({ metrics: true })) as string
  return Number(new RegExp(`usher_refused_total\\{code="${code}"\\} (\\d+)`).exec(text)?.[1] ?? 0)
}

describe('two branches and one desk', () => {
  it('the same kiosk name and the same escalation at both are two calls, each told at its own branch alone', async () => {
    await Promise.all([north.asks(), south.asks()])
    const [a, b] = await Promise.all([stage.accept('north'), stage.accept('south')])
    expect(a.by).not.toBe(b.by)
    const [atNorth, atSouth] = await Promise.all([north.call('accepted'), south.call('accepted')])
    expect(atNorth.expert).toBe(a.by)
    expect(atSouth.expert).toBe(b.by)
    expect((await north.settings()).call?.ticket).toContain('/kiosk:kiosk-1/')
    // Who gives up at one of them ends nothing at the other.
    await north.command({ name: 'call.withdraw', call: atNorth.id, reason: null, by: 'mei' })
    await until('the end at the desk', async () =>
      (await stage.desk.rows('calls')).find((row) => row.id === a.id && row.outcome === 'withdrawn'),
    )
    expect((await south.call('accepted')).id).toBe(atSouth.id)
    await south.command({ name: 'call.withdraw', call: atSouth.id, reason: null, by: 'mei' })
    await until('both experts are free', async () =>
      (await stage.desk.rows('experts')).every(({ call }) => call === null) ? true : undefined,
    )
  }, 90_000)
})

describe('whoever is no branch of this desk', () => {
  const hello = (branch: string, proof = 'x'.repeat(43)) =>
    JSON.stringify({ kind: 'hello', branch, boot: 'b'.repeat(20), nonce: 'n'.repeat(24), proof, open: [] })

  it('is refused with a code, counted, and harms nobody', async () => {
    expect(await refusedBy((socket) => socket.send(hello('north')))).toBe('link.denied')
    expect(await refusedBy((socket) => socket.send(hello('nowhere')))).toBe('link.denied')
    expect(await refusedBy((socket) => socket.send('{'))).toBe('link.message')
    expect(await refusedBy((socket) => socket.send('['.repeat(60_000)))).toBe('link.message')
    expect(await refusedBy((socket) => socket.send('x'.repeat(200_000)))).toBe('1009')
    expect(await counted('link.denied')).toBe(2)
    expect(await counted('link.message')).toBe(2)
    expect(await counted('link.too-large')).toBe(1)
    expect((await north.line())?.up).toBe(true)
    expect((await south.line())?.up).toBe(true)
  }, 60_000)

  it('is cut off when it knows the secret and sends without end', async () => {
    const secret = stage.secretOf('west')
    const code = await new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${stage.port}${linkPath}`)
      socket.on('message', (data) => {
        const message = JSON.parse((data as Buffer).toString()) as {
          kind: string
          code?: string
          nonce?: string
        }
        if (message.kind === 'challenge') {
          const nonce = 'n'.repeat(24)
          const nonces = [message.nonce ?? '', nonce] as const
          socket.send(hello('west', prove(secret, { side: 'branch', branch: 'west', nonces })))
        }
        if (message.kind === 'welcome') {
          for (let n = 0; n < 4_000; n++) socket.send(JSON.stringify({ kind: 'ping', n }))
        }
        if (message.code !== undefined) resolve(message.code)
      })
    })
    expect(code).toBe('link.too-fast')
    expect(await counted('link.too-fast')).toBe(1)
    expect((await north.line())?.up).toBe(true)
  }, 60_000)

  it('is refused as a second hub of a branch that is there, and with a secret of its own', async () => {
    const second = await stage.openBranch('second', {
      as: 'north',
      secret: 'north-'.repeat(8).padEnd(40, 'x'),
    })
    await until('the second hub is refused', async () =>
      (await counted('link.taken')) > 0 ? true : undefined,
    )
    expect((await second.line())?.up).toBe(false)
    expect((await north.line())?.up).toBe(true)
    await second.hub.kill()
  }, 60_000)
})
