/** Who sits where in a call, and whose connection is broken. */
import { expect, test } from 'vitest'
import type { CallView, Party } from '#apps/call/port.ts'
import { brokenOf, roleOf, seatsOf } from '#apps/expert/call/seats.ts'

const shown = { camera: true, microphone: true, held: false }
const party = (id: string, more: Partial<Party> = {}): Party => ({
  id,
  title: {},
  shown,
  stream: null,
  apart: false,
  link: 'connected',
  quality: 'good',
  ...more,
})
const view = (others: readonly Party[]): CallView => ({
  call: 'c',
  me: 'expert:wang',
  line: 'open',
  others,
  own: { stream: null, shown },
  recording: null,
  over: null,
  trouble: null,
})

test('the customer first and oneself last, whoever came when', () => {
  const seats = seatsOf(view([party('manager:li-na'), party('kiosk:kiosk-1')]))
  expect(seats.map(({ id, isOwn }) => [id, isOwn])).toEqual([
    ['kiosk:kiosk-1', false],
    ['manager:li-na', false],
    ['expert:wang', true],
  ])
  expect(seats.map(({ role }) => role)).toEqual(['customer', 'manager', 'expert'])
})

test('before the room is known one sits alone', () => {
  expect(seatsOf({ ...view([]), me: null }).map(({ id }) => id)).toEqual(['me'])
  expect(roleOf('somebody')).toBe('manager')
})

test('who is still coming is not broken; who was there and is not heard is', () => {
  const seats = seatsOf(
    view([
      party('kiosk:a', { link: 'connecting', quality: 'none' }),
      party('manager:b', { quality: 'none' }),
      party('manager:c', { link: 'broken' }),
      party('manager:d', { quality: 'poor' }),
    ]),
  )
  expect(brokenOf(seats).map(({ id }) => id)).toEqual(['manager:b', 'manager:c'])
})
