/** Large messages that a server sends in pieces (ROSBRIDGE_PROTOCOL.md 3.1.1), put together within limits. */
import { type Fragment, messageCharsMax } from './protocol.ts'

const piecesMax = 1_000
/** Messages in pieces at one time; of more, the oldest is given up. */
const openMax = 4

interface Open {
  readonly total: number
  readonly pieces: Map<number, string>
  chars: number
}

export interface Fragments {
  /** @returns the whole message with its last piece; `bad` for what cannot be one; undefined: not all is there. */
  take(fragment: Fragment): { readonly whole: string } | 'bad' | undefined
}

export const createFragments = (): Fragments => {
  const open = new Map<string, Open>()
  return {
    take({ id, data, num, total }) {
      const known = open.get(id) ?? { total, pieces: new Map<number, string>(), chars: 0 }
      const isBad = total > piecesMax || num >= total || known.total !== total
      if (!known.pieces.has(num)) known.chars += data.length
      if (isBad || known.chars > messageCharsMax) {
        open.delete(id)
        return 'bad'
      }
      known.pieces.set(num, data)
      open.set(id, known)
      const [oldest] = open.keys()
      if (open.size > openMax && oldest !== undefined) open.delete(oldest)
      if (known.pieces.size < total) return undefined
      open.delete(id)
      return { whole: Array.from({ length: total }, (_, index) => known.pieces.get(index) ?? '').join('') }
    },
  }
}
