/** How a device tells the hub about its tasks: on record first, then sent until acknowledged. */
import { topics } from '#protocol/topics.ts'
import type { JsonObject } from './adapter.ts'
import { type Attempt, type AttemptName, isFinal, nameOf, type ReportBody } from './attempts.ts'
import type { Checks } from './checks.ts'
import type { MemoryRecord } from './memory.ts'
import type { Outgoing } from './outgoing.ts'
import type { Reporting } from './task-desk.ts'

export const createReporting = (parts: {
  readonly branch: string
  readonly device: string
  readonly outgoing: Outgoing
  readonly checks: Checks
  readonly remember: (record: MemoryRecord, sure: boolean) => void
}): Reporting & { progress(attempt: Attempt, progress: JsonObject): void } => {
  const { branch, device, outgoing, checks, remember } = parts
  const send = ({ task, attempt, epoch }: AttemptName, body: ReportBody) =>
    outgoing.keep(topics.report(branch, device, task), { attempt, epoch, ...body })
  return {
    report(attempt, body) {
      attempt.last = body
      try {
        remember({ kind: 'reported', device, ...nameOf(attempt), report: body }, isFinal(body))
      } catch (error) {
        // The hub must hear it all the same; only after a restart it would hear "interrupted" instead.
        checks.complain('adapter.memory', String(error), { task: attempt.task })
      }
      send(attempt, body)
    },
    repeat(attempt) {
      if (attempt.last !== undefined) send(attempt, attempt.last)
    },
    turnAway(name, code) {
      send(name, { status: 'refused', code })
    },
    progress({ task, attempt, epoch }, progress) {
      const body = { attempt, epoch, status: 'progress', progress }
      outgoing.pass(topics.report(branch, device, task), body)
    },
  }
}
