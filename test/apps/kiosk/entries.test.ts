/** What somebody entered is let through where it fits, and otherwise told why it does not. */
import { expect, test } from 'vitest'
import { problemsOf } from '#apps/kiosk/journey/entries.ts'
import { exampleService, goodEntries } from './example-service.ts'

const [first, second] = exampleService.steps

test('what fits is let through', () => {
  expect(problemsOf(first, goodEntries)).toEqual({})
  expect(problemsOf(second, goodEntries)).toEqual({})
})

test('whatever is missing is named, what may be left out is not', () => {
  expect(problemsOf(first, {})).toEqual({ name: 'missing', account: 'missing', phone: 'missing' })
  expect(problemsOf(second, {})).toEqual({
    amount: 'missing',
    how: 'missing',
    day: 'missing',
    sure: 'missing',
  })
})

test.each([
  ['name', 'L', 'too-short'],
  ['name', 'L'.repeat(11), 'too-long'],
  ['name', '   ', 'missing'],
  ['account', '12a4', 'wrong'],
  ['account', '123', 'too-short'],
  ['phone', '12800138000', 'wrong'],
  ['phone', '138001380001', 'wrong'],
  ['amount', '0', 'too-small'],
  ['amount', '500.01', 'too-large'],
  ['amount', '1.234', 'wrong'],
  ['amount', '1e3', 'wrong'],
  ['amount', '１２', 'wrong'],
  ['count', '0', 'too-small'],
  ['count', '1.5', 'wrong'],
  ['how', 'sideways', 'wrong'],
  ['day', '2026-02-30', 'wrong'],
  ['day', '2025-12-31', 'too-small'],
  ['day', '2027-01-01', 'too-large'],
  ['sure', 'no', 'missing'],
])('%s: %j is %s', (field, value, problem) => {
  const entries = { ...goodEntries, [field]: value }
  expect({ ...problemsOf(first, entries), ...problemsOf(second, entries) }).toEqual({ [field]: problem })
})
