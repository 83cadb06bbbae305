/** Where a service is really done: whatever becomes of it, somebody is told, and nothing is claimed that nobody knows. */
import { expect, test } from 'vitest'
import { type Carrier, createCarryOut } from '#apps/kiosk/outside/carry-out.ts'

const carried = (carrier: Carrier, withinMs = 60_000) => {
  const carryOut = createCarryOut({ one: carrier }, withinMs)
  return carryOut('one', {}, new AbortController().signal)
}

test('what the bank says is the answer, and what has no entry asks for nothing', async () => {
  expect(await carried(() => Promise.resolve({ done: true }))).toEqual({ done: true })
  const refused = { done: false, reason: 'refused', mayBeDone: false } as const
  expect(await carried(() => Promise.resolve(refused))).toEqual(refused)
  expect(await createCarryOut({}, 1_000)('other', {}, new AbortController().signal)).toEqual({ done: true })
})

test('one that breaks may have done it all the same', async () => {
  const unsure = { done: false, reason: 'carrier-failed', mayBeDone: true }
  expect(await carried(() => Promise.reject(new Error('line cut')))).toEqual(unsure)
})

test('one that does not answer in time is stopped, and may have done it', async () => {
  let isStopped = false
  const answer = carried((_entries, signal) => {
    signal.addEventListener('abort', () => (isStopped = true))
    return new Promise(() => {})
  }, 1)
  expect(await answer).toEqual({ done: false, reason: 'timeout', mayBeDone: true })
  expect(isStopped).toBe(true)
})

test('it stops where whoever it was for is gone', () => {
  const gone = new AbortController()
  let isStopped = false
  const carrier: Carrier = (_entries, signal) => {
    signal.addEventListener('abort', () => (isStopped = true))
    return new Promise(() => {})
  }
  void createCarryOut({ one: carrier }, 60_000)('one', {}, gone.signal)
  gone.abort()
  expect(isStopped).toBe(true)
})
