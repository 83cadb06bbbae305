/** What each page of a call is told of the ways between browsers: by the settings, with credentials of its own. */
import { readFileSync } from 'node:fs'
import type { IceServer } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import type { IceSide } from '../line/side.ts'
import { turnCredential } from './credentials.ts'
import type { CallsSettings } from './settings.ts'

/** Fewer could be guessed: coturn answers whoever asks. */
const secretLettersMin = 32

/** @throws UsherError `config.invalid` unless it can be read and is long enough. */
export const readTurnSecret = (file: string): string => {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new UsherError('config.invalid', `calls.turn.secretFile: ${file} cannot be read`, { cause })
  }
  if (/^[\w+/=-]+$/.test(text) && text.length >= secretLettersMin) return text
  const wanted = `at least ${secretLettersMin} letters and digits, on one line`
  throw new UsherError('config.invalid', `calls.turn.secretFile: ${file} must hold ${wanted}`)
}

/** @throws UsherError `config.invalid` */
export const createIceSide = (settings: CallsSettings, wallMs: () => number): IceSide => {
  const { stun, turn, relayOnly } = settings
  const known: readonly IceServer[] = stun.length === 0 ? [] : [{ urls: stun }]
  if (turn === false) return { iceFor: () => ({ iceServers: known, relayOnly }), renewEveryMs: undefined }
  const { urls, ttlMs } = turn
  const secret = readTurnSecret(turn.secretFile)
  return {
    iceFor: ({ participant }) => {
      const user = participant.replace(':', '-')
      const credential = turnCredential({ secret, user, nowMs: wallMs(), ttlMs })
      return { iceServers: [...known, { urls, ...credential }], relayOnly }
    },
    renewEveryMs: ttlMs / 2,
  }
}
