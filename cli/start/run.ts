/** Runs the hub in this process: log, signals, and an end that says why. */
import module from 'node:module'
import { flows } from '#flows/index.ts'
import { isLoopback } from '#hub/broker/gate.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { type Hub, type HubParts, startHub } from '#hub/main.ts'
import type { HubConfig } from '#hub/ops/config.ts'
import { keepHeapSmall } from '#hub/ops/heap.ts'
import { listeningOf } from '#hub/ops/listening.ts'
import { createLog, type Log } from '#hub/ops/log.ts'
import { StoreBroken, StoreConflict } from '#hub/store/port.ts'
import type { DurableStore } from '#hub/store/upkeep.ts'
import { type ErrorCode, UsherError } from '#protocol/errors.ts'
import { exitCodes } from '../io/exit-codes.ts'
import { rehearseInThread } from '../what-if/rehearse.ts'
import { prettyDestination } from './pretty.ts'
import { onStopSignal } from './stop-signals.ts'
import { readVersions } from './versions.ts'

/** Devices that come back after a start are through by then. */
const quietAfterMs = 5_000
/** After this a stop that hangs is given up: everything accepted is on disk already. */
const stopWithinMs = 10_000

export const openLog = (level: string): Log =>
  process.stdout.isTTY
    ? createLog(
        level,
        prettyDestination((text) => process.stdout.write(text)),
      )
    : createLog(level)

const codeOf = (error: unknown): ErrorCode => {
  if (error instanceof UsherError) return error.code
  if (error instanceof StoreBroken) return 'store.broken'
  return error instanceof StoreConflict ? 'store.conflict' : 'hub.bug'
}

/** What is on disk is unknown, or another writer exists: say so and end; whoever restarts it reads the code. */
export const failWith = (log: Log) => (error: unknown) => {
  log.error({ code: codeOf(error), err: error }, 'the hub cannot go on')
  process.exit(exitCodes.hubFailed)
}

export const sayListening = (
  log: Log,
  { branch, ports, control, engine }: Hub,
  config: Pick<HubConfig, 'mqtt' | 'http'>,
) => {
  const { http, ...doors } = listeningOf(config, ports)
  const where = Object.values(doors).map(({ name, host, port }) => [name, `${host}:${port}`])
  log.info(
    {
      branch,
      epoch: engine.epoch,
      ...(Object.fromEntries(where) as Record<string, string>),
      http: `${isLoopback(http.host) ? 'http' : 'https'}://${http.host}:${http.port}`,
      control,
      readyMs: Math.round(performance.now()),
    },
    'the hub is ready',
  )
}

/** Not into the log, which is kept: a link that lets somebody in is for whoever stands here. */
const sayFirstLink = (log: Log, { desk }: Hub) => {
  try {
    const link = desk.firstLink()
    if (link === undefined) return
    process.stderr.write(
      `Nobody can sign in yet. Within an hour, the first administrator opens this once:\n\n  ${link}\n\n`,
    )
  } catch (error) {
    log.error({ err: error }, 'the desk could not be opened')
  }
}

const untilAskedToStop = (log: Log) =>
  new Promise<void>((resolve) => {
    onStopSignal((signal) => {
      log.info({ signal }, 'stopping')
      setTimeout(() => {
        log.warn('stopping took too long')
        process.exit(exitCodes.ok)
      }, stopWithinMs).unref()
      resolve()
    })
  })

/** Loaded only where there are any: a hub without adapters starts no later. */
const openSupervisor = async (config: HubConfig, log: Log) => {
  if (config.adapters.length === 0) return undefined
  const { hubSideOf, superviseAdapters } = await import('../adapters/with-hub.ts')
  const supervisor = superviseAdapters(config, log)
  return {
    companions: supervisor.companions,
    start: (hub: Hub) => supervisor.start(hubSideOf(hub, config, log)),
    stop: () => supervisor.stop(),
  }
}

type Role = NonNullable<HubParts['role']>

/** A desk has no devices, and no flow to run. */
const settingsOf = (role: Role, config: HubConfig): HubConfig =>
  role === 'branch'
    ? config
    : { ...config, adapters: [], mqtt: { ...config.mqtt, loopback: false, tls: false, websocket: false } }

export const runStart = async (role: Role, given: HubConfig, store: DurableStore): Promise<void> => {
  const config = settingsOf(role, given)
  const log = openLog(config.log.level)
  const supervisor = await openSupervisor(config, log)
  const hub = await startHub({
    config,
    role,
    store,
    flows: role === 'desk' ? [] : flows,
    versions: readVersions(),
    clock: systemClock(),
    log,
    rehearse: rehearseInThread,
    ...(supervisor !== undefined && { companions: supervisor.companions }),
    onFatal: failWith(log),
  })
  // From the moment it says that it is ready, it can be asked to stop.
  const asked = untilAskedToStop(log)
  keepHeapSmall()
  sayListening(log, hub, config)
  supervisor?.start(hub)
  sayFirstLink(log, hub)
  // Killed later, it would leave nothing behind for the next start to be quick with.
  setTimeout(() => module.flushCompileCache(), quietAfterMs).unref()
  await asked
  // They first: while the hub is there, they can say goodbye to it.
  await supervisor?.stop()
  await hub.stop()
  log.info('stopped')
}
