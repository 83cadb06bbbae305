/**
 * What a device that refuses says about its own health, for whoever reads why a rule does not hold: a fault behind the
 * adapter looks like one of the adapter otherwise.
 */
import { DeviceState } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import { visible } from './evidence.ts'
import type { Exam } from './exam.ts'
import type { Entry } from './transcript.ts'
import { type Said, say } from './words.ts'

const isRefusal = (entry: Entry) =>
  entry.kind === 'message' &&
  entry.from === 'device' &&
  entry.parts?.channel === 'report' &&
  entry.body?.['status'] === 'refused'

/** @param entries on which the finding rests. */
export const withOwnHealth = (
  why: Said,
  { exam, entries }: { readonly exam: Exam; readonly entries: readonly Entry[] },
): Said => {
  if (!entries.some(isRefusal)) return why
  const { health } = DeviceState.safeParse(exam.last(topics.state(exam.branch, exam.member))?.body).data ?? {}
  if (health === undefined || health.level === 'ok') return why
  const reasons = visible((health.reasons ?? []).join(', '))
  return say(
    `${why.en}; of itself it says: ${health.level}${reasons === '' ? '' : ` (${reasons})`}`,
    `${why.zh}；它报告自身状态：${health.level}${reasons === '' ? '' : `（${reasons}）`}`,
  )
}
