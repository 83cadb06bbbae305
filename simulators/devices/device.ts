/**
 * A simulated device: everything it does between its line to the hub and its log. It knows no socket, no wall clock
 * and no process, so the same code runs alone on MQTT and by the thousand in a deterministic test.
 */
import { createAttempts } from '#adapters/sdk/attempts.ts'
import { createLife } from '#adapters/sdk/life.ts'
import { createOutgoing } from '#adapters/sdk/outgoing.ts'
import type { EventData, EventName } from '#protocol/events.ts'
import { DeviceConfig, ErrorMessage, HubPresence, type Presence } from '#protocol/messages.ts'
import { clientId, parseTopic, topics } from '#protocol/topics.ts'
import { createActing } from './acting.ts'
import { Behaviour, type BehaviourInput } from './behaviour.ts'
import { createBody } from './body.ts'
import type { JournalEntry } from './journal-entry.ts'
import { kinds, manifestOf, type SimulatedKind } from './kinds.ts'
import { createKioskUses, type KioskUse } from './kiosk-use.ts'
import { createLog } from './log.ts'
import { startMischief } from './mischief.ts'
import { createSeededPeople } from './people.ts'
import type { Chance, Clock, Journal, People, Session, Transport } from './ports.ts'
import { recollectionsOf } from './recollections.ts'
import { createReporting } from './reporting.ts'
import { createTasks } from './tasks.ts'

export interface DeviceOptions {
  readonly kind: SimulatedKind
  readonly id: string
  readonly branch: string
  /** Random for each start of the device. */
  readonly boot: string
  readonly transport: Transport
  readonly clock: Clock
  readonly chance: Chance
  readonly journal: Journal
  readonly behaviour?: BehaviourInput
  /** Who stands before it; default: the shares declared in its behaviour. */
  readonly people?: People
  /** Called when a declared behaviour kills it; a process ends itself here, at once. */
  readonly onDeath?: () => void
}

export interface SimulatedDevice {
  readonly id: string
  readonly kind: SimulatedKind
  start(): void
  /** Publishes an event, and again until it is acknowledged. */
  sense<N extends EventName>(name: N, data: EventData<N>): void
  /** Fleeting news that is never kept. */
  stream(name: string, data: object): void
  /** Kiosks: somebody uses it. @returns false when it is taken or out of order. */
  use(use: KioskUse): boolean
  setBlocked(blocked: boolean): void
  setFault(reason: string | undefined): void
  /** Hears every line right after it was written to the log. */
  listen(listener: (entry: JournalEntry) => void): () => void
  readonly unacknowledged: () => number
  /** Says goodbye first, or that it goes away for an update and for how long. */
  stop(goodbye?: Pick<Presence, 'status' | 'forMs'>): Promise<void>
  /** As a power cut: nothing more is done, written or said. */
  die(): void
}

export const createDevice = (options: DeviceOptions): SimulatedDevice => {
  const { id, branch, kind, transport } = options
  const parts = assemble(options)
  const { life, outgoing, tasks, body, log, kiosk, sense, die } = parts

  const tellState = () => outgoing.keep(topics.state(branch, id), body.state())

  return {
    id,
    kind,
    start() {
      log.write({ kind: 'boot' })
      tasks.settleEarlierLife()
      transport.open(sessionOf(options, parts))
      life.every(parts.behaviour.stateEveryMs, () => outgoing.pass(topics.state(branch, id), body.state()))
      startMischief({
        ...options,
        ...parts,
        occupied: () => tasks.occupied(),
        switchedOff: switchedOff(parts),
      })
    },
    sense,
    stream: (name, data) => outgoing.pass(topics.stream(branch, id, name), data),
    use(use) {
      if (life.ended() || body.state().health?.level === 'faulted') return false
      tasks.giveWay('in-use')
      return kiosk.begin(use)
    },
    setBlocked(blocked) {
      body.setBlocked(blocked)
      tellState()
    },
    setFault(reason) {
      body.setFault(reason)
      if (reason !== undefined) kiosk.fail(reason)
      tellState()
    },
    listen: log.listen,
    unacknowledged: outgoing.unacknowledged,
    async stop(goodbye = { status: 'offline' }) {
      if (life.ended()) return
      outgoing.keep(topics.presence(branch, id), goodbye, true)
      life.end()
      await transport.close(true)
    },
    die,
  }
}

