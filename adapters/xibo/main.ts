/** The adapter as a process: `node adapters/xibo/main.ts`. */
import { runAdapter } from '../sdk/run-adapter.ts'
import { xibo } from './adapter.ts'

await runAdapter(xibo)
