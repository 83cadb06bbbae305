/** Codes that let somebody in: 256 random bits, of which only a hash is kept. */
import { createHash, randomBytes } from 'node:crypto'

const codeBytes = 32

export interface Code {
  /** Goes out once, and is kept nowhere. */
  readonly code: string
  readonly hash: string
}

export const hashOfCode = (code: string): string => createHash('sha256').update(code).digest('base64url')

export type Random = (bytes: number) => Buffer

export const createCode = (random: Random = randomBytes): Code => {
  const code = random(codeBytes).toString('base64url')
  return { code, hash: hashOfCode(code) }
}
