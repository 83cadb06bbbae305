/**
 * What the bank's speech engine shows so that the hub believes it. Made from a key of the data directory: the same after a
 * restart, and worth nothing once the key is made anew.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const keyBytes = 32
const purpose = 'usher speech engine 1\n'

export interface SpeechToken {
  /** @param anew whatever was given out before is worth nothing any more. */
  issue(anew: boolean): string
  isGood(token: string): boolean
}

const folderOf = (directory: string) => join(directory, 'pki')
const pathOf = (directory: string) => join(folderOf(directory), 'speech.key')

const readKey = (directory: string): Buffer | undefined => {
  try {
    const key = readFileSync(pathOf(directory))
    return key.length === keyBytes ? key : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all. */
const makeKey = (directory: string): Buffer => {
  const key = randomBytes(keyBytes)
  const path = pathOf(directory)
  mkdirSync(folderOf(directory), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, key, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
  return key
}

const tokenOf = (key: Buffer) => createHmac('sha256', key).update(purpose).digest('base64url')

/** @param directory the data directory; without a key in it nobody is believed. */
export const createSpeechToken = (directory: string): SpeechToken => ({
  issue: (anew) => tokenOf((anew ? undefined : readKey(directory)) ?? makeKey(directory)),
  isGood: (token) => {
    const key = readKey(directory)
    if (key === undefined) return false
    const right = Buffer.from(tokenOf(key))
    const given = Buffer.from(token)
    return given.length === right.length && timingSafeEqual(given, right)
  },
})
