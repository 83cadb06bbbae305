/** What is wrong with the screen, for the hub: each reason holds until it is taken back. A screen with reasons plays on. */

export interface Health {
  /** @param about what it concerns, where there may be several */
  set(reason: string, isSo: boolean, about?: string): void
  reasons(): readonly string[]
  /** @returns ends the listening; called at once. */
  listen(call: (reasons: readonly string[]) => void): () => void
}

/** As many as a state of a device carries. */
const reasonsMax = 16

export const createHealth = (): Health => {
  const held = new Set<string>()
  const listeners = new Set<(reasons: readonly string[]) => void>()
  const reasons = () => [...held].slice(0, reasonsMax)
  return {
    set(reason, isSo, about) {
      const whole = about === undefined ? reason : `${reason}: ${about}`
      if (held.has(whole) === isSo) return
      if (isSo) held.add(whole)
      else held.delete(whole)
      for (const call of listeners) call(reasons())
    },
    reasons,
    listen(call) {
      listeners.add(call)
      call(reasons())
      return () => void listeners.delete(call)
    },
  }
}
