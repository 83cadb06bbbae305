/** What the operator can ask about adapters over the local socket. */
import { z } from 'zod'
import type { Handler } from '#hub/ops/control.ts'
import { method } from '#hub/ops/methods/method.ts'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import { linesKept } from './log-book.ts'
import type { Supervised } from './supervisor.ts'
import type { WardFacts } from './ward.ts'

export interface AdapterFacts extends WardFacts {
  readonly flooding: boolean
}

/** One that reads a log more slowly than it grows misses lines, not memory. */
const unreadMax = 10_000

async function* lines({ book }: Supervised, wish: { last: number; follow: boolean; signal: AbortSignal }) {
  const unread = [...book.last(wish.last)]
  let wake: () => void = () => undefined
  const off = wish.follow
    ? book.follow((line) => {
        if (unread.length < unreadMax) unread.push(line)
        wake()
      })
    : () => undefined
  wish.signal.addEventListener('abort', () => wake(), { once: true })
  try {
    while (!wish.signal.aborted) {
      yield* unread.splice(0)
      if (!wish.follow) return
      await new Promise<void>((resolve) => {
        wake = resolve
        if (unread.length > 0 || wish.signal.aborted) resolve()
      })
    }
  } finally {
    off()
  }
}

export const supervisorMethods = (parts: {
  readonly all: ReadonlyMap<string, Supervised>
  readonly isFlooding: (device: string) => boolean
}): Record<string, Handler> => {
  const { all, isFlooding } = parts
  const named = (device: string): Supervised => {
    const found = all.get(device)
    if (found === undefined) throw new UsherError('adapter.unknown', device)
    return found
  }
  const factsOf = ({ device, ward }: Supervised): AdapterFacts => ({
    ...ward.facts(),
    flooding: isFlooding(device),
  })
  return {
    'adapters.list': method(z.object({}), () => Promise.resolve([...all.values()].map(factsOf))),
    'adapters.restart': method(z.object({ device: Id }), ({ device }) => {
      const found = named(device)
      found.ward.restart()
      return Promise.resolve(factsOf(found))
    }),
    'adapters.logs': method(
      z.object({
        device: Id,
        last: z.int().min(1).max(linesKept).default(50),
        follow: z.boolean().default(false),
      }),
      ({ device, last, follow }, signal) => lines(named(device), { last, follow, signal }),
    ),
  }
}
