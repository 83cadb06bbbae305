/** The hub in a process of its own, as `usher start` runs it, with the benchmark's flow beside the shipped ones. */
import { flows } from '#flows/index.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { startHub } from '#hub/main.ts'
import { keepHeapSmall } from '#hub/ops/heap.ts'
import { createLog } from '#hub/ops/log.ts'
import { hubConfig } from '../branch.ts'
import { detectionFlow } from '../flow.ts'

const [folder = '.', idle = '0'] = process.argv.slice(2)
const config = hubConfig(folder, { idle: Number(idle) })
const log = createLog(config.log.level, { write: (text) => process.stderr.write(text) })
const bootMs = performance.now()
const hub = await startHub({
  config,
  flows: [...flows, detectionFlow],
  versions: { hub: 'bench', xstate: 'bench' },
  clock: systemClock(),
  log,
  onFatal: (error) => {
    log.error({ err: error }, 'the hub cannot go on')
    process.exit(1)
  },
})
keepHeapSmall()
process.send?.({
  port: hub.ports.mqtt,
  started: { openMs: performance.now() - bootMs, readyMs: performance.now() },
})
process.once('SIGTERM', () => void hub.stop().then(() => process.exit(0)))
process.once('disconnect', () => process.exit(0))
