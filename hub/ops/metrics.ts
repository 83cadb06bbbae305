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
  readonly commitSeconds: Histogram
  readonly batchEntries: Histogram
  readonly sent: Counter<'kind'>
  readonly diskFull: Gauge
}

export interface Readings {
  readonly queued: () => number
  readonly connected: () => number
  readonly openTasks: () => number
  readonly visits: () => number
}

const gauge = (registry: Registry, name: string, about: { help: string; read: () => number }) =>
  new Gauge({
    name,
    help: about.help,
    registers: [registry],
    collect() {
      this.set(about.read())
    },
  })

export const createMetrics = (readings: Readings): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  gauge(registry, 'usher_inputs_queued', {
    help: 'Inputs waiting for the next commit',
    read: readings.queued,
  })
  gauge(registry, 'usher_devices_connected', {
    help: 'Devices connected to the broker now',
    read: readings.connected,
  })
  gauge(registry, 'usher_tasks_open', { help: 'Tasks not yet ended', read: readings.openTasks })
  gauge(registry, 'usher_visits_open', { help: 'Visits in the branch now', read: readings.visits })
  const registers = [registry]
  return {
    registry,
    entries: new Counter({
      name: 'usher_entries_total',
      help: 'Journal entries by kind',
      labelNames: ['kind'],
      registers,
    }),
    repeats: new Counter({
      name: 'usher_repeats_total',
      help: 'Messages recognised as already committed',
      registers,
    }),
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
    commitSeconds: new Histogram({
      name: 'usher_commit_seconds',
      help: 'From deciding a batch to its commit',
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5],
      registers,
    }),
    batchEntries: new Histogram({
      name: 'usher_batch_entries',
      help: 'Entries in one commit',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
      registers,
    }),
    sent: new Counter({
      name: 'usher_sent_total',
      help: 'Messages handed to devices',
      labelNames: ['kind'],
      registers,
    }),
    diskFull: new Gauge({ name: 'usher_disk_full', help: '1 while the disk is full', registers }),
  }
}
