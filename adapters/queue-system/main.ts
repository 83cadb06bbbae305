/** The adapter as a process: `node adapters/queue-system/main.ts`. */
import { runAdapter } from '../sdk/run-adapter.ts'
import { createSystemClock } from '../sdk/system-clock.ts'
import { createQueueSystem } from './adapter.ts'

await runAdapter(
  createQueueSystem({
    clock: createSystemClock(),
    timeOfDay: () => Date.now(),
    chance: Math.random,
    stateFolder: process.env['USHER_STATE'] ?? './usher-state',
  }),
)
