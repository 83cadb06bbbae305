/** Passwords: how they are kept, which new ones are taken, and how many at once. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPasswordHasher, owaspCost } from '#hub/desk/password-hash.ts'
import { checkNewPassword } from '#hub/desk/password-rules.ts'
import type { UsherError } from '#protocol/errors.ts'
import { cheap, goodPassword, otherPassword } from './support.ts'

const hasher = createPasswordHasher(cheap)

describe('a kept password', () => {
  test('fits itself and nothing else, with a salt of its own each time', async () => {
    const [one, two] = [await hasher.hash(goodPassword), await hasher.hash(goodPassword)]
    expect(one).not.toBe(two)
    expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await hasher.verify(goodPassword, one)).toBe(true)
    for (const wrong of [
      '',
      goodPassword.slice(1),
      goodPassword.toUpperCase(),
      `${goodPassword} `,
      otherPassword,
    ])
      expect(await hasher.verify(wrong, one)).toBe(false)
    expect(await hasher.verify(goodPassword, null)).toBe(false)
  })

  test('costs what OWASP asks for, and says so', async () => {
    expect(owaspCost).toEqual({ memoryKib: 19_456, passes: 2, lanes: 1 })
    const real = createPasswordHasher()
    const kept = await real.hash(goodPassword)
    expect(kept).toContain('$m=19456,t=2,p=1$')
    expect([real.isCurrent(kept), hasher.isCurrent(kept)]).toEqual([true, false])
    expect(await hasher.verify(goodPassword, kept)).toBe(true)
  })

  test('is the hash that other programs make of it', async () => {
    const { argon2Sync } = await import('node:crypto')
    const raw = argon2Sync('argon2id', {
      message: 'password',
      nonce: Buffer.from('somesalt'),
      parallelism: 1,
      tagLength: 32,
      memory: 65_536,
      passes: 2,
    })
    // RFC 9106’s reference code, test.c: version 0x13, t=2, m=2^16, p=1, "password", "somesalt".
    expect(raw.toString('hex')).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7')
  })

  test('of any characters is the same however a keyboard makes them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), async (typed) => {
        const kept = await hasher.hash(typed.normalize('NFD'))
        expect(await hasher.verify(typed.normalize('NFC'), kept)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test('that was damaged is an error with a code, not a way in', async () => {
    for (const damaged of ['', 'plain', '$argon2id$v=19$m=64,t=1,p=1$', '$2b$10$abcdefghijklmnopqrstuv'])
      await expect(hasher.verify(goodPassword, damaged)).rejects.toMatchObject({
        code: 'desk.accounts-unreadable',
      })
  })
})

describe('many at once', () => {
  test('go one after the other, and the rest are told to come back', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, () => hasher.verify(goodPassword, null)),
    )
    const refused = results.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBe(30 - 9)
    for (const one of refused)
      expect((one as PromiseRejectedResult).reason).toMatchObject({ code: 'sign-in.busy' })
    expect(await hasher.verify(goodPassword, null)).toBe(false)
  })
})

const complaint = (password: string): string | undefined => {
  try {
    checkNewPassword(password, ['manager-1', 'north-gate'])
  } catch (error) {
    return (error as UsherError).code
  }
  return undefined
}

describe('a new password', () => {
  test.each([
    [goodPassword],
    [otherPassword],
    ['three frogs in a kettle'],
    ['床前明月光疑是地上霜举头望明月'],
    ['dbjshxkqpwmznvh'],
    ['白马 啸西风 长河落日 圆 大漠孤烟'],
  ])('%s is taken', (password) => {
    expect(complaint(password)).toBeUndefined()
  })

  test.each([
    ['', 'password.short'],
    ['fourteen chars', 'password.short'],
    ['x'.repeat(257), 'password.long'],
    ['passwordpassword', 'password.obvious'],
    ['Passw0rd!Passw0rd!', 'password.obvious'],
    ['aaaaaaaaaaaaaaaaaaaa', 'password.obvious'],
    ['abcabcabcabcabcabc', 'password.obvious'],
    ['123456789012345', 'password.obvious'],
    ['987654321098765', 'password.obvious'],
    ['qwertyuiopasdfghjkl', 'password.obvious'],
    ['1q2w3e4r5t6y7u8i9o', 'password.obvious'],
    ['manager-1-manager-1', 'password.obvious'],
    ['north-gate-north-2026', 'password.obvious'],
    ['usher usher usher!', 'password.obvious'],
    ['correcthorsebatterystaple', 'password.obvious'],
    ['woainiwoainiwoaini', 'password.obvious'],
    ['银行密码银行密码银行密码银行', 'password.short'],
    ['银行密码银行密码银行密码银行密码', 'password.obvious'],
  ])('%s is not: %s', (password, code) => {
    expect(complaint(password)).toBe(code)
  })

  test('that is random is always taken: nothing is asked of what it is composed of', () => {
    const letter = fc.constantFrom(...'bcdfghjkmnpqrstvwxyz'.split(''))
    fc.assert(
      fc.property(fc.uniqueArray(letter, { minLength: 16, maxLength: 20 }), (letters) => {
        expect(complaint(letters.join(''))).not.toBe('password.short')
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 0, maxLength: 300 }), (any) => {
        const code = complaint(any)
        if (code !== undefined) expect(code).toMatch(/^password\./)
      }),
    )
  })
})
