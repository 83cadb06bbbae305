/** The door for staff. */
import { pbkdf2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import { afterWrong, isPin, waitsFor } from '#apps/kiosk/staff/pin.ts'

test('the right PIN opens it, and no other', async () => {
  const salt = '00112233445566778899aabbccddeeff'
  const iterations = 100_000
  const hash = pbkdf2Sync('246810', Buffer.from(salt, 'hex'), iterations, 32, 'sha256').toString('hex')
  expect(await isPin('246810', { salt, hash, iterations })).toBe(true)
  expect(await isPin('246811', { salt, hash, iterations })).toBe(false)
  expect(await isPin('', { salt, hash, iterations })).toBe(false)
})

test('the first wrong ones cost nothing, also on a page that tells the time by the second', () => {
  const tries = afterWrong({ wrong: 0, notBefore: 0 }, 10_900)
  expect(waitsFor(tries, 10_000)).toBe(0)
})

test('after three wrong ones each costs twice as long as the one before, an hour at most', () => {
  let tries = { wrong: 0, notBefore: 0 }
  const waits = Array.from({ length: 12 }, () => {
    tries = afterWrong(tries, 1_000)
    return waitsFor(tries, 1_000) / 1_000
  })
  expect(waits).toEqual([0, 0, 30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600])
  expect(waitsFor(tries, 1_000 + 3_600_000)).toBe(0)
  // The machine's clock was years ahead when it was tried.
  expect(waitsFor({ wrong: 3, notBefore: 9e15 }, 1_000)).toBe(3_600_000)
})
