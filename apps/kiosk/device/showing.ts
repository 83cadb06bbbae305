/** What the hub wants shown here just now: the newest over the older, and what leads people out over everything. */
import type { Content } from '#protocol/targets.ts'
import { type Cell, createCell } from '../outside/cell.ts'

export interface Shown {
  readonly key: number
  readonly content: Content
  /** Whether somebody can say that they want to know more. */
  readonly isPromotion: boolean
}

export interface Showing {
  readonly now: Cell<Shown | null>
  /** @returns takes it away again. */
  put(content: Content, about: About): () => void
  /** Nobody needs to be led out any more, whatever became of who asked for it. */
  calm(): void
}

interface About {
  /** One task shows one thing: tried again, it takes the place of itself. */
  readonly task: string
  readonly stays: boolean
  readonly isPromotion: boolean
}

type Held = Shown & About

const rank = ({ content, isPromotion }: Shown) => {
  if (content.template === 'emergency') return 2
  return isPromotion ? 0 : 1
}

export const createShowing = (): Showing => {
  const now = createCell<Shown | null>(null)
  let all: readonly Held[] = []
  let count = 0
  const settle = (next: readonly Held[]) => {
    all = next
    now.set(all.reduce<Held | null>((top, one) => (top === null || rank(one) >= rank(top) ? one : top), null))
  }
  return {
    now,
    put(content, about) {
      count += 1
      const held: Held = { key: count, content, ...about }
      // One without an end stays until something else of the same kind comes.
      const isOver = (one: Held) => one.task === about.task || (one.stays && rank(one) === rank(held))
      settle([...all.filter((one) => !isOver(one)), held])
      return () => settle(all.filter(({ key }) => key !== held.key))
    },
    calm: () => settle(all.filter(({ content }) => content.template !== 'emergency')),
  }
}
