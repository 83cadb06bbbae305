/** How far the log is written and applied: one number each in memory that the hub's thread and the store's share. */

export interface LogPlace {
  readonly lap: number
  /** Bytes from the beginning of the lap's segment. */
  readonly end: number
}

export interface LogPosition {
  /** Of a start: everything before this lap is in the database. */
  begin(lap: number): void
  read(): LogPlace
  /** Everything up to here is on disk. @returns whether the one who applies it sleeps and must be woken. */
  committed(place: LogPlace): boolean
  /** Every lap before this one is in the database. */
  applied(lap: number): void
  appliedLap(): number
  /** The one who applies has caught up with what it read. @returns false when there is more by now. */
  sleep(seen: LogPlace): boolean
  /** It has not, and cannot: it sleeps until there is more. */
  giveUp(): void
}

const slots = { committed: 0, applied: 1, asleep: 2 } as const

export const makePositionMemory = (): SharedArrayBuffer => new SharedArrayBuffer(24)

const endBits = 32n

/** Lap and end are one number, so that a reader never sees the lap of one commit with the end of another. */
const pack = ({ lap, end }: LogPlace): bigint => (BigInt(lap) << endBits) | BigInt(end)
const unpack = (value: bigint): LogPlace => ({
  lap: Number(value >> endBits),
  end: Number(BigInt.asUintN(32, value)),
})

export const openPosition = (memory: SharedArrayBuffer): LogPosition => {
  const cells = new BigInt64Array(memory)
  return {
    begin: (lap) => {
      Atomics.store(cells, slots.committed, pack({ lap, end: 0 }))
      Atomics.store(cells, slots.applied, BigInt(lap))
      Atomics.store(cells, slots.asleep, 1n)
    },
    read: () => unpack(Atomics.load(cells, slots.committed)),
    committed: (place) => {
      Atomics.store(cells, slots.committed, pack(place))
      return Atomics.exchange(cells, slots.asleep, 0n) === 1n
    },
    applied: (lap) => void Atomics.store(cells, slots.applied, BigInt(lap)),
    appliedLap: () => Number(Atomics.load(cells, slots.applied)),
    sleep: (seen) => {
      Atomics.store(cells, slots.asleep, 1n)
      if (Atomics.load(cells, slots.committed) === pack(seen)) return true
      Atomics.store(cells, slots.asleep, 0n)
      return false
    },
    giveUp: () => void Atomics.store(cells, slots.asleep, 1n),
  }
}
