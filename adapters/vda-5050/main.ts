/** The adapter as a process: `node adapters/vda-5050/main.ts`. */
import { runAdapter } from '../sdk/run-adapter.ts'
import { vda5050 } from './adapter.ts'

await runAdapter(vda5050)
