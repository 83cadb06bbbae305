/** Calls with experts as people ask for them: which are open or ended a moment ago, one in full, and how a day went. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { isOver } from '../../calls/find.ts'
import { callDays } from '../../look/call-days.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

export const callMethods = (parts: MethodParts): Record<string, Handler> => {
  const { engine } = parts
  const days = callDays(parts)
  return {
    'calls.list': method(z.object({ all: z.boolean().default(false) }), ({ all }) =>
      engine.read((state) =>
        state.calls
          .values()
          .filter((call) => all || !isOver(call))
          .toSorted((a, b) => b.at - a.at),
      ),
    ),
    'calls.show': method(z.object({ call: z.string().min(1).max(80) }), async ({ call: id }) => {
      const call = await engine.read((state) => state.calls.get(id))
      if (call === undefined) throw new UsherError('call.unknown', id)
      return call
    }),
    'calls.day': method(z.object({ day: z.iso.date().optional() }), ({ day }) => days.of(day)),
  }
}
