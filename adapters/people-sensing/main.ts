/** The adapter as a process: `node adapters/people-sensing/main.ts`. */
import { runAdapter } from '../sdk/run-adapter.ts'
import { peopleSensing } from './adapter.ts'

await runAdapter(peopleSensing)
