/** Ports of loopback that nobody listens on now, below those that the system hands out for outgoing connections. */
import { once } from 'node:events'
import { createServer } from 'node:net'

const lowest = 20_000
const highest = 32_000

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  const answer = await Promise.race([once(server, 'listening'), once(server, 'error')])
  if (answer[0] instanceof Error) return false
  server.close()
  await once(server, 'close')
  return true
}

export const findPorts = async (): Promise<{ mqtt: number; http: number }> => {
  for (;;) {
    const mqtt = lowest + 2 * Math.floor((Math.random() * (highest - lowest)) / 2)
    if ((await isFree(mqtt)) && (await isFree(mqtt + 1))) return { mqtt, http: mqtt + 1 }
  }
}
