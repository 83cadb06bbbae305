/** How long the queues are and who is called, asked again and again. What is too old to be true is not shown. */
import { Board } from '#protocol/board.ts'
import { repeat, type Time } from './time.ts'

export interface BoardWatch {
  /** undefined: not known now. */
  now(): Board | undefined
  /** @returns ends the listening. */
  listen(call: () => void): () => void
}

const askEveryMs = 3_000
const trueForMs = 15_000
const answerWithinMs = 5_000

/** @param onBoard each that came, for what of it does not age: how the branch is called */
export const watchBoard = (time: Time, onBoard: (board: Board) => void): BoardWatch => {
  const listeners = new Set<() => void>()
  let known: { readonly board: Board; readonly at: number } | undefined
  const now = () =>
    known !== undefined && time.elapsedMs() - known.at <= trueForMs ? known.board : undefined
  const ask = async () => {
    const late = new AbortController()
    const cancel = time.after(answerWithinMs, () => late.abort())
    try {
      const answer = await fetch('/api/board', {
        cache: 'no-cache',
        credentials: 'omit',
        signal: late.signal,
      })
      if (!answer.ok) return
      const board = Board.parse(await answer.json())
      known = { board, at: time.elapsedMs() }
      onBoard(board)
    } catch {
      // The hub is away: what is known grows old.
    } finally {
      cancel()
      for (const call of listeners) call()
    }
  }
  void ask()
  repeat(time, askEveryMs, ask)
  return {
    now,
    listen(call) {
      listeners.add(call)
      return () => void listeners.delete(call)
    },
  }
}
