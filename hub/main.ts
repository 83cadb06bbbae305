/**
 * The only place that constructs the hub: store, engine, broker, delivery, doors. Whoever starts it (the command line,
 * a test) gives it its settings, its clock and where to log.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsherError } from '#protocol/errors.ts'
import { localTime } from '#protocol/local-time.ts'
import { applyBranch, type ReadFile, readBranch } from './branch/file-on-disk.ts'
import { createPolicyParser } from './branch/policies.ts'
import { branchOf } from './branch/rows.ts'
import { type OpenBroker, openBroker } from './broker/open-broker.ts'
import { openTickets, type Tickets } from './calls/line/ticket.ts'
import { signIn } from './calls/ticket.ts'
import { type ContentFiles, createContentFiles } from './content/files.ts'
import { usedFiles } from './content/used.ts'
import { createDeployer } from './deploy/deployer.ts'
import { createLibrary, type DeployedLibrary } from './deploy/library.ts'
import type { Desk } from './desk/desk.ts'
import type { LineSide, StreamHeard } from './desk/live/door.ts'
import { type Served, serveDesk } from './desk/serve.ts'
import { createDelivery, type Delivery } from './dispatch/delivery.ts'
import { type DeployedFlows, deployedFlows, digestsInUse } from './engine/deployed.ts'
import type { Input } from './engine/entry.ts'
import type { Committed } from './engine/make-batch.ts'
import { type Engine, openEngine } from './engine/open-engine.ts'
import type { CommittedBatch } from './engine/sequencer.ts'
import type { Hub, HubParts } from './hub.ts'
import type { LookParts } from './look/parts.ts'
import { toldToCompanions } from './ops/companions.ts'
import { type ControlServer, createControlServer } from './ops/control.ts'
import { doorsOf, pageDoorsOf } from './ops/doors-of.ts'
import { listeningOf } from './ops/listening.ts'
import { createMeters, type Meters } from './ops/meters.ts'
import { accountMethods } from './ops/methods/accounts.ts'
import { allMethods } from './ops/methods/all.ts'
import { recordingMethods } from './ops/methods/recordings.ts'
import { controlPath } from './ops/paths.ts'
import { createUpkeep, type HubUpkeep } from './ops/upkeep.ts'
import { createSpeechToken, type SpeechToken } from './sales/speech/token.ts'
import { createDurableStore } from './store/durable-store.ts'
import type { DurableStore } from './store/upkeep.ts'

export type { Hub, HubParts } from './hub.ts'

/** What is read and opened before there is a hub. */
interface Opened {
  readonly read: ReadFile
  readonly library: DeployedLibrary
  readonly store: DurableStore
}

class BranchHub implements Hub {
  readonly branch: string
  readonly control: string
  ports: Hub['ports'] = { mqtt: undefined, mqtts: undefined, ws: undefined, wss: undefined, http: 0 }
  readonly store: DurableStore
  readonly #parts: HubParts
  readonly #read: ReadFile
  readonly #files: ContentFiles
  readonly #library: DeployedLibrary
  #deployed: DeployedFlows | undefined
  /** By the flows in force, deployed ones among them. */
  readonly #parsePolicy = createPolicyParser(() => this.engine.flows.list)
  readonly #meters: Meters
  readonly #speech: SpeechToken
  readonly #watchers = new Set<(batch: CommittedBatch) => void>()
  readonly #streamWatchers = new Set<(heard: StreamHeard) => void>()
  #engine: Engine | undefined
  #tickets: Tickets | undefined
  #doors: OpenBroker | undefined
  #delivery: Delivery | undefined
  #upkeep: HubUpkeep | undefined
  #served: Served | undefined
  #control: ControlServer | undefined

