/** The hub in a process of its own, as `usher start` runs it, with the benchmark's flow beside the shipped ones. */
import { createDurableStore } from '#hub/store/durable-store.ts'
import { hubConfig } from '../branch.ts'

const [folder = '.', idle = '0', adapter] = process.argv.slice(2)
const config = hubConfig(folder, { idle: Number(idle), ...(adapter !== undefined && { adapter }) })
const store = createDurableStore({ directory: config.data })
const { runBenchHub } = await import('./bench-hub.ts')
await runBenchHub(config, store)
