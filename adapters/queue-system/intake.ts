/** Between the queue system and the hub: what arrives is mapped, written into the book, and told; what is wrong is counted. */
import type { DeviceHandle } from '../sdk/adapter.ts'
import type { Clock, Log } from '../sdk/ports.ts'
import { createComplaints } from '../shared/complaints.ts'
import { parsedJson } from '../shared/json.ts'
import { type Book, createBook } from './book/book.ts'
import type { KeptTickets } from './book/kept.ts'
import { type Channel, type Condition, createCondition, type Passing } from './condition.ts'
import type { QueueSystemConfig } from './config.ts'
import { offsetMinutes } from './mapping/loose.ts'
import { type Mapping, mapMessage } from './mapping/map.ts'
import { emit } from './outlet.ts'
import { type TroubleCode, troubles } from './troubles.ts'

export interface IntakeParts {
  readonly config: QueueSystemConfig
  readonly device: Pick<DeviceHandle, 'emit' | 'state'>
  readonly log: Pick<Log, 'warn'>
  /** For what waits and settles: it never steps. */
  readonly clock: Clock
  /** The time of day, as the queue system's clock has it, ms since 1970. */
  readonly timeOfDay: () => number
  readonly channels: readonly Channel[]
  /** Where the open tickets are kept over a restart. */
  readonly kept: KeptTickets
}

export interface Arrived {
  readonly channel: Channel
  readonly topic?: string
  /** The broker kept it: it may tell how things are, but not what happens. */
  readonly isRetained?: boolean
}

export interface Intake {
  text(payload: string, arrived: Arrived): void
  value(message: unknown, arrived: Arrived): void
  note(code: TroubleCode, channel: Channel): void
  ticket: Book['ticket']
  readonly is: Condition['is']
  counts(): Readonly<Record<string, number>>
  close(): void
}

/** Room for the list of a full branch. */
export const payloadMax = 1_000_000
const lookEveryMs = 1_000

/** What people should know of, beyond the counts. */
const shownAs: Readonly<Partial<Record<TroubleCode, Passing>>> = {
  gap: 'tickets-missed',
  'number-jump': 'tickets-missed',
  'never-issued': 'tickets-missed',
  'file-gap': 'tickets-missed',
  'lost-ticket': 'tickets-missed',
  'count-differs': 'counts-differ',
  'not-json': 'messages-not-understood',
  'bad-shape': 'messages-not-understood',
  'no-rule': 'messages-not-understood',
  'too-large': 'messages-not-understood',
  'unknown-service': 'messages-not-understood',
  'unknown-counter': 'messages-not-understood',
  'unknown-ticket': 'tickets-missed',
  'bad-line': 'messages-not-understood',
}

export const mappingOf = (config: QueueSystemConfig): Mapping => ({
  rules: config.rules,
  tables: config.tables,
  ticketPrefixes: config.ticketPrefixes,
  offsetMin: offsetMinutes(config.utcOffset) ?? 0,
})

export const createIntake = (parts: IntakeParts): Intake => {
  const { config, device, clock, timeOfDay, channels } = parts
  const now = () => clock.now()
  const complaints = createComplaints<TroubleCode>({ log: parts.log, now, words: troubles })
  const condition = createCondition({ device, channels, now, holdMs: config.troubleMs })
  const mapping = mappingOf(config)
  const note = (code: TroubleCode, source: string, times = 1) => {
    complaints.note(code, { source, times })
    const shown = shownAs[code]
    if (shown !== undefined) condition.saw(shown)
  }
  const book = createBook({
    ...config,
    kept: parts.kept,
    now,
    timeOfDay,
    note: (code, times) => note(code, 'tickets', times),
    tell(event) {
      if (!emit(device, event)) note('not-sent', 'hub')
    },
  })
  const value = (message: unknown, { channel, topic = '', isRetained = false }: Arrived) => {
    const { news, troubles: wrong } = mapMessage(mapping, message, topic.split('/'))
    for (const code of wrong) note(code, channel)
    // Nobody knows how long the broker has had it, unless it says so itself.
    for (const one of news)
      if (isRetained && (one.tells !== 'snapshot' || one.at === undefined)) note('retained', channel)
      else book.hear(one)
  }
  let cancel = () => {}
  const look = () => {
    book.look()
    condition.look()
    cancel = clock.after(lookEveryMs, look)
  }
  look()
  return {
    value,
    text(payload, arrived) {
      const message = parsedJson(payload)
      if (message === undefined) note('not-json', arrived.channel)
      else value(message, arrived)
    },
    note,
    ticket: book.ticket,
    is: condition.is,
    counts: complaints.all,
    close() {
      cancel()
      book.keep()
    },
  }
}
