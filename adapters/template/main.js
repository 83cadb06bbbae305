// @ts-check
/** The adapter as a process of its own: its settings come from the environment, its log goes to stdout as JSON lines. */
import { fileURLToPath } from 'node:url'
import { runAdapter } from '../sdk/index.ts'
import { adapter } from './adapter.js'

// What nobody has said otherwise.
process.env['USHER_DEVICE'] ??= 'acme-robot'
process.env['USHER_CONFIG'] ??= fileURLToPath(new URL('./config.json', import.meta.url))

await runAdapter(adapter)
