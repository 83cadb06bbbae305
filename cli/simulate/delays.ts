/** What is to happen later in a simulated world: a heap, because a day of a branch keeps thousands of delays open. */

export interface Delay {
  readonly at: number
  /** Of two at the same time, the one asked for first. */
  readonly order: number
  callback: (() => void) | undefined
}

export interface Delays {
  add(at: number, callback: () => void): () => void
  /** Takes the next one due by then, undefined when there is none. */
  next(untilMs: number): Delay | undefined
}

const isEarlier = (a: Delay, b: Delay) => (a.at === b.at ? a.order < b.order : a.at < b.at)

const rise = (heap: Delay[], delay: Delay) => {
  let index = heap.push(delay) - 1
  while (index > 0) {
    const above = (index - 1) >> 1
    const parent = heap[above] as Delay
    if (!isEarlier(delay, parent)) break
    heap[index] = parent
    index = above
  }
  heap[index] = delay
}

const sink = (heap: Delay[], delay: Delay) => {
  let index = 0
  for (;;) {
    let below = 2 * index + 1
    if (below >= heap.length) break
    if (below + 1 < heap.length && isEarlier(heap[below + 1] as Delay, heap[below] as Delay)) below += 1
    if (!isEarlier(heap[below] as Delay, delay)) break
    heap[index] = heap[below] as Delay
    index = below
  }
  heap[index] = delay
}

const takeFirst = (heap: Delay[]): Delay | undefined => {
  const first = heap[0]
  const last = heap.pop()
  if (first !== undefined && last !== undefined && heap.length > 0) sink(heap, last)
  return first
}

export const createDelays = (): Delays => {
  const heap: Delay[] = []
  let order = 0
  return {
    add(at, callback) {
      const delay: Delay = { at, order: order++, callback }
      rise(heap, delay)
      return () => {
        // It stays in the heap until its time: taking it out would cost more than passing it over.
        delay.callback = undefined
      }
    },
    next(untilMs) {
      for (let first = heap[0]; first !== undefined && first.at <= untilMs; first = heap[0]) {
        takeFirst(heap)
        if (first.callback !== undefined) return first
      }
      return undefined
    },
  }
}
