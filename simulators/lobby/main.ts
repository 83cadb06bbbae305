/** A scenario before a running hub as one command: its devices, each a process of its own, and the people in its lobby. */
import { parseArgs } from 'node:util'
import { createDemo } from './demo.ts'

const help = `The devices and the people of a branch, before a running hub.

  node simulators/lobby/main.ts [options]

  --broker URL      the hub's broker (default mqtt://127.0.0.1:1883)
  --scenario X      name of a shipped scenario or path of a file (default demo)
  --speed N         so many times as fast (default 1); the hub's own delays stay as they are
  --seed N          another seed is another day (default 1)
  --logs DIR        one log a device: what it really did
  --in-process      all devices in this process, to save memory
  --help            this text`

const readSpeed = (text: string): number => {
  const speed = Number(text)
  if (!(speed >= 0.1 && speed <= 100)) throw new Error('--speed is a number from 0.1 to 100.')
  return speed
}

const run = async () => {
  const { values } = parseArgs({
    options: {
      broker: { type: 'string', default: 'mqtt://127.0.0.1:1883' },
      scenario: { type: 'string', default: 'demo' },
      speed: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      logs: { type: 'string' },
      'in-process': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(help)
    return
  }
  const demo = createDemo({
    broker: values.broker,
    seed: values.seed,
    scenario: values.scenario,
    speed: readSpeed(values.speed),
    inProcess: values['in-process'],
    onTrouble: (text) => console.error(text),
    ...(values.logs !== undefined && { logFolder: values.logs }),
  })
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= demo.stop().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  // Whoever started it is gone: nobody would stop it any more.
  if (process.connected) process.once('disconnect', stop)
  await demo.start()
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
