/**
 * Chance without a stream of random numbers: the same seed, subject and purpose give the same share in every replay,
 * on every machine, whatever else was drawn before.
 */

/** FNV-1a over UTF-16 code units, then MurmurHash3's finaliser, which spreads neighbouring names over the range. */
const hash32 = (text: string, basis: number): number => {
  let hash = basis
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index)
    hash = Math.imul(hash, 0x01000193)
  }
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** @returns 0 (inclusive) to 1 (exclusive), evenly spread over subjects. */
export const unitHash = (seed: string, subject: string, purpose: string): number =>
  hash32(`${seed}\u0000${subject}\u0000${purpose}`, 0x811c9dc5) / 0x1_0000_0000
