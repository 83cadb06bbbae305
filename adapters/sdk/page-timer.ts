/**
 * Keeps the time of a page that nobody looks at, whose own timers the browser slows down: a worker counts beside them.
 * Where the page's content policy allows no worker, its own timers do alone.
 */

interface TimeKeeper {
  postMessage(message: readonly [id: number, ms?: number]): void
  addEventListener(name: 'message', call: (event: { readonly data: number }) => void): void
  addEventListener(name: 'error', call: (event: { preventDefault(): void }) => void): void
}

export interface PageTimer {
  set(call: () => void, ms: number): number
  clear(id: number): void
}

const program = `const running = new Map()
onmessage = ({ data: [id, ms] }) => {
  clearInterval(running.get(id))
  running.delete(id)
  if (ms !== undefined) running.set(id, setInterval(() => postMessage(id), ms))
}`

const openKeeper = (): TimeKeeper | undefined => {
  const { Worker } = globalThis as { Worker?: new (url: string) => TimeKeeper }
  if (Worker === undefined) return undefined
  const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }))
  try {
    return new Worker(url)
  } catch {
    return undefined
  }
}

export const createPageTimer = (): PageTimer => {
  const ticks = new Map<number, () => void>()
  const own = new Map<number, ReturnType<typeof setInterval>>()
  let keeper = openKeeper()
  let last = 0
  keeper?.addEventListener('message', ({ data }) => ticks.get(data)?.())
  keeper?.addEventListener('error', (event) => {
    event.preventDefault()
    keeper = undefined
  })
  const tell = (message: readonly [number, number?]) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it is a worker, no window
    keeper?.postMessage(message)
  }
  return {
    set(call, ms) {
      last += 1
      const id = last
      let tickedAt = performance.now()
      // Both tell of the same moment: the second is the other's echo.
      const tick = () => {
        if (performance.now() - tickedAt < ms / 2) return
        tickedAt = performance.now()
        call()
      }
      ticks.set(id, tick)
      own.set(id, setInterval(tick, ms))
      tell([id, ms])
      return id
    },
    clear(id) {
      ticks.delete(id)
      clearInterval(own.get(id))
      own.delete(id)
      tell([id])
    },
  }
}
