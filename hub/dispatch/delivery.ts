/**
 * Carries committed messages to devices: at once, again unchanged when a device subscribes, and every `resendMs` until
 * the row is closed or has expired. It keeps no truth of its own; the outbox table is what must be sent.
 */
import type { BrokerPort } from '../broker/port.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { TableChanges } from '../engine/rows.ts'
import type { OutboxRow } from './rows.ts'

export interface DeliveryParts {
  readonly broker: Pick<BrokerPort, 'publish' | 'isConnected'>
  readonly clock: Pick<Clock, 'after'>
  /** Hub time, as in the rows' `expiresAt`. */
  readonly now: () => number
  /** The outbox as it is committed; asked once, at the start. */
  readonly outbox: () => readonly OutboxRow[]
  /** What is not on record and yet has to go out: signatures. */
  readonly sign?: (payload: string) => string
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void }
}

export interface Delivery {
  /** Publishes what was loaded: what is retained at once, the rest to devices that are connected. */
  start(): void
  /** After each commit. */
  committed(changes: readonly TableChanges[]): void
  /** The device reads its task topic from now on. */
  listening(device: string): void
  stop(): void
}

interface Waiting {
  readonly row: OutboxRow
  /** Not handed over again before the last time it was handed over has come back. */
  sending: boolean
  dueAt: number
}

/** How often rows are looked at while any wait; a fraction of the usual `resendMs`, so that it is kept closely. */
const sweepMs = 250
/** Per device and sweep, so that one that comes back after long is not flooded. */
const burstMax = 32

const orderOf: Readonly<Record<OutboxRow['kind'], number>> = { config: 0, cancel: 1, offer: 2, start: 3 }
const inOrder = (a: OutboxRow, b: OutboxRow) => a.at - b.at || orderOf[a.kind] - orderOf[b.kind]

interface Desk extends DeliveryParts {
  /** device → row id → row, in the order of the commits. */
  readonly waiting: Map<string, Map<string, Waiting>>
  /** row id → device */
  readonly deviceOf: Map<string, string>
  /** Topics of retained rows by row id, to clear them when the row goes. */
  readonly retained: Map<string, string>
}

const hand = (desk: Desk, item: Waiting) => {
  const { row } = item
  item.sending = true
  item.dueAt = desk.now() + row.resendMs
  desk.broker
    .publish(row.topic, desk.sign?.(row.payload) ?? row.payload, { qos: 1, retain: row.retain })
    .then(
      // What is retained is the broker's from now on.
      () => row.retain && forget(desk, row.device, row.id),
      (error: unknown) =>
        desk.log.warn({ device: row.device, row: row.id, error }, 'message not handed over'),
    )
    .finally(() => {
      item.sending = false
    })
}

const forget = (desk: Desk, device: string, id: string) => {
  const rows = desk.waiting.get(device)
  rows?.delete(id)
  desk.deviceOf.delete(id)
  if (rows?.size === 0) desk.waiting.delete(device)
}

const add = (desk: Desk, row: OutboxRow) => {
  const item: Waiting = { row, sending: false, dueAt: 0 }
  const rows = desk.waiting.get(row.device) ?? new Map<string, Waiting>()
  rows.delete(row.id)
  rows.set(row.id, item)
  desk.waiting.set(row.device, rows)
  desk.deviceOf.set(row.id, row.device)
  if (row.retain) desk.retained.set(row.id, row.topic)
  if (row.retain || desk.broker.isConnected(row.device)) hand(desk, item)
}

const remove = (desk: Desk, id: string) => {
  const device = desk.deviceOf.get(id)
  if (device !== undefined) forget(desk, device, id)
  const topic = desk.retained.get(id)
  if (topic === undefined) return
  desk.retained.delete(id)
  desk.broker
    .publish(topic, '', { qos: 1, retain: true })
    .catch((error: unknown) => desk.log.warn({ row: id, error }, 'retained message not cleared'))
}

/** `all`: whether due or not, because the device has just begun to listen. */
const sendTo = (desk: Desk, device: string, all: boolean) => {
  let sent = 0
  const now = desk.now()
  for (const item of desk.waiting.get(device)?.values() ?? []) {
    const { row } = item
    if (row.expiresAt !== null && row.expiresAt <= now) forget(desk, device, row.id)
    else if (!item.sending && (all || item.dueAt <= now) && sent < burstMax) {
      hand(desk, item)
      sent += 1
    }
  }
}

const sweep = (desk: Desk) => {
  for (const [device, rows] of desk.waiting) {
    const connected = desk.broker.isConnected(device)
    const retained = [...rows.values()].some(({ row }) => row.retain)
    if (connected || retained) sendTo(desk, device, false)
    else
      for (const { row } of rows.values())
        if (row.expiresAt !== null && row.expiresAt <= desk.now()) forget(desk, device, row.id)
  }
}

export const createDelivery = (parts: DeliveryParts): Delivery => {
  const desk: Desk = { ...parts, waiting: new Map(), deviceOf: new Map(), retained: new Map() }
  let callOff: (() => void) | undefined
  let running = false
  const arm = () => {
    if (!running || callOff !== undefined || desk.waiting.size === 0) return
    callOff = parts.clock.after(sweepMs, () => {
      callOff = undefined
      sweep(desk)
      arm()
    })
  }
  return {
    start: () => {
      running = true
      for (const row of [...parts.outbox()].sort(inOrder)) add(desk, row)
      arm()
    },
    committed: (changes) => {
      if (!running) return
      for (const { table, rows } of changes) {
        if (table !== 'outbox') continue
        for (const [id, row] of rows) {
          if (row === undefined) remove(desk, id)
          else add(desk, row as OutboxRow)
        }
      }
      arm()
    },
    listening: (device) => {
      if (!running) return
      sendTo(desk, device, true)
      arm()
    },
    stop: () => {
      running = false
      callOff?.()
      callOff = undefined
      desk.waiting.clear()
      desk.deviceOf.clear()
      desk.retained.clear()
    },
  }
}
