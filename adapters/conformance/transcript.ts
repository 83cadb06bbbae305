/**
 * Everything that was said on the line, in the order in which the examiner's end saw it. The rules judge by nothing
 * else: what a device does without saying it over MQTT is not believed, neither for it nor against it.
 */
import { Numbered } from '#protocol/messages.ts'
import { parseTopic, type Topic } from '#protocol/topics.ts'
import type { Said } from './words.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export interface Message {
  readonly kind: 'message'
  readonly index: number
  readonly atMs: number
  /** `will`: the broker spoke for a device whose line had broken. `stored`: retained from before the examination. */
  readonly from: 'device' | 'will' | 'stored' | 'examiner'
  readonly topic: string
  readonly parts: Topic | undefined
  readonly payload: string
  /** The payload where it is a JSON object. */
  readonly body: JsonObject | undefined
  readonly qos: number
  readonly retain: boolean
  /** It came before, with this number: what was not acknowledged is sent again. It is no word about what happened since. */
  readonly isRepeat: boolean
  /** The how manieth start of the device, and the how manieth connection. */
  readonly life: number
  readonly connection: number
}

export interface Note {
  readonly kind: 'note'
  readonly index: number
  readonly atMs: number
  readonly said: Said
}

export type Entry = Message | Note
export type NewMessage = Pick<Message, 'from' | 'topic' | 'payload' | 'qos' | 'retain' | 'connection'>

export interface Transcript {
  readonly entries: readonly Entry[]
  /** A place in it, to look from there. */
  mark(): number
  hear(message: NewMessage): void
  note(said: Said): void
  /** Counts a new start of the device. */
  newLife(): void
  /** Its messages belong to the life it was opened in, even those that arrive after the next start. */
  opened(connection: number): void
  /** Something outside the messages has changed that somebody may wait for. */
  stir(): void
  messages(since?: number): Message[]
  /** What `look` finds, as soon as it finds it; undefined when the time is over. */
  until<T>(look: () => T | undefined, withinMs: number): Promise<T | undefined>
}

export const objectIn = (payload: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(payload)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined
  } catch {
    return undefined
  }
}

export const createTranscript = (nowMs: () => number): Transcript => {
  const entries: Entry[] = []
  const waiting = new Set<() => void>()
  const lives = new Map<number, number>()
  const numbers = new Set<string>()
  let life = 0
  const began = nowMs()
  const isHeardAgain = ({ from, topic }: NewMessage, body: JsonObject | undefined) => {
    const { boot, n } = Numbered.safeParse(body).data ?? {}
    if (from !== 'device' || boot === undefined || n === undefined) return false
    const number = `${topic} ${boot} ${n}`
    const isAgain = numbers.has(number)
    numbers.add(number)
    return isAgain
  }
  const stir = () => {
    for (const look of waiting) look()
  }
  const next = () => ({ index: entries.length, atMs: nowMs() - began })
  return {
    entries,
    mark: () => entries.length,
    hear(message) {
      const { topic, payload } = message
      const body = objectIn(payload)
      const lived = lives.get(message.connection) ?? life
      const isRepeat = isHeardAgain(message, body)
      const parts = parseTopic(topic)
      entries.push({ kind: 'message', ...next(), ...message, parts, body, isRepeat, life: lived })
      stir()
    },
    note(said) {
      entries.push({ kind: 'note', ...next(), said })
    },
    newLife() {
      life += 1
    },
    opened(connection) {
      lives.set(connection, life)
    },
    stir,
    messages: (since = 0) => entries.slice(since).filter((entry) => entry.kind === 'message'),
    until: (look, withinMs) =>
      new Promise((resolve) => {
        const end = (found: ReturnType<typeof look>) => {
          waiting.delete(again)
          clearTimeout(timer)
          resolve(found)
        }
        const again = () => {
          const found = look()
          if (found !== undefined) end(found)
        }
        const timer = setTimeout(() => end(look()), withinMs)
        waiting.add(again)
        again()
      }),
  }
}
