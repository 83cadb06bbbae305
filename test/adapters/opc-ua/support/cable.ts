/** The network between the adapter and a server: it can be cut, and it can swallow what is sent without a word. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export const layCable = async (port: number) => {
  const sockets = new Set<Socket>()
  let isCut = false
  let isSilent = false
  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => undefined)
    }
    near.on('data', (chunk) => {
      if (!isSilent) far.write(chunk)
    })
    far.on('data', (chunk) => {
      if (!isSilent) near.write(chunk)
    })
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    silence() {
      isSilent = true
    },
    mend() {
      isCut = false
      isSilent = false
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
