/** Tells a device what was wrong with its message, counts it, and disconnects one that sends little else. */
import { type ErrorCode, errors } from '#protocol/errors.ts'
import type { ErrorMessage } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import type { Numbering } from '../engine/entry.ts'
import type { BrokerMetrics } from './metrics.ts'
import type { BrokerPort } from './port.ts'
import { createMinuteCount } from './rates.ts'

export interface Complaint {
  readonly code: ErrorCode
  readonly detail?: string | undefined
  readonly topic: string
  readonly numbering?: Numbering | undefined
}

export interface Answers {
  refuse(device: string, complaint: Complaint): void
}

export interface AnswersParts {
  readonly branch: string
  readonly badMessagesPerMinute: number
  readonly monotonicMs: () => number
  readonly metrics: BrokerMetrics
  readonly broker: Pick<BrokerPort, 'publish' | 'disconnect'>
}

const detailMax = 300

export const createAnswers = (parts: AnswersParts): Answers => {
  const bad = createMinuteCount(parts.monotonicMs)
  return {
    refuse: (device, { code, detail, topic, numbering }) => {
      parts.metrics.count(code, device)
      const { summary } = errors[code]
      const text = detail === undefined ? summary : `${summary} ${detail.slice(0, detailMax)}`
      const message: ErrorMessage = { code, text, topic, ...numbering }
      const sent = parts.broker.publish(topics.error(parts.branch, device), JSON.stringify(message), {
        qos: 1,
        retain: false,
      })
      bad.add(device)
      if (bad.of(device) <= parts.badMessagesPerMinute) return
      parts.metrics.count('payload.too-many-bad', device)
      void sent.finally(() => parts.broker.disconnect(device, 'payload.too-many-bad'))
    },
  }
}
