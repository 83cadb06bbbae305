/** The hub's side of one device's line, in memory: it can hold back acknowledgements, cut the line and repeat itself. */
import { topics } from '#protocol/topics.ts'
import type { Session, Transport } from '#simulators/devices/ports.ts'

export interface Sent {
  readonly topic: string
  readonly body: Record<string, unknown>
  readonly raw: string
  readonly qos: 0 | 1
  readonly retain: boolean
}

export const createFakeHub = (branch: string, device: string) => {
  let session: Session | undefined
  let up = false
  const sent: Sent[] = []
  const wills: string[] = []
  const unanswered = new Set<{ resolve: () => void; reject: (error: Error) => void }>()
  const hub = {
    /** Whether a PUBACK goes back at once. */
    acknowledges: true,
    sent,
    wills,
    drops: [] as number[],
    isUp: () => up,
    transport: undefined as unknown as Transport,
    up() {
      up = true
      session?.onUp()
    },
    /** The line breaks: what was not acknowledged fails, and the will is published. */
    down() {
      up = false
      for (const one of unanswered) one.reject(new Error('down'))
      unanswered.clear()
      if (session?.will !== undefined) wills.push(session.will.payload)
      session?.onDown()
    },
    say(topic: string, body: object) {
      session?.onMessage(topic, JSON.stringify(body))
    },
    task(body: object) {
      hub.say(topics.task(branch, device), body)
    },
    reports: () =>
      sent
        .filter(({ topic }) => topic.endsWith('/report'))
        .map(({ body }) => body)
        .filter(({ status }) => status !== 'progress'),
    statuses: () => hub.reports().map(({ status }) => status),
    events: () => sent.filter(({ topic }) => topic.includes('/event/')),
    session: () => session,
  }
  hub.transport = {
    open(next) {
      session = next
    },
    publish(topic, raw, { qos, retain }) {
      if (!up) return Promise.reject(new Error('down'))
      sent.push({ topic, raw, body: parse(raw), qos, retain })
      if (qos === 0 || hub.acknowledges) return Promise.resolve()
      return new Promise((resolve, reject) => unanswered.add({ resolve, reject }))
    },
    drop(forMs) {
      hub.drops.push(forMs)
      hub.down()
    },
    close(orderly) {
      if (!orderly && up) hub.down()
      up = false
      return Promise.resolve()
    },
  }
  return hub
}

const parse = (raw: string): Record<string, unknown> => {
  try {
    return JSON.parse(raw) as Record<string, unknown>
  } catch {
    return {}
  }
}
