/**
 * What an adapter must still know after a restart: which attempts were begun, what was reported of them and what the
 * hub has heard. The port, what a record is, and how many records are worth keeping.
 */
import { z } from 'zod'
import { Id } from '#protocol/ids.ts'
import { Report } from '#protocol/messages.ts'
import { isFinal, type Recollection } from './attempts.ts'

const Name = z.object({ device: Id, task: Id, attempt: z.int().min(1), epoch: z.int().min(1) })

export const MemoryRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('epoch'), device: Id, epoch: z.int().min(1) }),
  Name.extend({ kind: z.literal('begun') }),
  Name.extend({ kind: z.literal('heard') }),
  Name.extend({
    kind: z.literal('reported'),
    report: Report.omit({ attempt: true, epoch: true, boot: true, n: true }),
  }),
])
export type MemoryRecord = z.infer<typeof MemoryRecord>

export interface Memory {
  /** What earlier lives wrote, in order. */
  earlier(): readonly MemoryRecord[]
  /** `sure`: on the disk when it returns, or when what it returns resolves. @throws when it cannot be written */
  write(record: MemoryRecord, sure: boolean): void | Promise<void>
  close(): void
}

/** Remembers nothing beyond this process: for tests, and to hand the same one to the next life of a device. */
export const createFleetingMemory = (): Memory => {
  const records: MemoryRecord[] = []
  return { earlier: () => [...records], write: (record) => void records.push(record), close: () => {} }
}

export const recollectionsOf = (records: readonly MemoryRecord[], device: string): Recollection[] =>
  records.filter((record) => record.device === device)

/** Attempts of each device beyond this many are forgotten, oldest first; a hub repeats only recent ones. */
const keptAttemptsMax = 2_000

type Told = Exclude<MemoryRecord, { kind: 'epoch' }>

/** @returns the same knowledge in as few records as can hold it. */
export const condensed = (records: readonly MemoryRecord[]): MemoryRecord[] => {
  const epochs = new Map<string, Extract<MemoryRecord, { kind: 'epoch' }>>()
  const byDevice = new Map<string, Map<string, Told[]>>()
  for (const record of records) {
    if (record.kind === 'epoch') {
      if (record.epoch > (epochs.get(record.device)?.epoch ?? 0)) epochs.set(record.device, record)
      continue
    }
    const attempts = byDevice.get(record.device) ?? new Map<string, Told[]>()
    byDevice.set(record.device, attempts)
    const key = `${record.task}/${record.attempt}/${record.epoch}`
    attempts.set(key, [...(attempts.get(key) ?? []).filter((earlier) => !outdates(record, earlier)), record])
  }
  const kept = [...byDevice.values()].flatMap((attempts) => {
    const all = [...attempts.values()]
    const surplus = all.length - keptAttemptsMax
    return all.filter((told, index) => index >= surplus || !isOver(told)).flat()
  })
  return [...epochs.values(), ...kept]
}

/** A later report says all that an earlier one did; what ended need not be known to have begun. */
const outdates = (later: Told, earlier: Told) =>
  earlier.kind === later.kind ||
  (later.kind === 'reported' && isFinal(later.report) && earlier.kind !== 'heard')

const isOver = (told: readonly Told[]) => told.some((one) => one.kind === 'heard')
