/** One-time codes that a person types into a device: 80 random bits, in letters and digits that are hard to confuse. */
import { createHash, timingSafeEqual } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U. */
export const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const bytes = 10

/** @returns for example `7K2F-9MXQ-4T0H-WB3C`. */
export const createClaimCode = (random: (bytes: number) => Buffer): string => {
  const bits = random(bytes).reduce((text, byte) => text + byte.toString(2).padStart(8, '0'), '')
  const letters = bits.match(/.{5}/g)?.map((five) => codeAlphabet[Number.parseInt(five, 2)]) ?? []
  return letters.join('').replace(/(.{4})(?!$)/g, '$1-')
}

/** As typed by a person: any case, with or without dashes and spaces, I and L for 1, O for 0. */
const normalise = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')

/** The device is part of the hash: a code is good for the one device it was made for. */
export const hashClaimCode = (clientId: string, code: string): string =>
  createHash('sha256')
    .update(`${clientId}\n${normalise(code)}`)
    .digest('hex')

export const isClaimCode = (clientId: string, code: string, hash: string): boolean => {
  const presented = Buffer.from(hashClaimCode(clientId, code), 'hex')
  const kept = Buffer.from(hash, 'hex')
  return presented.length === kept.length && timingSafeEqual(presented, kept)
}
