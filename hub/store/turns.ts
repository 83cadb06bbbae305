/** One thing at a time, in the order asked for; at once when nothing is under way. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>
}

export const createTurns = (): Turns => {
  let last: Promise<unknown> | null = null
  const forget = (turn: Promise<unknown>) => {
    if (last === turn) last = null
  }
  return {
    take: (work) => {
      const turn = last === null ? work() : last.then(work, work)
      last = turn
      const ended = () => forget(turn)
      turn.then(ended, ended)
      return turn
    },
  }
}
