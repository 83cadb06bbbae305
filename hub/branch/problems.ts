/**
 * News that names what the branch file does not know. It is never fatal: the rest of it is used, and the problem is on
 * record under its code: once an hour while a device repeats the same name, once a minute while it brings new ones.
 */
import type { ErrorCode } from '#protocol/errors.ts'
import type { Turn } from '../engine/turn.ts'

const sameNameMs = 3_600_000
const otherNameMs = 60_000

const problemKey = (code: ErrorCode, device: string) => `problem/${code}/${device}`

export const noteProblem = (turn: Turn, code: ErrorCode, about: { device: string; name: string }) => {
  const key = problemKey(code, about.device)
  const last = turn.state.meta.get(key)
  const quietMs = last?.['name'] === about.name ? sameNameMs : otherNameMs
  if (last !== undefined && turn.at - Number(last['at']) < quietMs) return
  turn.state.meta.put(key, { name: about.name, at: turn.at })
  turn.record({ kind: 'device', device: about.device, code, params: { name: about.name } })
}

/** It decides nothing; it is on record for whoever judges the device later. */
export const noteRefused = (turn: Turn, device: string, counts: Readonly<Record<string, number>>) =>
  turn.record({ kind: 'device', device, code: 'messages.refused', params: counts })
