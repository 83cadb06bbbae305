/**
 * What must be on the disk before it is said holds up all that is said after it: the hub acknowledges by one number
 * everything up to it, so that nothing may be overtaken. Where nothing is waited for, everything goes at once.
 */

export interface Turns {
  /** @param ready resolves when it may go; undefined: as soon as it is its turn */
  take(ready: Promise<void> | undefined, go: () => void): void
  /** Resolves when everything has gone. */
  over(): Promise<void>
}

export const createTurns = (): Turns => {
  const waiting: { isReady: boolean; readonly go: () => void }[] = []
  let onOver: (() => void)[] = []
  const goOn = () => {
    while (waiting[0]?.isReady === true) waiting.shift()?.go()
    if (waiting.length > 0) return
    for (const call of onOver) call()
    onOver = []
  }
  return {
    take(ready, go) {
      if (ready === undefined && waiting.length === 0) {
        go()
        return
      }
      const turn = { isReady: ready === undefined, go }
      waiting.push(turn)
      void ready?.then(() => {
        turn.isReady = true
        goOn()
      })
    },
    over: () =>
      new Promise((resolve) => {
        onOver.push(resolve)
        goOn()
      }),
  }
}
