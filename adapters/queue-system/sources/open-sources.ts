/** The ways by which this queue system is heard, as far as the configuration names them. */
import { join } from 'node:path'
import type { Clock, Log } from '../../sdk/ports.ts'
import { type BrokerState, openBrokerLine } from '../../shared/broker-line.ts'
import { openHttpDoor } from '../../shared/http-door.ts'
import type { Channel } from '../condition.ts'
import type { QueueSystemConfig } from '../config.ts'
import { type Intake, payloadMax } from '../intake.ts'
import { offsetMinutes } from '../mapping/loose.ts'
import { openCsvTail } from './csv-tail.ts'
import { openSnapshotPoll } from './snapshot-poll.ts'

export interface SourceParts {
  readonly config: QueueSystemConfig
  readonly intake: Intake
  readonly log: Log
  readonly clock: Clock
  readonly timeOfDay: () => number
  readonly chance: () => number
  readonly device: string
  /** The folder for what must be remembered. */
  readonly stateFolder: string
  /** Each is added as soon as it is open, so that it is closed whatever happens then. */
  readonly ends: (() => Promise<void>)[]
}

export const channelsOf = ({ webhook, broker, csv, snapshot }: QueueSystemConfig): readonly Channel[] => [
  ...(webhook === undefined ? [] : ['webhook' as const]),
  ...(broker === undefined ? [] : ['broker' as const]),
  ...(csv === undefined ? [] : ['csv' as const]),
  ...(snapshot === undefined ? [] : ['snapshot' as const]),
]

const openWebhook = async ({ config: { webhook }, intake, log, ends }: SourceParts) => {
  if (webhook === undefined) return
  const { login, ...door } = webhook
  const opened = await openHttpDoor({
    door,
    logins: new Map([['events', login]]),
    bytesMax: payloadMax,
    onBody: (_name, text) => intake.text(text, { channel: 'webhook' }),
    onTooLarge: () => intake.note('too-large', 'webhook'),
  })
  ends.push(opened.close)
  log.info('the door for the queue system is open', { port: opened.port })
}

const openBroker = ({ config, intake, log, device, chance, ends }: SourceParts) => {
  const { broker, topics } = config
  if (broker === undefined) return
  const line = openBrokerLine({
    broker,
    whose: 'vendor',
    clientId: `usher-${device}`,
    topics,
    keepsSession: true,
    keepaliveSeconds: 30,
    payloadMax,
    log,
    chance,
    onMessage: ({ topic, payload, isRetained }) =>
      intake.text(payload, { channel: 'broker', topic, isRetained }),
    onTooLarge: () => intake.note('too-large', 'broker'),
    onState(state: BrokerState) {
      intake.is('vendor-broker-unreachable', state === 'unreachable')
      intake.is('vendor-broker-refuses', state === 'refused')
    },
  })
  ends.push(() => line.close())
}

const minuteMs = 60_000

const openCsv = (parts: SourceParts) => {
  const { config, intake, log, clock, timeOfDay, device, stateFolder, ends } = parts
  const { csv } = config
  if (csv === undefined) return
  const offset = offsetMinutes(config.utcOffset) ?? 0
  const file = () => {
    const day = new Date(timeOfDay() + offset * minuteMs).toISOString().slice(0, 10)
    return csv.file.replaceAll('{date}', day.replaceAll('-', '')).replaceAll('{date-}', day)
  }
  let wasThere: boolean | undefined
  const tail = openCsvTail({
    ...csv,
    file,
    header: csv.header,
    remember: join(stateFolder, `${device}.csv-position`),
    clock,
    onRow: (row) => intake.value(row, { channel: 'csv' }),
    onState(isThere) {
      if (!isThere) log.warn('the file of the queue system is not there', { file: file() })
      else log.info(wasThere === undefined ? 'the file is read' : 'the file is there again', { file: file() })
      wasThere = isThere
      intake.is('csv-file-missing', !isThere)
    },
    note: (code) => intake.note(code, 'csv'),
  })
  ends.push(async () => tail.close())
}

const openPoll = ({ config: { snapshot }, intake, log, clock, ends }: SourceParts) => {
  if (snapshot === undefined) return
  const poll = openSnapshotPoll({
    ...snapshot,
    signIn: snapshot.signIn,
    ca: snapshot.ca,
    clock,
    log,
    onAnswer: (json) => intake.value(json, { channel: 'snapshot' }),
    onState(state) {
      intake.is('snapshot-unreachable', state === 'unreachable')
      intake.is('snapshot-refused', state === 'refused')
      intake.is('snapshot-unusable', state === 'unusable')
    },
  })
  ends.push(async () => poll.close())
}

/** @throws DeviceUnreachable when the address of the door cannot be listened on. */
export const openSources = async (parts: SourceParts): Promise<void> => {
  await openWebhook(parts)
  openBroker(parts)
  openCsv(parts)
  openPoll(parts)
}
