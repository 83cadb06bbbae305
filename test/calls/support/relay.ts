/** coturn as Debian has it, with the configuration that `usher calls turn-config` writes, on loopback. */
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { waitForRelay } from './stun.ts'

export interface Relay {
  readonly port: number
  readonly pid: number
  readonly secret: string
  readonly secretFile: string
  stop(): Promise<void>
}

const bin = join(import.meta.dirname, '../../../cli/bin.mjs')
const host = '127.0.0.1'

const freePort = async (): Promise<number> => {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => {
    socket.bind(0, host, resolve)
  })
  const { port } = socket.address()
  socket.close()
  return port
}

/** @param folder for its files */
export const startRelay = async (folder: string): Promise<Relay> => {
  const [port, secret] = [await freePort(), randomBytes(32).toString('hex')]
  const file = (name: string) => join(folder, name)
  writeFileSync(file('turn.secret'), secret, { mode: 0o600 })
  const settings = {
    branch: 'branch.yaml',
    calls: {
      turn: { urls: [`turn:${host}:${port}`], secretFile: 'turn.secret' },
      // Browsers send from any address of this machine; what they send to each other goes from relay to relay.
      relay: {
        listen: [host],
        port,
        address: host,
        mediaNetworks: ['127.0.0.0/8'],
        portMin: 49_152,
        portMax: 49_999,
      },
    },
  }
  writeFileSync(file('hub.yaml'), stringify(settings))
  const conf = execFileSync(process.execPath, [bin, 'calls', 'turn-config', '--config', file('hub.yaml')])
  writeFileSync(file('turnserver.conf'), conf, { mode: 0o600 })
  const child = spawn('turnserver', ['-c', file('turnserver.conf'), '--pidfile', file('turn.pid')], {
    stdio: 'ignore',
  })
  await waitForRelay(port)
  return {
    port,
    pid: child.pid as number,
    secret,
    secretFile: file('turn.secret'),
    stop: async () => {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
