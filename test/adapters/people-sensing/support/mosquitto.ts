/** The vendor's broker: Debian's mosquitto, which nobody here wrote, on a port of its own, to be killed and started again. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { vi } from 'vitest'

export interface Mosquitto {
  readonly port: number
  readonly url: string
  start(): Promise<void>
  kill(): Promise<void>
}

export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const answers = (port: number) =>
  new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })

/** @param lines more for its configuration, for example who may come in. */
export const createMosquitto = async (
  folder: string,
  lines: readonly string[] = ['allow_anonymous true'],
): Promise<Mosquitto> => {
  const port = await freePort()
  const file = join(folder, `mosquitto-${port}.conf`)
  writeFileSync(file, [`listener ${port} 127.0.0.1`, 'persistence false', ...lines, ''].join('\n'))
  let ended: Promise<void> | undefined
  let end: () => void = () => {}
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    async start() {
      const child = spawn('mosquitto', ['-c', file], {
        stdio: 'ignore',
        env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
      })
      ended = new Promise((resolve) => {
        child.once('close', () => resolve())
      })
      end = () => void child.kill('SIGKILL')
      await vi.waitFor(() => answers(port), { timeout: 45_000, interval: 50 })
    },
    async kill() {
      end()
      await ended
    },
  }
}
