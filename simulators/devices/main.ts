/** One simulated device as a process of its own: `node simulators/devices/main.ts --kind robot --id robot-1 …`. */
import { randomUUID } from 'node:crypto'
import { createMqttTransport } from '#adapters/sdk/mqtt-transport.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { createChance } from './chance.ts'
import { createDevice } from './device.ts'
import { createNoJournal, openFileJournal } from './journal.ts'
import { helpText, parseOptions } from './options.ts'
import { createParentLine } from './parent-line.ts'

const run = async () => {
  const options = parseOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(helpText)
    return
  }
  const { kind, id, branch, seed, behaviour, log } = options
  const complain = (text: string) => console.error(`${id}: ${text}`)
  const parent =
    process.send === undefined ? undefined : createParentLine((message) => process.send?.(message))
  const address =
    options.tls === undefined
      ? { url: options.broker }
      : // Loaded only where it is needed: certificates weigh more than everything else here.
        await (await import('#adapters/sdk/enrol.ts')).enrol({
          ...options.tls,
          url: options.broker,
          branch,
          device: id,
          onTrouble: complain,
        })
  const device = createDevice({
    kind,
    id,
    branch,
    boot: randomUUID(),
    transport: createMqttTransport({
      address,
      onTrouble: complain,
      ...(options.retryMs !== undefined && { retryMs: options.retryMs }),
    }),
    clock: createSystemClock(),
    chance: createChance(seed),
    journal: log === undefined ? createNoJournal() : openFileJournal(log),
    behaviour,
    // A device that dies leaves no chance to tidy up: that is the point.
    onDeath: () => process.kill(process.pid, 'SIGKILL'),
    ...(parent !== undefined && options.people && { people: parent.people }),
  })
  parent?.serve(device)
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= device.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // Whoever started it is gone: nobody would stop it any more.
  if (parent !== undefined) process.once('disconnect', stop)
  device.start()
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
