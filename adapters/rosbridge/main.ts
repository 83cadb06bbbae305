/** The adapter as a process: `node adapters/named-place-robot/main.ts`. */
import { runAdapter } from '../sdk/run-adapter.ts'
import { rosbridge } from './adapter.ts'

await runAdapter(rosbridge)
