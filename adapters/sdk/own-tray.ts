/** One device's part of the out-tray: what its earlier lives left there, and what becomes of what it puts in. */
import { Report } from '#protocol/messages.ts'
import { parseTopic, topics } from '#protocol/topics.ts'
import { type AttemptName, isFinal } from './attempts.ts'
import type { Checks } from './checks.ts'
import type { Condition } from './condition.ts'
import type { Counts } from './counts.ts'
import type { Life } from './life.ts'
import type { OutTray } from './out-tray.ts'
import type { Dropped, KeptMessage, OwnTray } from './outgoing.ts'
import type { Log } from './ports.ts'
import { parseJson } from './task-desk.ts'

export interface OwnTrayParts {
  readonly id: string
  readonly branch: string
  readonly tray?: OutTray
  readonly life: Life
}

interface OwnTrayTools {
  readonly checks: Checks
  readonly condition: () => Condition
}

/** What it says now dies with it: its disk is full, or it has none. */
const notKept = 'not-kept'

/** This device's part of the tray. What cannot be kept there is sent all the same, and complained of. */
export const ownTrayOf = (
  { id, branch, tray, life }: OwnTrayParts,
  { checks, condition }: OwnTrayTools,
): OwnTray | undefined => {
  if (tray === undefined) return undefined
  let isKept = true
  const settle = (now: boolean) => {
    if (now === isKept) return
    isKept = now
    // It changes in the middle of a message, and tells of it with another one.
    life.after(0, () => condition().because(notKept, isKept ? undefined : 'degraded'))
  }
  if (tray.keepsNothing === true) settle(false)
  const complain = (error: unknown) => void checks.complain('adapter.memory', String(error))
  const failed = (error: unknown) => {
    complain(error)
    settle(false)
  }
  const written = () => {
    if (tray.keepsNothing !== true) settle(true)
  }
  return {
    // Of another branch, if it was moved: that one's hub is not this one's.
    earlier: tray.earlier(id).filter(({ topic }) => parseTopic(topic)?.branch === branch),
    put(message) {
      try {
        const putting = tray.put(id, message)
        if (putting !== undefined) return putting.then(written, failed)
        written()
      } catch (error) {
        failed(error)
      }
      return undefined
    },
    take(message) {
      try {
        tray.take(id, message)
      } catch (error) {
        complain(error)
      }
    },
    now: () => life.now(),
    marker: () => ({ topic: topics.state(branch, id), body: condition().state() }),
  }
}

const attemptKey = ({ task, attempt, epoch }: AttemptName) => `${task}/${attempt}/${epoch}`

/** Of which attempts the end was said in an earlier life and goes out with its old number. */
export const onTheirWay = (tray: OwnTray | undefined) => {
  const ends = new Set(
    (tray?.earlier ?? []).flatMap(({ topic, payload }) => {
      const end = endIn({ topic, payload })
      return end === undefined ? [] : [attemptKey(end)]
    }),
  )
  return (name: AttemptName) => ends.has(attemptKey(name))
}

export interface DroppingParts {
  readonly id: string
  readonly counts: Counts
  readonly log: Log
  readonly life: Life
}

/** A full tray gives something up with every message, for days if need be. */
const surplusToldMs = 60_000

/** Each is counted. A refusal is told at once, what there was no room for once a minute, with how many. */
export const createDropping = ({ id, counts, log, life }: DroppingParts) => {
  let untold = 0
  let toldAt = Number.NEGATIVE_INFINITY
  return ({ topic, reason, isSurplus }: Dropped) => {
    counts.count('message.dropped')
    const tell = (more: object) => log.warn('a message is given up', { device: id, topic, reason, ...more })
    if (!isSurplus) {
      tell({})
      return
    }
    untold += 1
    const now = life.monotonicMs()
    if (now - toldAt < surplusToldMs) return
    toldAt = now
    tell(untold > 1 ? { messages: untold } : {})
    untold = 0
  }
}

/** @returns the attempt whose end this message tells. */
export const endIn = ({
  topic,
  payload,
}: Pick<KeptMessage, 'topic' | 'payload'>): AttemptName | undefined => {
  const parsed = parseTopic(topic)
  if (parsed?.channel !== 'report') return undefined
  const report = Report.safeParse(parseJson(payload)).data
  if (report === undefined || !isFinal(report)) return undefined
  const { attempt, epoch } = report
  return { task: parsed.task, attempt, epoch }
}
