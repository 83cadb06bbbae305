/**
 * What a device said and the hub does not have yet, kept where it outlives the process. The port, what is worth keeping
 * that long, and what is given up first when there is too much of it.
 */
import { z } from 'zod'
import { events, isEventName } from '#protocol/events.ts'
import { BootId, Id, MessageNumber } from '#protocol/ids.ts'

/** One message as it goes out: the hub recognises it by boot and number, whichever life sends it. */
export interface TrayMessage {
  readonly boot: string
  readonly n: number
  /** When it was said, ms since 1970. */
  readonly at: number
  readonly topic: string
  readonly payload: string
}

export type MessageName = Pick<TrayMessage, 'boot' | 'n'>

export interface OutTray {
  /** Outlives nothing, because there is no place for it: the device says so from its start. */
  readonly keepsNothing?: true
  /** What earlier lives of this device could not hand over, in the order in which it was said. */
  earlier(device: string): readonly TrayMessage[]
  /**
   * Outlives the process when it returns, or when what it returns resolves, and a power cut soon after. @throws when it
   * cannot be written
   */
  put(device: string, message: TrayMessage): void | Promise<void>
  /** The hub has it, or never will. @throws when it cannot be written; then the hub gets it once more and knows it */
  take(device: string, message: MessageName): void
  close(): void | Promise<void>
}

/** One that has written when it returns. */
export interface DirectTray extends OutTray {
  put(device: string, message: TrayMessage): void
  close(): void
}

/** A message with whose it is, as a tray writes it down. */
export const TrayRow = z.object({
  device: Id,
  boot: BootId,
  n: MessageNumber,
  at: z.number(),
  topic: z.string(),
  payload: z.string(),
})
export type TrayRow = z.infer<typeof TrayRow>

export const rowKey = ({ device, boot, n }: Pick<TrayRow, 'device' | 'boot' | 'n'>) =>
  `${device}/${boot}/${n}`

export const rowOf = (device: string, { boot, n, at, topic, payload }: TrayMessage): TrayRow => ({
  device,
  boot,
  n,
  at,
  topic,
  payload,
})

export const messagesOf = (rows: Iterable<TrayRow>, of: string): TrayMessage[] =>
  [...rows].filter(({ device }) => device === of).map(({ device: _device, ...message }) => message)

/** Within this a power cut may take what was said; a kill takes nothing. */
export const groupMs = 250

/** Outlives nothing but the device that is handed to the next life of it: for tests. */
export const createFleetingTray = (): DirectTray => {
  const kept = new Map<string, { device: string; message: TrayMessage }>()
  return {
    earlier: (of) => [...kept.values()].filter(({ device }) => device === of).map(({ message }) => message),
    put: (device, message) => void kept.set(`${device}/${message.boot}/${message.n}`, { device, message }),
    take: (device, { boot, n }) => void kept.delete(`${device}/${boot}/${n}`),
    close: () => {},
  }
}

/** Where there is no place to keep anything: all goes on in memory. */
export const createNoTray = (): OutTray => ({
  keepsNothing: true,
  earlier: () => [],
  put: () => {},
  take: () => {},
  close: () => {},
})

/** Measured again and again: a later one makes up for it. */
const telemetry: ReadonlySet<string> = new Set([
  'zone.count',
  'zone.dwell',
  'queue.snapshot',
  'visitor.moved',
])

const lastLevel = (topic: string) => topic.slice(topic.lastIndexOf('/') + 1)
const isEvent = (topic: string) => topic.includes('/event/')
const isReport = (topic: string) => topic.endsWith('/report')

/** Presence, manifest and state are said anew by the next life; what happened, and what was done, is not. */
export const outlivesProcess = (topic: string): boolean => isEvent(topic) || isReport(topic)

/** In the order in which they are given up: what is measured, what happened, what was done. */
export const worths = [0, 1, 2] as const
export type Worth = (typeof worths)[number]

export const worthOf = (topic: string): Worth => {
  if (isEvent(topic)) return telemetry.has(lastLevel(topic)) ? 0 : 1
  return lastLevel(topic) === 'state' ? 0 : 2
}

const agoMaxMs = 86_400_000

/**
 * @returns the payload of an event that an earlier life sensed, with how long ago that was, where the contract has a
 * place for it: the hub must not take yesterday's visitor for one who comes in now.
 */
export const toldLate = ({ topic, payload, at }: TrayMessage, now: number): string => {
  const name = lastLevel(topic)
  if (!(isEvent(topic) && isEventName(name) && 'observedAgoMs' in events[name].shape)) return payload
  const body = JSON.parse(payload) as { observedAgoMs?: number }
  const agoMs = Math.round((body.observedAgoMs ?? 0) + Math.max(0, now - at))
  return JSON.stringify({ ...body, observedAgoMs: Math.min(agoMs, agoMaxMs) })
}
