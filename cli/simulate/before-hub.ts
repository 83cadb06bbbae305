/** A scenario before a hub that runs: its devices over real MQTT and the people of its lobby, until somebody stops them. */
import { connect } from 'node:net'
import { UsherError } from '#protocol/errors.ts'
import { createDemo } from '#simulators/lobby/demo.ts'

interface BeforeHubWishes {
  readonly hub: URL
  readonly seed: number
  readonly speed: number
  readonly say: (text: string) => void
  readonly complain: (text: string) => void
  /** Resolves when it is to end. */
  readonly stopped: Promise<unknown>
}

const answersWithinMs = 3_000
const mqttPort = 1883

/** Devices dial for ever, as they should; whoever named an address at which nobody listens is told at once. */
const reach = ({ host, hostname, port }: URL) =>
  new Promise<void>((resolve, reject) => {
    // An IPv6 address stands in brackets in a URL, and nowhere else.
    const bare = hostname.replace(/^\[(.*)\]$/, '$1')
    const socket = connect({ host: bare, port: port === '' ? mqttPort : Number(port) })
    const refuse = (why: string) => {
      socket.destroy()
      reject(new UsherError('broker.unreachable', `${host}: ${why}.`))
    }
    socket.setTimeout(answersWithinMs, () => refuse('silent'))
    socket.once('error', (error: NodeJS.ErrnoException) => refuse(error.code ?? error.message))
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
  })

/** @throws UsherError as the scenario is, and `broker.unreachable` */
export const simulateBeforeHub = async (
  scenario: string,
  { hub, seed, speed, say, complain, stopped }: BeforeHubWishes,
): Promise<void> => {
  const demo = createDemo({ scenario, broker: hub.href, seed, speed, inProcess: true, onTrouble: complain })
  await reach(hub)
  await demo.start()
  say(`${scenario} before ${hub.host}, ${speed} times as fast as life, until you stop it (Ctrl-C).`)
  await stopped
  await demo.stop()
}
