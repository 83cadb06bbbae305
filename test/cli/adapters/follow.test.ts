/** Who follows the log of an adapter for days costs the hub no more than who looks at it once. */
import { expect, test, vi } from 'vitest'
import { createLogBook } from '#cli/adapters/log-book.ts'
import { supervisorMethods } from '#cli/adapters/methods.ts'
import type { Ward } from '#cli/adapters/ward.ts'
import { createTestClock } from '../../support/clock.ts'

test('every line comes, nothing is left behind for each of them, and it ends when whoever asked hangs up', async () => {
  const book = createLogBook({ file: '/dev/null/none', clock: createTestClock(), onTrouble: () => undefined })
  const methods = supervisorMethods({
    all: new Map([['robot-1', { device: 'robot-1', book, ward: {} as Ward }]]),
    isFlooding: () => false,
  })
  const hangUp = new AbortController()
  const listens = vi.spyOn(hangUp.signal, 'addEventListener')
  const answer = methods['adapters.logs']?.({ device: 'robot-1', follow: true }, hangUp.signal)
  const lines: string[] = []
  const read = (async () => {
    for await (const line of answer as AsyncIterable<string>) lines.push(line)
  })()
  for (let count = 0; count < 50; count += 1) {
    book.write(`{"count":${count}}`, 'stdout')
    await vi.waitFor(() => expect(lines).toHaveLength(count + 1), { timeout: 45_000, interval: 1 })
  }
  expect(listens.mock.calls.length).toBeLessThan(5)
  hangUp.abort()
  await read
})
