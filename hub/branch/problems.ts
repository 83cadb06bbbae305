/**
 * News that names what the branch file does not know. It is never fatal: the rest of it is used, and the problem is on
 * record under its code, at most once an hour for each device and name, so that a wrong set-up does not flood.
 */
import type { ErrorCode } from '#protocol/errors.ts'
import type { Turn } from '../engine/turn.ts'

const repeatMs = 3_600_000

const problemKey = (code: ErrorCode, device: string) => `problem/${code}/${device}`

export const noteProblem = (turn: Turn, code: ErrorCode, about: { device: string; name: string }) => {
  const key = problemKey(code, about.device)
  const last = turn.state.meta.get(key)
  if (last?.['name'] === about.name && turn.at - Number(last['at']) < repeatMs) return
  turn.state.meta.put(key, { name: about.name, at: turn.at })
  turn.record({ kind: 'device', device: about.device, code, params: { name: about.name } })
}
