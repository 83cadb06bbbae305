/**
 * What the robot says and hears. Its queue of words is also filled by others on the robot, so only words with our id
 * count, or, where the robot tells no ids, the only words that we have there.
 */
import { DeviceFault } from '../sdk/errors.ts'
import type { Clock } from '../sdk/ports.ts'
import type { Dialect, News, Order, Utterance, VoiceNews } from './dialects/dialect.ts'

export interface Heard {
  readonly text: string
  /** The vendor's name of it. */
  readonly language?: string
}

export interface Voice {
  /** Resolves when it is said. @throws the signal's reason, DeviceFault */
  say(words: Utterance, on: Speaking): Promise<void>
  /** Says it and listens. @returns undefined when nobody answered */
  ask(words: Utterance, on: Speaking): Promise<Heard | undefined>
  news(news: Extract<News, { kind: 'voice' | 'heard' }>): void
}

export interface Speaking {
  readonly signal: AbortSignal
  readonly began: () => void
}

export interface VoiceParts {
  readonly dialect: Dialect
  readonly order: (order: Order) => Promise<void>
  readonly clock: Clock
  readonly listenMs: number
}

/** Slow speech, a voice from the network, and words of others before ours. */
const speechMs = ({ text }: Utterance) => 15_000 + 400 * text.length

export const createVoice = (parts: VoiceParts): Voice => new RobotVoice(parts)

class RobotVoice implements Voice {
  readonly #parts: VoiceParts
  #onVoice: (news: VoiceNews) => void = () => {}
  #onHeard: (heard: Heard) => void = () => {}

  constructor(parts: VoiceParts) {
    this.#parts = parts
  }

  news(news: Extract<News, { kind: 'voice' | 'heard' }>) {
    if (news.kind === 'voice') this.#onVoice(news)
    else this.#onHeard(news)
  }

  say(words: Utterance, on: Speaking) {
    return this.#utter(this.#parts.dialect.speak(words), words, on)
  }

  async ask(words: Utterance, on: Speaking): Promise<Heard | undefined> {
    const { dialect, order, clock, listenMs } = this.#parts
    const { say, listen } = dialect.ask(words)
    if (say !== undefined) await this.#utter(say, words, on)
    const heard = new Promise<Heard>((resolve) => {
      this.#onHeard = resolve
    })
    // Asked in one, the words themselves take their time, too.
    const withinMs = listenMs + (say === undefined ? 2_000 + 250 * words.text.length : 0)
    try {
      await order(listen)
      on.began()
      return await within(heard, { clock, ms: withinMs, signal: on.signal })
    } finally {
      this.#onHeard = () => {}
      await order(dialect.stopListening()).catch(() => {})
      if (on.signal.aborted) await order(dialect.hush()).catch(() => {})
    }
  }

  async #utter(speak: Order, words: Utterance, { signal, began }: Speaking) {
    const { dialect, order, clock } = this.#parts
    signal.throwIfAborted()
    const over = new Promise<'spoken' | 'failed'>((resolve) => {
      this.#onVoice = ({ id, state }) => {
        if (id !== undefined && id !== words.id) return
        if (state === 'speaking') began()
        else resolve(state)
      }
    })
    try {
      await order(speak)
      const end = await within(over, { clock, ms: speechMs(words), signal })
      if (end === undefined)
        throw new DeviceFault('The robot did not report the end of its words.', {
          code: 'speech-unconfirmed',
        })
      if (end === 'failed') throw new DeviceFault('The robot did not say it.', { code: 'speech-failed' })
    } finally {
      this.#onVoice = () => {}
      if (signal.aborted) await order(dialect.hush()).catch(() => {})
    }
  }
}

/** @returns undefined when it took too long. @throws the signal's reason */
const within = async <T>(
  what: Promise<T>,
  { clock, ms, signal }: { clock: Clock; ms: number; signal: AbortSignal },
): Promise<T | undefined> => {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) onAbort()
  const cancel = clock.after(ms, () => resolve(undefined))
  try {
    return await Promise.race([what, promise])
  } finally {
    cancel()
    signal.removeEventListener('abort', onAbort)
  }
}