const sessionOf = ({ branch, id }: DeviceOptions, parts: Parts): Session => {
  const { life, log, outgoing, manifest, body } = parts
  return {
    clientId: clientId(branch, id),
    will: {
      topic: topics.presence(branch, id),
      payload: JSON.stringify({ status: 'lost', boot: log.boot }),
      qos: 1,
      retain: true,
    },
    subscriptions: [
      topics.task(branch, id),
      topics.config(branch, id),
      topics.error(branch, id),
      topics.ack(branch, id),
      topics.hub(branch),
    ],
    onUp() {
      if (life.ended()) return
      log.write({ kind: 'link', state: 'up' })
      outgoing.up()
      outgoing.keep(topics.manifest(branch, id), manifest, true)
      outgoing.keep(topics.presence(branch, id), { status: 'online' }, true)
      outgoing.keep(topics.state(branch, id), body.state())
    },
    onDown() {
      if (life.ended()) return
      outgoing.down()
      log.write({ kind: 'link', state: 'down' })
    },
    onMessage: (topic, payload) => void (life.ended() || hear(parts, topic, payload)),
  }
}

type Parts = ReturnType<typeof assemble>

const assemble = (options: DeviceOptions) => {
  const { id, branch, kind, transport, chance } = options
  const behaviour = Behaviour.parse(options.behaviour ?? {})
  const life = createLife(options.clock)
  const log = createLog({ journal: options.journal, clock: options.clock, device: id, boot: options.boot })
  const outgoing = createOutgoing({
    transport,
    boot: log.boot,
    onAcknowledged: (message) => log.write({ kind: 'acknowledged', ...message }),
    onDropped: (message) => log.write({ kind: 'dropped', ...message }),
  })
  const body = createBody({ id, kind, clock: life, chance, behaviour })
  const reporting = createReporting({ branch, id, log, outgoing, behaviour, chance })
  const people = options.people ?? createSeededPeople(chance, behaviour.people)
  const shared = { id, life, log, chance, behaviour, body, reporting }

  const sense = <N extends EventName>(name: N, data: EventData<N>) => {
    if (!life.ended()) outgoing.keep(topics.event(branch, id, name), data)
  }
  const die = () => {
    life.end()
    void transport.close(false)
  }
  const refreshBusy = () => {
    const busy = kiosk.inUse() || tasks.acts()
    if (busy === body.state().busy) return
    body.setBusy(busy)
    outgoing.pass(topics.state(branch, id), body.state())
  }
  const kiosk = createKioskUses({
    ...shared,
    sense,
    changed: refreshBusy,
    broken(reason) {
      body.setFault(reason)
      outgoing.keep(topics.state(branch, id), body.state())
    },
  })
  const acting = createActing({
    ...shared,
    people,
    voice: kinds[kind].voice,
    die() {
      die()
      options.onDeath?.()
    },
    ended: (attempt) => tasks.free(attempt),
    moved: () => outgoing.keep(topics.state(branch, id), body.state()),
    wipe: kiosk.wipe,
  })
  const attempts = createAttempts(recollectionsOf(log.earlier))
  const tasks = createTasks({ ...shared, attempts, acting, busyChanged: refreshBusy })
  return { ...shared, outgoing, kiosk, tasks, attempts, sense, die, manifest: manifestOf(kind, behaviour) }
}

const switchedOff =
  ({ body }: Parts) =>
  (behaviour: 'greet' | 'promote') =>
    body.config()?.builtIn[behaviour] === 'off'

const hear = ({ tasks, body, attempts, log, outgoing }: Parts, topic: string, payload: string) => {
  const channel = parseTopic(topic)?.channel
  if (channel === 'task') tasks.receive(payload)
  if (channel === 'config') {
    const config = DeviceConfig.safeParse(json(payload)).data
    if (config === undefined || config.epoch < attempts.epoch()) return
    attempts.heardEpoch(config.epoch)
    body.obey(config)
    if (config.movement === 'stopped') tasks.halt()
  }
  if (channel === 'hub') attempts.heardEpoch(HubPresence.safeParse(json(payload)).data?.epoch ?? 0)
  if (channel === 'error') {
    const error = ErrorMessage.safeParse(json(payload)).data
    if (error === undefined) return
    log.write({ kind: 'told', code: error.code, text: error.text })
    // Numbers of an earlier boot mean other messages than those of this one.
    if (error.boot === undefined || error.boot === log.boot) outgoing.refused(error)
  }
}

const json = (payload: string): unknown => {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}
