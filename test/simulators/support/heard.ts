/** What a test's broker has heard, and waiting for what it has not heard yet. */
export interface Heard {
  readonly topic: string
  readonly body: Record<string, unknown>
}

export const createHeard = () => {
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  return {
    heard: heard as readonly Heard[],
    hear(message: Heard) {
      heard.push(message)
      for (const look of waiting) look()
    },
    /** The first message that fits, heard already since then or yet to come. */
    hears: (fits: (message: Heard) => boolean, from = 0) =>
      new Promise<Heard>((resolve) => {
        const look = () => {
          const found = heard.slice(from).find(fits)
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}
