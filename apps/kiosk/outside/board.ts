/** What anybody may know of the branch's queues, asked every few seconds; what is old is not shown. */
import { Board } from '#protocol/board.ts'
import { createCell } from './cell.ts'
import type { Clock } from './clock.ts'
import { kept } from './kept.ts'

/** One that begins to hang right after an answer is noticed within the sum of both: less than five seconds. */
const askEveryMs = 2_000
const answerWithinMs = 2_500
const freshForMs = 9_000

export interface BoardSeen {
  /** The last that was heard, also of an earlier start. */
  readonly board: Board | null
  /** Whether the hub answers: only then are numbers shown. */
  readonly isFresh: boolean
  /** Whether the last question was answered: what has to be true at this moment goes by it. */
  readonly isAnswering: boolean
}

/** Numbers of yesterday are nobody's. */
const withoutNumbers = (board: Board): Board => ({
  ...board,
  called: [],
  services: board.services.map((service) => ({
    ...service,
    waiting: null,
    announcedWaitMs: null,
    countersOpen: null,
  })),
})

const ask = async (): Promise<Board> => {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), answerWithinMs)
  try {
    const answer = await fetch('/api/board', { signal: ending.signal })
    return Board.parse(await answer.json())
  } finally {
    clearTimeout(timer)
  }
}

export const followBoard = (clock: Clock) => {
  const seen = createCell<BoardSeen>({ board: kept.board() ?? null, isFresh: false, isAnswering: false })
  let heardAt = Number.NEGATIVE_INFINITY
  let known = ''
  const look = async () => {
    try {
      const board = await ask()
      heardAt = clock.now()
      seen.set({ board, isFresh: true, isAnswering: true })
      const quiet = withoutNumbers({ ...board, at: 0 })
      const text = JSON.stringify(quiet)
      if (text !== known) kept.keepBoard(quiet)
      known = text
    } catch {
      // Not there, or no board: as long as the last one is fresh it stays.
      const { board, isFresh: wasFresh } = seen.get()
      seen.set({ board, isFresh: wasFresh && clock.now() - heardAt <= freshForMs, isAnswering: false })
    }
  }
  void look()
  clock.every(askEveryMs, () => void look())
  return seen
}
