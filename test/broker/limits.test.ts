/** Each limit is a setting, and the operator's page lists exactly those that exist. */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { BrokerLimitsSettings, brokerLimits, limitTable } from '#hub/broker/limits.ts'
import { createBucket, createMinuteCount } from '#hub/broker/rates.ts'
import { createManualClock } from './manual-clock.ts'

const page = new URL('../../docs/operations/broker-limits.md', import.meta.url)

describe('the limits', () => {
  test('are listed in docs/operations/broker-limits.md, with default, unit, range and reason', async () => {
    const rows = (await readFile(page, 'utf8')).split('\n').filter((line) => line.startsWith('| `'))
    const expected = Object.entries(limitTable).map(
      ([name, { value, unit, min, max, reason }]) =>
        `| \`${name}\` | ${value} | ${unit} | ${min} to ${max} | ${reason} |`,
    )
    expect(rows).toEqual(expected)
  })

  test('have their defaults where nothing is set, and refuse what is not a limit or out of its range', () => {
    expect(Object.keys(brokerLimits())).toEqual(Object.keys(limitTable))
    expect(brokerLimits({ filtersMax: 7 })).toMatchObject({ filtersMax: 7, connectionsMax: 2_000 })
    expect(BrokerLimitsSettings.safeParse({ filterMax: 7 }).success).toBe(false)
    expect(BrokerLimitsSettings.safeParse({ certificateDays: 398 }).success).toBe(false)
    expect(BrokerLimitsSettings.safeParse({ heldAckMsMax: 0 }).success).toBe(false)
  })
})

describe('rates', () => {
  test('a bucket lets a burst through, then as many as refill', () => {
    const clock = createManualClock()
    const bucket = createBucket(10, 3, () => clock.monotonicMs())
    expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, true, false])
    expect(bucket.waitMs()).toBe(100)
    clock.advance(100)
    expect([bucket.take(), bucket.take()]).toEqual([true, false])
    clock.advance(60_000)
    expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, true, false])
  })

  test('failures count for a minute, and of many keys the longest unused is forgotten', () => {
    const clock = createManualClock()
    const failures = createMinuteCount(() => clock.monotonicMs(), 2)
    failures.add('a')
    clock.advance(30_000)
    failures.add('a')
    expect(failures.of('a')).toBe(2)
    clock.advance(30_001)
    expect(failures.of('a')).toBe(1)
    failures.add('b')
    failures.add('c')
    expect([failures.of('a'), failures.of('b'), failures.of('c')]).toEqual([0, 1, 1])
  })
})
