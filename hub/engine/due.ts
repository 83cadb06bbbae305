/**
 * Which timers are due, in the order (deadline, owner, name). A heap beside the timers table: what it holds is checked
 * against the table when taken, so that a replaced or undone timer never fires.
 */
import type { TimerRow } from './state.ts'

export interface DueTimers {
  add(timer: TimerRow): void
  /** The first timer, still unchanged in the table, with a deadline of at most `at`; it stays until dropped there. */
  next(at: number): TimerRow | undefined
  /** When the next one is due. */
  nextDeadline(): number | undefined
  /** Forgets everything and starts from the table again, after an undo. */
  rebuild(): void
}

const before = (a: TimerRow, b: TimerRow): boolean =>
  a.deadline !== b.deadline
    ? a.deadline < b.deadline
    : a.owner !== b.owner
      ? a.owner < b.owner
      : a.name < b.name

const siftUp = (heap: TimerRow[]) => {
  let index = heap.length - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    const [child, above] = [heap[index] as TimerRow, heap[parent] as TimerRow]
    if (!before(child, above)) return
    heap[index] = above
    heap[parent] = child
    index = parent
  }
}

const siftDown = (heap: TimerRow[]) => {
  let index = 0
  for (;;) {
    let first = index
    for (const child of [2 * index + 1, 2 * index + 2]) {
      if (child < heap.length && before(heap[child] as TimerRow, heap[first] as TimerRow)) first = child
    }
    if (first === index) return
    const moved = heap[index] as TimerRow
    heap[index] = heap[first] as TimerRow
    heap[first] = moved
    index = first
  }
}

/** Most timers are cleared long before they are due. Of those the heap holds at most as many as of live ones, and these. */
const clearedMax = 1_024

export const createDueTimers = (table: {
  get(id: string): TimerRow | undefined
  values(): readonly TimerRow[]
  readonly size: number
}): DueTimers => {
  let heap: TimerRow[] = []
  const push = (timer: TimerRow) => {
    heap.push(timer)
    siftUp(heap)
  }
  const rebuild = () => {
    heap = []
    for (const timer of table.values()) push(timer)
  }
  const add = (timer: TimerRow) => {
    if (heap.length > 2 * table.size + clearedMax) rebuild()
    push(timer)
  }
  const drop = () => {
    const last = heap.pop()
    if (heap.length > 0 && last !== undefined) {
      heap[0] = last
      siftDown(heap)
    }
  }
  const first = (): TimerRow | undefined => {
    for (;;) {
      const top = heap[0]
      if (top === undefined) return undefined
      if (table.get(top.id)?.deadline === top.deadline) return top
      drop()
    }
  }
  return {
    add,
    next: (at) => {
      const top = first()
      return top !== undefined && top.deadline <= at ? top : undefined
    },
    nextDeadline: () => first()?.deadline,
    rebuild,
  }
}
