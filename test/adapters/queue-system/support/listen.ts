/** The inside of the adapter with a clock of the test: what it tells the hub, and what it complains of. */
import type { KeptTicket, KeptTickets } from '#adapters/queue-system/book/kept.ts'
import type { Channel } from '#adapters/queue-system/condition.ts'
import { QueueSystemConfig } from '#adapters/queue-system/config.ts'
import { type Arrived, createIntake } from '#adapters/queue-system/intake.ts'
import type { DeviceHandle } from '#adapters/sdk/adapter.ts'
import { createFakeClock } from '../../../simulators/support/fake-clock.ts'
import { createLines } from '../../sdk/support/rig.ts'

export const settings = (more: object = {}): QueueSystemConfig =>
  QueueSystemConfig.parse({
    webhook: { port: 0, login: { token: 'a-token-of-sixteen' } },
    ...more,
  })

/** Rules as short as can be, with times in seconds since the start of the test. */
export const plain = {
  preset: 'none',
  rules: [
    {
      tells: 'issued',
      when: { e: 'take' },
      ticket: 't',
      key: 'k',
      service: 's',
      at: 'at',
      sequence: 'n',
      id: 'id',
    },
    {
      tells: 'called',
      when: { e: 'call' },
      ticket: 't',
      key: 'k',
      counter: 'c',
      service: 's',
      at: 'at',
      sequence: 'n',
    },
    { tells: 'waits-again', when: { e: 'again' }, ticket: 't', key: 'k', at: 'at' },
    { tells: 'served', when: { e: 'done' }, ticket: 't', key: 'k', at: 'at', sequence: 'n' },
    { tells: 'no-show', when: { e: 'missed' }, ticket: 't', key: 'k', at: 'at' },
    { tells: 'transferred', when: { e: 'move' }, ticket: 't', key: 'k', service: 's', at: 'at' },
    { tells: 'counter', when: { e: 'open' }, counter: 'c', state: 'open', at: 'at' },
    { tells: 'counter', when: { e: 'shut' }, counter: 'c', state: 'closed', at: 'at' },
    {
      tells: 'snapshot',
      when: { e: 'queue' },
      service: 's',
      waiting: 'w',
      at: 'at',
      tickets: { each: 'list', ticket: 't', waited: 'waited', held: { held: true } },
    },
    { tells: 'snapshot', when: { e: 'count' }, service: 's', waiting: 'w', at: 'at' },
  ],
}

export const startedAt = Date.UTC(2026, 10, 23, 2, 0, 0)
/** A time for messages, so many seconds after the start. */
export const second = (seconds: number) => startedAt + seconds * 1_000

export const createMemory = (): KeptTickets => {
  let kept: readonly KeptTicket[] = []
  return {
    load: () => kept,
    save(tickets) {
      kept = tickets
    },
  }
}

export const listen = (config: object = plain, kept: KeptTickets = createMemory()) => {
  const channels: readonly Channel[] = ['webhook']
  const clock = createFakeClock()
  const zero = clock.now()
  const { lines, log } = createLines()
  const told: [string, Record<string, unknown>][] = []
  const health: unknown[] = []
  const intake = createIntake({
    config: settings(config),
    device: {
      emit: ((name: string, data: Record<string, unknown>) => {
        told.push([name, data])
        return { sent: true }
      }) as DeviceHandle['emit'],
      state(patch) {
        health.push(patch.health)
        return { sent: true }
      },
    },
    log,
    clock,
    timeOfDay: () => startedAt + clock.now() - zero,
    channels,
    kept,
  })
  return {
    intake,
    clock,
    lines,
    told,
    /** What was told since it was last asked, in short. */
    news: () =>
      told.splice(0).map(([name, data]) => [name.replace('ticket.', ''), ...Object.values(data)].join(' ')),
    health: () => health.at(-1),
    say: (message: unknown, arrived: Partial<Arrived> = {}) =>
      intake.value(message, { channel: 'webhook', ...arrived }),
    pass: (ms: number) => clock.pass(ms),
    counts: intake.counts,
  }
}
