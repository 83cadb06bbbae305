/** What the benchmark measures as the hub, once its store is on its way. */
import { hubSideOf, superviseAdapters } from '#cli/adapters/with-hub.ts'
import { flows } from '#flows/index.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { startHub } from '#hub/main.ts'
import type { HubConfig } from '#hub/ops/config.ts'
import { keepHeapSmall } from '#hub/ops/heap.ts'
import { createLog } from '#hub/ops/log.ts'
import type { DurableStore } from '#hub/store/upkeep.ts'
import { detectionFlow } from '../flow.ts'

export const runBenchHub = async (config: HubConfig, store: DurableStore): Promise<void> => {
  const log = createLog(config.log.level, { write: (text) => process.stderr.write(text) })
  const supervisor = config.adapters.length === 0 ? undefined : superviseAdapters(config, log)
  const bootMs = performance.now()
  const hub = await startHub({
    config,
    store,
    flows: [...flows, detectionFlow],
    versions: { hub: 'bench', xstate: 'bench' },
    clock: systemClock(),
    log,
    ...(supervisor !== undefined && { companions: supervisor.companions }),
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
  supervisor?.start(hubSideOf(hub, config, log))
  const stop = async () => {
    await supervisor?.stop()
    await hub.stop()
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop())
  process.once('disconnect', () => process.exit(0))
}
