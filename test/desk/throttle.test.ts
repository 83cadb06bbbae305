/** The throttle, held against what it promises for any order of attempts. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Attempt, createThrottle, MustWait } from '#hub/desk/throttle.ts'

const build = () => {
  let now = 1_000
  const throttle = createThrottle(() => now)
  const tryOnce = (attempt: Attempt): number => {
    try {
      throttle.begin(attempt)
      return 0
    } catch (error) {
      if (error instanceof MustWait) return error.waitMs
      throw error
    }
  }
  return { throttle, tryOnce, pass: (ms: number) => void (now += ms) }
}

const stranger = (name: string, address: string): Attempt => ({ name, address, isFamiliar: false })

describe('the throttle', () => {
  test('lets nobody make more than a hundred guesses a day at one account, from however many places', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(200), fc.nat(120_000)), { maxLength: 300 }), (tries) => {
        const { tryOnce, pass } = build()
        let looked = 0
        let at = 0
        for (const [place, afterMs] of tries) {
          pass(afterMs)
          at += afterMs
          if (tryOnce(stranger('manager-1', `10.0.0.${place}`)) === 0) looked += 1
        }
        // Nine for free, nine more while the delay grows, then one in 15 minutes.
        expect(looked).toBeLessThanOrEqual(9 + 10 + Math.ceil(at / 900_000))
      }),
    )
  })

  test('keeps nobody out for good: after the wait it said, the next attempt is looked at', () => {
    fc.assert(
      fc.property(fc.nat(400), (failures) => {
        const { tryOnce, pass } = build()
        let wait = 0
        for (let round = 0; round < failures; round++) {
          wait = tryOnce(stranger('manager-1', '10.0.0.1'))
          expect(wait).toBeLessThanOrEqual(900_000)
          pass(wait)
        }
        expect(tryOnce(stranger('manager-1', '10.0.0.1')) === 0 || wait === 0).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  test('does not let strangers slow down an owner where he was before', () => {
    fc.assert(
      fc.property(fc.array(fc.ipV4(), { maxLength: 80 }), (places) => {
        const { tryOnce } = build()
        for (const place of places) tryOnce(stranger('manager-1', place))
        expect(tryOnce({ name: 'manager-1', address: '192.168.250.250', isFamiliar: true })).toBe(0)
      }),
    )
  })

  test('slows down an address that tries many names, as one network of IPv6 and as IPv4 in IPv6', () => {
    for (const addressOf of [
      () => '10.0.0.9',
      (index: number) => `2001:db8:1:2:${index.toString(16)}::1`,
      // What is zero is left out where an address is written: of the neighbours in a LAN, all that says which LAN.
      (index: number) => `fe80::a${index}:2ff:fe${index}0:4`,
      (index: number) => `2001:db8::${index + 1}`,
      (index: number) => (index % 2 === 0 ? '10.0.0.9' : '::ffff:10.0.0.9'),
    ]) {
      const { tryOnce } = build()
      const waits = Array.from({ length: 60 }, (_, index) =>
        tryOnce(stranger(`name-${index}`, addressOf(index))),
      )
      expect(waits.filter((wait) => wait === 0)).toHaveLength(21)
    }
  })

  test('is not reset for an address by an account of one’s own', () => {
    const { throttle, tryOnce } = build()
    for (let round = 0; round < 20; round++) {
      expect(tryOnce(stranger(`name-${round}`, '10.0.0.9'))).toBe(0)
      const mine = { name: 'mine', address: '10.0.0.9', isFamiliar: true }
      if (tryOnce(mine) === 0) throttle.succeeded(mine)
    }
    tryOnce(stranger('one-more', '10.0.0.9'))
    expect(tryOnce(stranger('and-more', '10.0.0.9'))).toBeGreaterThan(0)
  })

  test('forgets after an hour', () => {
    const { tryOnce, pass } = build()
    for (let round = 0; round < 9; round++) tryOnce(stranger('manager-1', `10.0.0.${round}`))
    expect(tryOnce(stranger('manager-1', '10.0.1.1'))).toBeGreaterThan(0)
    pass(3_600_001)
    expect(tryOnce(stranger('manager-1', '10.0.1.1'))).toBe(0)
  })

  test('remembers ten thousand, whatever is tried', () => {
    const { tryOnce } = build()
    for (let round = 0; round < 30_000; round++)
      tryOnce(stranger(`n${round}`, `10.${round % 250}.${round >> 8}.1`))
    for (let round = 0; round < 9; round++) tryOnce(stranger('manager-1', `172.16.0.${round}`))
    expect(tryOnce(stranger('manager-1', '172.16.1.1'))).toBeGreaterThan(0)
  })
})
