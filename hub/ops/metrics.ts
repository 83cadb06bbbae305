/** What the hub counts about itself, in the Prometheus format. Labels are closed sets; never a device's free text. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  readonly entries: Counter<'kind'>
  readonly repeats: Counter
  readonly refused: Counter<'code'>
  readonly bugs: Counter
  readonly decisions: Counter<'kind' | 'flow'>
  readonly tasksEnded: Counter<'flow' | 'phase'>
  readonly batchEntries: Histogram
  readonly diskFull: Gauge
}

export interface Readings {
  readonly queued: () => number
  readonly connected: () => number
  readonly openTasks: () => number
  readonly visits: () => number
  readonly connections: () => Connections
}

/** How many are signed in, by the door they came through. */
export type Connections = Readonly<Record<'mqtt' | 'mqtts' | 'ws' | 'wss', number>>

const gauge = (registry: Registry, name: string, about: { help: string; read: () => number }) =>
  new Gauge({
    name,
    help: about.help,
    registers: [registry],
    collect() {
      this.set(about.read())
    },
  })

const doorsGauge = (registers: Registry[], read: () => Connections) =>
  new Gauge({
    name: 'usher_connections',
    help: 'Connections signed in now, by the door they came through',
    labelNames: ['door'],
    registers,
    collect() {
      for (const [door, count] of Object.entries(read())) this.set({ door }, count)
    },
  })

const createCounters = (registers: Registry[]) => ({
  entries: new Counter({
    name: 'usher_entries_total',
    help: 'Journal entries by kind',
    labelNames: ['kind'],
    registers,
  }),
  repeats: new Counter({ name: 'usher_repeats_total', help: 'Messages already committed before', registers }),
  refused: new Counter({
    name: 'usher_refused_total',
    help: 'Messages and commands refused, by code',
    labelNames: ['code'],
    registers,
  }),
  bugs: new Counter({ name: 'usher_bugs_total', help: 'Entries the hub could not decide', registers }),
  decisions: new Counter({
    name: 'usher_decisions_total',
    help: 'Decision records',
    labelNames: ['kind', 'flow'],
    registers,
  }),
  tasksEnded: new Counter({
    name: 'usher_tasks_ended_total',
    help: 'Tasks ended',
    labelNames: ['flow', 'phase'],
    registers,
  }),
})

export const createMetrics = (readings: Readings): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  gauge(registry, 'usher_inputs_queued', { help: 'Inputs waiting for a commit', read: readings.queued })
  gauge(registry, 'usher_devices_connected', { help: 'Devices connected now', read: readings.connected })
  doorsGauge(registers, readings.connections)
  gauge(registry, 'usher_tasks_open', { help: 'Tasks not yet ended', read: readings.openTasks })
  gauge(registry, 'usher_visits_open', { help: 'Visits in the branch now', read: readings.visits })
  return {
    registry,
    ...createCounters(registers),
    batchEntries: new Histogram({
      name: 'usher_batch_entries',
      help: 'Entries in one commit',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
      registers,
    }),
    diskFull: new Gauge({ name: 'usher_disk_full', help: '1 while the disk is full', registers }),
  }
}
