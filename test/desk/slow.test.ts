/** Whoever sends a byte now and then holds a connection for a while, and nobody else is kept waiting. */
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { ask, raise, remove, scratch } from './support.ts'

const open = (port: number, text: string) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text)
      resolve(socket)
    })
    socket.on('error', reject)
  })

test('three hundred that never finish are no hindrance, and are closed', async () => {
  const folder = scratch()
  const stage = await raise(folder)
  const { port } = stage
  const half = ['GET /sign-in HT', 'POST /api/sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-le']
  const slow = await Promise.all(Array.from({ length: 300 }, (_, index) => open(port, half[index % 2] ?? '')))
  const ended = Promise.all(
    slow.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.resume()
          socket.on('close', () => resolve())
        }),
    ),
  )
  const from = performance.now()
  expect((await ask(port, '/sign-in')).status).toBe(200)
  expect((await ask(port, '/healthz')).status).toBe(200)
  expect(performance.now() - from).toBeLessThan(5_000)
  await ended
  await stage.stop()
  remove(folder)
}, 40_000)
