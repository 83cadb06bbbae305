/** The adapter as a process: `node adapters/opc-ua/main.ts`. */
import { runAdapter } from '../sdk/run-adapter.ts'
import { opcUa } from './adapter.ts'

await runAdapter(opcUa(process.env['USHER_STATE'] || './usher-state'))
