/**
 * The life of a task as a pure function: which phase follows when its member reports, a deadline passes or a person
 * cancels. A member begins only on the hub's start; from then on the capability's repeat rule decides what may be
 * tried again.
 */
import type { RepeatRule } from '#protocol/capabilities.ts'
import type { ReportStatus } from '#protocol/messages.ts'
import type { AttemptEnd, TaskPhase } from './rows.ts'

export interface Life {
  readonly phase: TaskPhase
  /** Whether the start of the open attempt is committed: from then on the member may have begun. */
  readonly startSent: boolean
}

export type Deadline = 'ack' | 'start' | 'run' | 'lost'

export type LifeEvent =
  | { readonly type: 'offer'; readonly withStart: boolean }
  | { readonly type: 'start' }
  | { readonly type: 'report'; readonly status: ReportStatus }
  | { readonly type: 'deadline'; readonly which: Deadline }
  /** Too late to begin: `expiresAt`, or a pause. */
  | { readonly type: 'expire' }
  | { readonly type: 'cancel' }
  /** The hub came back from a backup: what happened since then is not known here. */
  | { readonly type: 'restored' }
  /** Nobody is left to ask. */
  | { readonly type: 'give-up' }

export interface Step {
  readonly life: Life
  /** How the open attempt ended, if it did. */
  readonly end: AttemptEnd | null
  /** `start`: the hub now commits the start. `next`: the task may go to another member. */
  readonly next: 'nothing' | 'start' | 'next'
  /** What the flow hears; final phases are told by their own name. */
  readonly told: 'accepted' | 'started' | null
  /** The member began although no start was committed. */
  readonly early: boolean
}

const finals: ReadonlySet<TaskPhase> = new Set([
  'done',
  'failed',
  'refused',
  'cancelled',
  'expired',
  'unknown',
])

export const isFinal = (phase: TaskPhase): boolean => finals.has(phase)

const step = (life: Life, rest: Partial<Omit<Step, 'life'>> = {}): Step => ({
  life,
  end: null,
  next: 'nothing',
  told: null,
  early: false,
  ...rest,
})

const final = (phase: TaskPhase, end: AttemptEnd | null, early = false): Step =>
  step({ phase, startSent: false }, { end, early })

const again = (end: AttemptEnd): Step => step({ phase: 'queued', startSent: false }, { end, next: 'next' })

const isOpenAttempt = (phase: TaskPhase) => phase === 'offered' || phase === 'accepted' || phase === 'started'

const reported = (life: Life, status: ReportStatus, repeat: RepeatRule): Step | null => {
  if (!isOpenAttempt(life.phase)) return null
  const began = life.phase === 'started'
  switch (status) {
    case 'accepted':
      if (life.phase !== 'offered') return null
      return step(
        { ...life, phase: 'accepted' },
        { told: 'accepted', next: life.startSent ? 'nothing' : 'start' },
      )
    case 'started':
    case 'progress':
      if (began) return null
      return step({ phase: 'started', startSent: true }, { told: 'started', early: !life.startSent })
    case 'done':
      return final('done', 'done', !life.startSent)
    case 'refused':
    case 'not-started':
      // Said to have begun and now denies it: nobody can know, so what must not happen twice is not tried again.
      if (began && repeat === 'at-most-once') return final('unknown', 'unknown')
      return again(status)
    case 'failed':
    case 'cancelled':
      return life.startSent && repeat === 'at-most-once' ? final('failed', status) : again(status)
    default:
      return status satisfies never
  }
}

const ended: Readonly<Record<Deadline, AttemptEnd>> = {
  ack: 'no-answer',
  start: 'late',
  run: 'late',
  lost: 'lost',
}

const passed = (life: Life, which: Deadline, repeat: RepeatRule): Step | null => {
  if (!isOpenAttempt(life.phase)) return null
  if (which === 'ack' && (life.phase !== 'offered' || life.startSent)) return null
  if (which === 'start' && (life.phase === 'started' || !life.startSent)) return null
  if (which === 'run' && life.phase !== 'started') return null
  if (life.startSent && repeat === 'at-most-once') return final('unknown', 'unknown')
  return again(ended[which])
}

/** What has its start here goes on: its device's word or its deadline ends it. The rest may have been started since. */
const restored = (life: Life, repeat: RepeatRule): Step | null => {
  if (isFinal(life.phase) || life.startSent) return null
  const attempted = isOpenAttempt(life.phase)
  if (repeat === 'at-most-once') return final('unknown', attempted ? 'unknown' : null)
  return attempted ? again('lost') : null
}

/** @returns what follows, or null where the event changes nothing: late, repeated or out of place. */
export const live = (life: Life, event: LifeEvent, repeat: RepeatRule): Step | null => {
  const attempted = isOpenAttempt(life.phase)
  switch (event.type) {
    case 'offer':
      return life.phase === 'queued' ? step({ phase: 'offered', startSent: event.withStart }) : null
    case 'start':
      return attempted && !life.startSent ? step({ ...life, startSent: true }) : null
    case 'report':
      return reported(life, event.status, repeat)
    case 'deadline':
      return passed(life, event.which, repeat)
    case 'expire':
      if (isFinal(life.phase) || life.startSent) return null
      return final('expired', attempted ? 'late' : null)
    case 'cancel':
      return isFinal(life.phase) ? null : final('cancelled', attempted ? 'cancelled' : null)
    case 'restored':
      return restored(life, repeat)
    case 'give-up':
      return life.phase === 'queued' ? final('failed', null) : null
    default:
      return event satisfies never
  }
}
