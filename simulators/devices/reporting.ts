/** How a device tells the hub about its tasks, and the declared ways of telling it badly. */
import { type Attempt, type AttemptName, isFinal, nameOf, type ReportBody } from '#adapters/sdk/attempts.ts'
import type { Outgoing } from '#adapters/sdk/outgoing.ts'
import type { Reporting } from '#adapters/sdk/task-desk.ts'
import { topics } from '#protocol/topics.ts'
import type { Behaviour } from './behaviour.ts'
import type { Log } from './log.ts'
import type { Chance } from './ports.ts'

export interface SimulatedReporting extends Reporting {
  progress(attempt: Attempt, progress: Record<string, string | number>): void
}

export const createReporting = (deps: {
  branch: string
  id: string
  log: Log
  outgoing: Outgoing
  behaviour: Behaviour
  chance: Chance
}): SimulatedReporting => {
  const { branch, id, log, outgoing, behaviour, chance } = deps
  /** A report that a reordering device holds back until it has sent the next one. */
  const heldBack = new Map<string, { name: AttemptName; body: ReportBody }>()

  const send = ({ task, attempt, epoch }: AttemptName, body: ReportBody) =>
    outgoing.keep(topics.report(branch, id, task), { attempt, epoch, ...body })

  const misbehave = (name: AttemptName, body: ReportBody, how: 'twice' | 'reordered' | 'never') => {
    log.write({ kind: 'misbehaved', behaviour: `reports-${how}`, task: name.task })
    if (how === 'never') return
    if (how === 'twice') {
      send(name, body)
      send(name, body)
      return
    }
    const before = heldBack.get(name.task)
    if (before === undefined && !isFinal(body)) {
      heldBack.set(name.task, { name, body })
      return
    }
    heldBack.delete(name.task)
    send(name, body)
    if (before !== undefined) send(before.name, before.body)
  }

  return {
    report(attempt, body) {
      attempt.last = body
      log.write({
        kind: 'reported',
        ...nameOf(attempt),
        ...attempt.about,
        report: { attempt: attempt.attempt, epoch: attempt.epoch, ...body },
      })
      const bad = behaviour.reports
      if (bad !== undefined && chance(id, 'reports', attempt.task, `${attempt.attempt}`) < bad.share)
        misbehave(nameOf(attempt), body, bad.how)
      else send(attempt, body)
    },
    repeat(attempt) {
      if (attempt.last !== undefined && behaviour.reports?.how !== 'never') send(attempt, attempt.last)
    },
    turnAway(name, code) {
      send(name, { status: 'refused', code })
    },
    progress({ task, attempt, epoch }, progress) {
      outgoing.pass(topics.report(branch, id, task), { attempt, epoch, status: 'progress', progress })
    },
  }
}
