/** Which of two messages is the newer one, and which were lost or came twice: by the vendor's time or number, else by arrival. */
import type { News } from '../mapping/news.ts'
import type { TroubleCode } from '../troubles.ts'

export interface Order {
  readonly at?: number
  readonly sequence?: number
}

export const orderOf = ({ at, sequence }: News): Order => ({
  ...(at !== undefined && { at }),
  ...(sequence !== undefined && { sequence }),
})

/** @returns below 0 when it is older, 0 when it is as old; undefined when nothing tells. */
export const compare = (one: Order, other: Order): number | undefined => {
  if (one.at !== undefined && other.at !== undefined && one.at !== other.at) return one.at - other.at
  if (one.sequence !== undefined && other.sequence !== undefined) return one.sequence - other.sequence
  return one.at !== undefined && other.at !== undefined ? 0 : undefined
}

const idsMax = 4_096
/** Further back than messages overtake each other: the system counts anew. */
const overtakeMax = 500
const missingMax = 1_000

/** The vendor's ids and numbers of its messages. */
export const createArrivals = (note: (code: TroubleCode, times?: number) => void) => {
  const ids = new Set<string>()
  const missing = new Set<number>()
  let last: number | undefined

  const isKnown = (id: string) => {
    if (ids.has(id)) return true
    ids.add(id)
    if (ids.size > idsMax) for (const oldest of [...ids].slice(0, idsMax / 4)) ids.delete(oldest)
    return false
  }
  const count = (sequence: number): { isRepeat: boolean; missed: number } => {
    const before = last
    if (before === undefined || sequence < before - overtakeMax) {
      if (before !== undefined) note('restarted-count')
      missing.clear()
      last = sequence
      return { isRepeat: false, missed: 0 }
    }
    if (sequence <= before) return { isRepeat: !missing.delete(sequence), missed: 0 }
    const missed = sequence - before - 1
    for (let one = before + 1; one < sequence && missing.size < missingMax; one += 1) missing.add(one)
    last = sequence
    return { isRepeat: false, missed }
  }
  return {
    /** @returns whether it is the first of its kind, and how many before it are missing. */
    arrive({ id, sequence }: Pick<News, 'id' | 'sequence'>): { isRepeat: boolean; missed: number } {
      const isRepeat = id !== undefined && isKnown(id)
      if (isRepeat || sequence === undefined) return { isRepeat, missed: 0 }
      return count(sequence)
    },
  }
}
