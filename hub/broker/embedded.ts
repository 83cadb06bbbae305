/**
 * The broker inside the hub: aedes behind the broker port. MQTT is transport only; every promise is kept by the hub's
 * own store. A PUBACK means committed.
 */
import { UsherError } from '#protocol/errors.ts'
import { topics } from '#protocol/topics.ts'
import type { EmbeddedBrokerParts } from './broker-parts.ts'
import { createConnections } from './connections.ts'
import type { OpenDoors, Ports } from './listeners.ts'
import type { BrokerEvents, BrokerPort } from './port.ts'
import { hubPresence, type Running, startRunning } from './running.ts'
import type { ListenerName } from './sign-in.ts'

export interface EmbeddedBroker extends BrokerPort {
  ports(): Partial<Ports>
  /** How many are signed in by each door. */
  open(): Readonly<Partial<Record<ListenerName, number>>>
}

/** Once the hub stops, connections end because of us: their wills and ends are no news about devices. */
const untilStopped = (events: BrokerEvents, isStopping: () => boolean): BrokerEvents => ({
  onArrival: (arrival) =>
    isStopping() ? Promise.reject(new UsherError('hub.stopping')) : events.onArrival(arrival),
  onConnected: (device) => isStopping() || events.onConnected(device),
  onDisconnected: (device, orderly) => isStopping() || events.onDisconnected(device, orderly),
  onListening: (device) => isStopping() || events.onListening(device),
})

/** Says goodbye to the devices; one that does not read does not hold the stop up. */
const sayOffline = async (parts: EmbeddedBrokerParts, { publish }: Running) => {
  const said = publish(topics.hub(parts.branch), hubPresence('offline', parts.epoch()), {
    qos: 1,
    retain: true,
  })
  let stop = () => undefined as void
  const enough = new Promise<void>((resolve) => {
    stop = parts.clock.after(parts.limits.sweepMs, resolve)
  })
  await Promise.race([said, enough])
  stop()
  // One turn of the loop hands what was written to the system before the sockets are destroyed.
  await new Promise((resolve) => setImmediate(resolve))
}

export const createEmbeddedBroker = (parts: EmbeddedBrokerParts): EmbeddedBroker => {
  const connections = createConnections()
  let running: Running | undefined
  let doors: OpenDoors | undefined
  let stopping = false
  return {
    start: async (events) => {
      stopping = false
      const guarded = untilStopped(events, () => stopping)
      const started = await startRunning(parts, guarded, connections)
      // Before the doors open: who comes through them at once must find a hub that can answer.
      running = started
      try {
        doors = await started.open()
      } catch (error) {
        running = undefined
        await started.close()
        throw error
      }
    },
    publish: async (topic, payload, options) => {
      // Not awaited: a device that does not read must not hold up what goes to the others.
      running?.publish(topic, payload, options).catch((error: unknown) => {
        parts.log.warn({ topic, error: String(error) }, 'could not publish')
      })
      await Promise.resolve()
    },
    isConnected: (device) => connections.speaker(device) !== undefined,
    disconnect: (device, reason) => {
      const session = connections.speaker(device)
      if (session === undefined) return
      parts.log.info({ device, reason }, 'disconnecting a device')
      session.client.close()
    },
    ports: () => doors?.ports ?? {},
    open: () => {
      const names = [...connections.all()].filter(({ identity }) => identity !== undefined)
      const byDoor = Map.groupBy(names, ({ wire }) => wire.listener)
      return Object.fromEntries([...byDoor].map(([name, { length }]) => [name, length]))
    },
    stop: async () => {
      if (running === undefined) return
      const stopped = running
      running = undefined
      stopping = true
      await sayOffline(parts, stopped)
      await stopped.close()
      doors = undefined
    },
  }
}
