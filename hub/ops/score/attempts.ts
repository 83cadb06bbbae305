/**
 * Every offer to a device along the journal, from its choice to its end: who ended it, and how. An offer belongs to the
 * firmware it was made to. Bounded by what is open at one time.
 */
import type { ReportStatus } from '#protocol/messages.ts'
import type { DecisionRecord } from '../../engine/turn.ts'
import { addCode, type Counts } from './counts.ts'

/** What an entry says of an attempt. */
export type Word =
  | {
      readonly by: 'report'
      readonly task: string
      readonly attempt: number
      readonly device: string
      /** null: erased. */
      readonly status: ReportStatus | null
      readonly code: string | undefined
    }
  | { readonly by: 'timer' }
  | { readonly by: 'cancel-timer'; readonly task: string; readonly attempt: number }
  | { readonly by: 'other' }

interface Open {
  readonly device: string
  readonly attempt: number
  readonly counts: Counts
  accepted: boolean
  started: boolean
}

export interface Attempts {
  /** What the entry itself says, before what was decided because of it. */
  hear(word: Word): void
  decided(record: DecisionRecord, word: Word): void
  /** What is not over counts as open. */
  end(): void
}

export interface AttemptsParts {
  /** Where to count what is offered to this device now. */
  counts(device: string): Counts
  /** Whether it was there; what it could not hear it is not blamed for. */
  isThere(device: string): boolean
}

/** Far more than a branch has at one time; the oldest are given up. */
const openMax = 20_000

const finals: ReadonlySet<string> = new Set(['done', 'failed', 'refused', 'cancelled', 'expired', 'unknown'])
const last: ReadonlySet<ReportStatus> = new Set(['done', 'failed', 'refused', 'cancelled', 'not-started'])

/** @returns the one that was given up for it, if any. */
const keep = (map: Map<string, Open>, key: string, value: Open): Open | undefined => {
  map.set(key, value)
  if (map.size <= openMax) return undefined
  const [oldest] = map
  if (oldest === undefined) return undefined
  map.delete(oldest[0])
  return oldest[1]
}

type Report = Extract<Word, { by: 'report' }>

const countReport = ({ counts, started }: Open, { status, code }: Report) => {
  switch (status) {
    case 'done':
      counts.done += 1
      return
    case 'refused':
    case 'not-started':
      // It had said that it began: that is no refusal.
      if (started) addCode(counts.failed, 'denied')
      else if (status === 'refused') addCode(counts.refused, code ?? 'unsaid')
      else if (code === 'too-late') counts.lateStarts += 1
      else addCode(counts.notStarted, code ?? 'unsaid')
      return
    case 'failed':
    case 'cancelled':
      addCode(counts.failed, code ?? status)
      return
    default:
      counts.unclear += 1
  }
}

/** Why the hub ended it by itself, as it is on record; what a person or a flow took back is nobody's fault. */
const countDeadline = ({ counts, accepted }: Open, reason: string, there: boolean) => {
  if (reason === 'capability-gone') counts.incapable += 1
  else if (reason === 'link-lost') counts.lost += 1
  else if (reason === 'no-answer' || reason === 'not-begun' || reason === 'not-finished') {
    if (!there) counts.lost += 1
    else if (reason === 'not-finished') counts.neverDone += 1
    else if (accepted) counts.lateStarts += 1
    else counts.missedAnswers += 1
  } else counts.withdrawn += 1
}

const isLastWord = (word: Word, task: string, open: Open): word is Report =>
  word.by === 'report' &&
  word.task === task &&
  word.attempt === open.attempt &&
  word.device === open.device &&
  (word.status === null || last.has(word.status))

export const createAttempts = ({ counts, isThere }: AttemptsParts): Attempts => {
  const open = new Map<string, Open>()
  /** `task/attempt` of cancels that wait for an answer. */
  const cancelled = new Map<string, Open>()

  const hearReport = ({ task, attempt, device, status }: Report) => {
    const found = open.get(task)
    if (found?.attempt === attempt && found.device === device) {
      if (status === 'accepted' || status === 'started' || status === 'progress') found.accepted = true
      if (status === 'started' || status === 'progress') found.started = true
    }
    if (status !== null && last.has(status)) cancelled.delete(`${task}/${attempt}`)
  }

  const close = (task: string, record: DecisionRecord, word: Word) => {
    const found = open.get(task)
    if (found === undefined) return
    open.delete(task)
    if (isLastWord(word, task, found)) return countReport(found, word)
    found.counts.cancels += 1
    keep(cancelled, `${task}/${found.attempt}`, found)
    const reason = String(record.params?.['reason'] ?? '')
    const byItself = word.by === 'timer' || reason === 'capability-gone'
    if (byItself) countDeadline(found, reason, isThere(found.device))
    else found.counts.withdrawn += 1
  }

  return {
    hear: (word) => {
      if (word.by === 'report') return hearReport(word)
      if (word.by !== 'cancel-timer') return
      const key = `${word.task}/${word.attempt}`
      const found = cancelled.get(key)
      cancelled.delete(key)
      if (found !== undefined && isThere(found.device)) found.counts.cancelsIgnored += 1
    },
    decided: (record, word) => {
      const { task, code, device, params } = record
      if (record.kind !== 'task' || task === undefined) return
      if (code === 'moved' || finals.has(code)) return close(task, record, word)
      if (device === undefined || params?.['member'] !== device) return
      if (code === 'began-early') counts(device).beganEarly += 1
      if (code !== 'chosen') return
      const mine = counts(device)
      mine.offers += 1
      const attempt = Number(params['attempt'])
      const forgotten = keep(open, task, { device, attempt, counts: mine, accepted: false, started: false })
      if (forgotten !== undefined) forgotten.counts.unclear += 1
    },
    end: () => {
      for (const { counts: theirs } of open.values()) theirs.open += 1
      open.clear()
    },
  }
}
