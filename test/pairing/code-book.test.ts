/** Codes that pages show: unique among those that live, over when their time is, and so many and no more. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCodeBook } from '#hub/pairing/code-book.ts'
import { PairingSettings } from '#hub/pairing/settings.ts'
import { PairingCode } from '#protocol/desk/pairing-routes.ts'
import { UsherError } from '#protocol/errors.ts'

/** Few letters, so that chance gives the same code again and again. */
const poorRandom = () => {
  let at = 0
  return (bytes: number) => Buffer.from(Array.from({ length: bytes }, () => Math.floor(at++ / 7) % 3))
}

const settings = PairingSettings.parse({ waitingMax: 6, waitingPerAddressMax: 3, codesPerMinute: 5 })

const open = () => {
  let now = 0
  const parts = { settings, nowMs: () => now, monotonicMs: () => now, random: poorRandom() }
  return { book: createCodeBook(parts), pass: (ms: number) => void (now += ms), now: () => now }
}

const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.3'] as const

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('ask' as const), address: fc.constantFrom(...addresses) }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 400_000 }) }),
    fc.record({ do: fc.constant('admit' as const), which: fc.nat(10), device: fc.constantFrom('a', 'b') }),
  ),
  { maxLength: 60 },
)

type Opened = ReturnType<typeof open>

/** Asks as a page would, and holds the answer against the limits. */
const askWithin = ({ book, now }: Opened, asked: { address: string; at: number }[], address: string) => {
  const lately = asked.filter((one) => one.address === address && now() - one.at < 60_000).length
  try {
    const { code, secret, forMs } = book.ask('screen', address)
    expect(PairingCode.parse(code)).toBe(code)
    expect(lately).toBeLessThan(settings.codesPerMinute)
    asked.push({ address, at: now() })
    return [{ secret, until: now() + forMs }]
  } catch (error) {
    expect(error).toMatchObject({ code: 'pairing.busy' } satisfies Partial<UsherError>)
    const isFull = book.waiting().length >= settings.waitingMax
    expect(isFull || lately >= settings.codesPerMinute).toBe(true)
    return []
  }
}

const holds = ({ book, now }: Opened, given: readonly { secret: string; until: number }[]) => {
  const waiting = book.waiting()
  expect(waiting.length).toBeLessThanOrEqual(settings.waitingMax)
  for (const address of addresses)
    expect(waiting.filter((page) => page.address === address).length).toBeLessThanOrEqual(3)
  const living = given.flatMap(({ secret, until }) => {
    const page = book.bySecret(secret)
    if (page !== undefined && page.admission === undefined) expect(until).toBeGreaterThan(now())
    return page ?? []
  })
  expect(new Set(living.map(({ code }) => code)).size).toBe(living.length)
  for (const device of ['a', 'b'])
    expect(living.filter(({ admission }) => admission?.device === device).length).toBeLessThanOrEqual(1)
}

test('whatever pages ask and people admit: no code twice, none over its time, and within the limits', () => {
  const property = fc.property(steps, (all) => {
    const opened = open()
    const { book, pass } = opened
    const given: { secret: string; until: number }[] = []
    const asked: { address: string; at: number }[] = []
    for (const step of all) {
      if (step.do === 'pass') pass(step.ms)
      if (step.do === 'ask') given.push(...askWithin(opened, asked, step.address))
      const page = step.do === 'admit' ? book.waiting()[step.which] : undefined
      if (step.do === 'admit' && page !== undefined) {
        const admission = { device: step.device, claim: 'c', claimHash: 'h', by: 'ann' }
        expect(book.admit(page.code, admission, 1_000)).toBe(true)
      }
      holds(opened, given)
    }
  })
  fc.assert(property, { numRuns: 300 })
})

describe('a code', () => {
  test('is found as it is typed, and only its own secret leads to it', () => {
    const { book } = open()
    const { code, secret } = book.ask('kiosk', addresses[0])
    const typed = PairingCode.parse(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `)
    expect(book.byCode(typed)).toMatchObject({ code, kind: 'kiosk', address: addresses[0] })
    expect(book.bySecret(secret)).toMatchObject({ code, forMs: settings.codeLifeMs })
    expect(book.bySecret(`${secret}x`)).toBeUndefined()
    expect(book.byCode('ZZZZZZ')).toBeUndefined()
  })

  test('is forgotten when its time is over, and so is who was let in and never came', () => {
    const { book, pass } = open()
    const first = book.ask('screen', addresses[0])
    const second = book.ask('screen', addresses[1])
    book.admit(second.code, { device: 'a', claim: 'c', claimHash: 'h', by: 'ann' }, 2_000_000)
    pass(settings.codeLifeMs - 1)
    expect(book.bySecret(first.secret)).toMatchObject({ forMs: 1 })
    pass(1)
    expect(book.bySecret(first.secret)).toBeUndefined()
    expect(book.byCode(first.code)).toBeUndefined()
    expect(book.admitted('a')).toMatchObject({ code: second.code })
    pass(1_200_000)
    expect(book.admitted('a')).toBeUndefined()
    expect(book.admit(first.code, { device: 'a', claim: 'c', claimHash: 'h', by: 'ann' }, 1)).toBe(false)
  })

  test('gives way to a newer one of the same address, and to nobody else’s', () => {
    const { book } = open()
    const given = [0, 1, 2, 3].map(() => book.ask('screen', addresses[0]))
    const other = book.ask('screen', addresses[1])
    expect(book.bySecret(given[0]?.secret ?? '')).toBeUndefined()
    expect(book.bySecret(other.secret)).toBeDefined()
    for (let index = 0; index < 2; index++) book.ask('screen', addresses[2])
    expect(book.waiting()).toHaveLength(6)
    expect(() => book.ask('screen', '10.0.0.4')).toThrow(UsherError)
    expect(book.waiting()).toHaveLength(6)
  })
})