  constructor(parts: HubParts, { read, library, store }: Opened) {
    this.#parts = parts
    this.#read = read
    this.#library = library
    this.branch = read.file.branch
    this.control = controlPath(parts.config.data)
    this.store = store
    this.#files = createContentFiles({
      directory: parts.config.data,
      limits: parts.config.content,
      wallMs: () => parts.clock.wallMs(),
    })
    this.#speech = createSpeechToken(parts.config.data)
    this.#meters = createMeters(this.branch, () => parts.clock.monotonicMs())
  }

  get engine(): Engine {
    if (this.#engine === undefined) throw new UsherError('hub.stopping')
    return this.#engine
  }

  get #calls(): Tickets {
    if (this.#tickets === undefined) throw new UsherError('hub.stopping')
    return this.#tickets
  }

  get desk(): Desk {
    if (this.#served === undefined) throw new UsherError('hub.stopping')
    return this.#served.desk
  }

  readonly #now = () => this.engine.position().at

  async start(): Promise<void> {
    try {
      const { config, clock } = this.#parts
      this.#tickets = await openTickets(config.data, () => clock.wallMs())
      this.#engine = await this.#openEngine()
      this.#meters.attach(this.#engine)
      await applyBranch(this.#engine, this.#read, this.#parsePolicy)
      await this.#openDoors()
      await this.#openServers()
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  watch(callback: (batch: CommittedBatch) => void): () => void {
    this.#watchers.add(callback)
    return () => this.#watchers.delete(callback)
  }

  async stop(): Promise<void> {
    this.#meters.noteStopping()
    this.#upkeep?.stop()
    await Promise.all([this.#served?.stop(), this.#control?.stop()])
    await this.#doors?.broker.stop()
    this.#delivery?.stop()
    await this.#engine?.stop()
    await this.store.close()
    this.#library.end()
  }

  #openEngine(): Promise<Engine> {
    const { config, flows, versions, clock, log, onFatal } = this.#parts
    return openEngine({
      branch: this.branch,
      store: this.store,
      flows,
      library: this.#library,
      settings: config.settings,
      versions,
      clock,
      onFatal,
      onCommitted: (batch) => this.#onCommitted(batch),
      onBug: (error, { body }) => {
        this.#meters.noteBug()
        log.error({ err: error, kind: body.kind }, 'an entry could not be decided')
      },
      onFull: (full) => {
        this.#meters.noteFull(full)
        if (full)
          log.error({ code: 'store.full' }, 'the disk is full: nothing more is accepted until there is space')
        else log.warn({ code: 'store.full' }, 'there is space on the disk again')
      },
    })
  }

  #onCommitted(batch: CommittedBatch) {
    this.#delivery?.committed(batch.changes)
    this.#meters.noteBatch(batch)
    this.#letGoOfVersions()
    for (const callback of this.#watchers) callback(batch)
  }

  /** Those on which nothing runs any more. */
  #letGoOfVersions() {
    const deployed = this.#engine && deployedFlows(this.#engine.state.meta)
    if (deployed === undefined || deployed === this.#deployed) return
    this.#deployed = deployed
    this.#library.keepOnly(digestsInUse(deployed))
  }

  async #openDoors(): Promise<void> {
    const { config, clock, log, companions } = this.#parts
    const { engine } = this
    const doors = await openBroker({
      branch: this.branch,
      directory: config.data,
      epoch: engine.epoch,
      state: engine.state,
      submit: (input) => this.#submit(engine, input),
      ...doorsOf(config.mqtt, (origin) => this.#served?.isOwnOrigin(origin) === true),
      limits: config.mqtt.limits,
      ...(companions !== undefined && { isCompanion: companions.admits }),
      onStream: (device, name, data) => {
        for (const callback of this.#streamWatchers) callback({ device, name, data })
      },
      clock,
      nowMs: this.#now,
      metrics: toldToCompanions(this.#meters.broker, companions),
      log,
      onFault: (error) => this.#parts.onFatal(error),
    })
    this.#doors = doors
    this.#meters.attachDoors(() => doors.broker.open())
    const delivery = createDelivery({
      broker: doors.broker,
      clock,
      now: this.#now,
      outbox: () => engine.state.outbox.values(),
      sign: (row) => signIn(row, (pass) => this.#calls.issue(pass)),
      log,
    })
    this.#delivery = delivery
    await doors.broker.start({
      onArrival: doors.arrive,
      onConnected: (device) => this.#meters.noteConnection(device, true),
      onDisconnected: (device, orderly) => this.#onDisconnected(device, orderly),
      onListening: (device) => delivery.listening(device),
    })
    // A device that came in first may have something on its way to the disk: it is not sent before it is there.
    await engine.read(() => delivery.start())
  }

  async #submit(engine: Engine, input: Input): Promise<Committed> {
    const committed = await engine.submit(input)
    if (committed.seq === null) this.#meters.noteRepeat()
    return committed
  }

  /** A device that ends without a word and without a will is lost all the same. */
  #onDisconnected(device: string, orderly: boolean) {
    this.#meters.noteConnection(device, false)
    if (orderly) return
    this.engine.submit({ body: { kind: 'link', device, link: 'lost' } }).catch((error: unknown) => {
      this.#parts.log.warn({ device, error: String(error) }, 'the loss of a device could not be noted')
    })
  }

  #serve(doors: OpenBroker): Promise<Served> {
    const { config, clock, log, companions, linkLimits } = this.#parts
    const { engine, branch } = this
    return serveDesk({
      linkLimits,
      branch,
      config,
      engine,
      look: this.#look(),
      files: this.#files,
      tickets: this.#calls,
      speech: this.#speech,
      nowMs: this.#now,
      live: this.#live(),
      enrolment: doors.enrolment,
      pageDoors: () => pageDoorsOf(config.mqtt, doors.broker),
      clock,
      log,
      health: () => ({ ...this.#meters.health(), warnings: companions?.warnings() ?? [] }),
      registry: this.#meters.metrics.registry,
      countRefused: (code) => this.#meters.metrics.refused.inc({ code }),
    })
  }

  async #openServers(): Promise<void> {
    const { config, flows, clock, log, companions } = this.#parts
    const { engine, store, branch } = this
    const doors = this.#doors as OpenBroker
    const served = await this.#serve(doors)
    const methodParts = {
      branch,
      engine,
      store,
      enrolment: doors.enrolment,
      pairing: served.pairing,
      files: this.#files,
      speech: this.#speech,
      isConnected: (device: string) => doors.broker.isConnected(device),
      parsePolicy: this.#parsePolicy,
      deployer: createDeployer({ engine, shipped: flows, library: this.#library }),
      settings: config.settings,
      nowMs: this.#now,
      listening: () => listeningOf(this.#parts.config, this.ports),
      watch: (callback: (batch: CommittedBatch) => void) => this.watch(callback),
    }
    const control = createControlServer({
      path: this.control,
      handlers: {
        ...allMethods(methodParts),
        ...accountMethods(served.desk),
        ...recordingMethods(served.recordings, () => engine.state),
        ...companions?.methods,
      },
      onError: (error) => log.error({ err: error }, 'a command failed'),
    })
    this.#served = served
    this.#control = control
    const port = await served.start()
    await control.start()
    const { plaintext, tls, websocket, 'secure-websocket': secure } = doors.broker.ports()
    this.ports = { mqtt: plaintext, mqtts: tls, ws: websocket, wss: secure, http: port }
    this.#upkeep = createUpkeep({
      branch,
      store,
      retention: config.retention,
      clock,
      log,
      nowMs: this.#now,
      dayOf: (at) => localTime(at, branchOf(engine.state)).day,
      checkpoint: (day) => this.#checkpoint(day),
    })
    await this.#upkeep.start()
    await this.#sweepFiles()
  }

  /** Files that no version of the library names any more. Neither a start nor a checkpoint waits for them. */
  async #sweepFiles(): Promise<void> {
    const used = await this.engine.read(usedFiles)
    try {
      this.#files.sweep((sha256) => used.has(sha256))
    } catch (error) {
      this.#parts.log.warn({ error: String(error) }, 'files that nobody uses could not be removed')
    }
  }

  #look(): LookParts {
    const { config, rehearse } = this.#parts
    return {
      branch: this.branch,
      engine: this.engine,
      store: this.store,
      parsePolicy: this.#parsePolicy,
      settings: config.settings,
      nowMs: this.#now,
      ...(rehearse !== undefined && { rehearsal: { directory: config.data, rehearse } }),
    }
  }

  #live(): LineSide {
    return {
      watch: (callback) => this.watch(callback),
      watchStreams: (callback) => {
        this.#streamWatchers.add(callback)
        return () => this.#streamWatchers.delete(callback)
      },
      onBadStream: (device) => this.#meters.broker.count('payload.invalid', device),
    }
  }

  async #checkpoint(day: string): Promise<void> {
    await this.#sweepFiles()
    const { digest } = await this.store.checkpoint(this.branch)
    await this.engine.submit({ body: { kind: 'checkpoint', day, digest } })
  }
}

/** @throws UsherError `config.invalid` */
const checkRole = ({ role = 'branch', config }: HubParts, { file }: ReadFile) => {
  const complain = (text: string) => {
    throw new UsherError('config.invalid', `${config.branch}: ${text}`)
  }
  if (role === 'desk' && file.role !== 'desk') complain('is no desk file; --role desk needs one.')
  if (role !== 'desk' && file.role === 'desk') complain('is a desk file; start it with --role desk.')
  if (config.calls.desk !== false && file.experts !== undefined)
    complain('lists experts, and calls.desk names a desk elsewhere; only one of them can answer.')
  if (config.calls.branches.length > 0 && file.role !== 'desk')
    complain('is no desk file; calls.branches is for --role desk.')
}

/** @throws UsherError with what is wrong and what to do: a bad file, a port taken, a second hub on the same data. */
export const startHub = async (parts: HubParts): Promise<Hub> => {
  const { branch, data } = parts.config
  // What a deployed flow may be set to is known once it is loaded; then the file is read again.
  const hasDeployed = existsSync(join(data, 'flows'))
  const read = readBranch(
    branch,
    hasDeployed ? (_flow, policy) => ({ ...policy }) : createPolicyParser(parts.flows),
  )
  checkRole(parts, read)
  const library = createLibrary({
    directory: data,
    onMissing: (digest, error) =>
      parts.log.error({ digest, err: error }, 'a deployed version of a flow cannot be opened'),
  })
  const store = parts.store ?? createDurableStore({ directory: data })
  const hub = new BranchHub(parts, { read, library, store })
  await hub.start()
  return hub
}
