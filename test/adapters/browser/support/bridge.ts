/** From the WebSocket of a page to a broker that speaks TCP alone. */
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createWebSocketStream, WebSocketServer } from 'ws'

/** What goes down on one side goes down on the other. @returns the port of loopback */
export const openBridge = async (broker: string): Promise<number> => {
  const target = Number(new URL(broker).port)
  const server = createServer()
  new WebSocketServer({ server }).on('connection', (socket) => {
    const near = createWebSocketStream(socket)
    const far = connect(target, '127.0.0.1')
    near.on('error', () => far.destroy())
    far.on('error', () => socket.terminate())
    near.on('close', () => far.destroy())
    far.on('close', () => socket.terminate())
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}
