/**
 * Chance of a simulated day: a number that depends on the seed, the subject and the purpose, never on what was drawn
 * before, so that two arms of a comparison share it. Fast, because a day asks tens of thousands of times.
 */

/** In [0, 1), the same for the same words. */
export type Draw = (subject: string, purpose: string) => number

const mix = (hash: number): number => {
  let value = hash ^ (hash >>> 16)
  value = Math.imul(value, 0x85ebca6b)
  value ^= value >>> 13
  value = Math.imul(value, 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** Two multiplicative hashes side by side, mixed at the end as MurmurHash3 does: 53 good bits. */
const absorb = (text: string, state: Uint32Array): void => {
  let low = state[0] ?? 0
  let high = state[1] ?? 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    low = Math.imul(low ^ code, 0x9e3779b1)
    low = (low << 13) | (low >>> 19)
    high = Math.imul(high ^ code, 0x5f356495)
    high = (high << 15) | (high >>> 17)
  }
  state[0] = Math.imul(low ^ 0x1f, 0x9e3779b1)
  state[1] = Math.imul(high ^ 0x1f, 0x5f356495)
}

export const createDraw = (seed: string | number): Draw => {
  const state = new Uint32Array([0xdeadbeef, 0x41c6ce57])
  absorb(String(seed), state)
  const [seedLow = 0, seedHigh = 0] = state
  return (subject, purpose) => {
    state[0] = seedLow
    state[1] = seedHigh
    absorb(subject, state)
    absorb(purpose, state)
    const low = mix(state[0])
    const high = mix(state[1] ^ low)
    return (high * 0x200000 + (low >>> 11)) / 2 ** 53
  }
}
