/** A fleet for the examination of the adapter: a virtual vehicle of `vda-5050-lib` on a broker of its own. */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { Aedes } from 'aedes'
import vda from 'vda-5050-lib'
import { places, virtualRobot } from '../support/places.ts'
import { ServiceRobot } from '../support/service-robot.ts'

const aedes = await Aedes.createBroker()
const server = createServer((socket) => aedes.handle(socket))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`

const robot = new vda.AgvController(
  { manufacturer: 'Acme', serialNumber: 'R001' },
  { interfaceName: 'uagv', vdaVersion: '2.0.0', transport: { brokerUrl: url } },
  { agvAdapterType: ServiceRobot },
  {
    timeLapse: 20,
    tickRate: 20,
    initialPosition: { mapId: 'lobby', x: 2, y: 5, theta: 0, lastNodeId: 'n-welcome' },
  },
)
await robot.start()

const config = { broker: { url }, places, robots: [virtualRobot('robot-1', 'R001')], sendAgainMs: 500 }
process.stdout.write(`${JSON.stringify({ ready: true, config })}\n`)
process.once('SIGTERM', () => {
  void robot.stop().then(() => process.exit(0))
})
