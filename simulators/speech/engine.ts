/**
 * A speech engine that hears nothing: it says what stands in a transcript, in time, to whatever sale is recorded. As a real one
 * does, it guesses before it is sure, comes back after the hub was away, and says again what the hub has not kept.
 */
import { z } from 'zod'
import {
  SpeechHeard,
  type SpeechLine,
  SpeechSales,
  speechLinesPath,
  speechSalesPath,
} from '#protocol/recording/speech.ts'
import type { Spoken } from './transcript.ts'

export interface EngineParts {
  /** Of the hub, without a path. */
  readonly url: string
  readonly token: string
  readonly transcript: readonly Spoken[]
  /** Twice as fast is 2. */
  readonly speed: number
  readonly fetch: typeof fetch
  readonly nowMs: () => number
  readonly after: (ms: number, callback: () => void) => () => void
  readonly log: (text: string) => void
}

export interface SpeechEngine {
  start(): void
  stop(): void
}

interface Speaking {
  /** Of what was recorded so far; what is not recorded takes no time. */
  spokenMs: number
  lookedAt: number
  said: number
}

const stepMs = 250
const Refused = z.object({ error: z.object({ code: z.string() }) })

class Scripted implements SpeechEngine {
  readonly #parts: EngineParts
  readonly #speaking = new Map<string, Speaking>()
  #callOff: (() => void) | undefined
  #isStopped = false

  constructor(parts: EngineParts) {
    this.#parts = parts
  }

  start(): void {
    this.#next(0)
  }

  stop(): void {
    this.#isStopped = true
    this.#callOff?.()
  }

  #next(ms: number) {
    if (this.#isStopped) return
    this.#callOff = this.#parts.after(ms, () => {
      this.#look().then(
        () => this.#next(stepMs),
        (error: unknown) => {
          this.#parts.log(`the hub is away: ${error instanceof Error ? error.message : String(error)}`)
          this.#next(4 * stepMs)
        },
      )
    })
  }

  async #look() {
    const { sales } = SpeechSales.parse(await this.#ask(speechSalesPath))
    for (const { sale, state } of sales) await this.#speak(sale, state === 'recording')
  }

  async #speak(sale: string, isRecorded: boolean) {
    const { nowMs, speed, transcript } = this.#parts
    const now = nowMs()
    const known = this.#speaking.get(sale) ?? { spokenMs: 0, lookedAt: now, said: 0 }
    this.#speaking.set(sale, known)
    if (isRecorded) known.spokenMs += (now - known.lookedAt) * speed
    known.lookedAt = now
    const due = transcript.filter(({ atMs }) => atMs <= known.spokenMs)
    const lines = due.slice(known.said).map((line) => this.#lineOf(line, known))
    const guess = transcript[due.length]
    const interim =
      guess === undefined || !isRecorded
        ? []
        : [{ ...this.#lineOf(guess, known), final: false, endedAgoMs: 0 }]
    const heard = SpeechHeard.parse(await this.#tell(sale, [...lines, ...interim]))
    // The hub was started anew: it has what it noted, and none of the words.
    if (heard.anew && known.said > 0)
      await this.#tell(
        sale,
        due.map((line) => this.#lineOf(line, known)),
      )
    known.said = due.length
  }

  #lineOf({ line, speaker, text, atMs }: Spoken, { spokenMs }: Speaking): SpeechLine {
    const endedAgoMs = Math.max(0, Math.round((spokenMs - atMs) / this.#parts.speed))
    return { line, speaker, text, final: true, endedAgoMs }
  }

  #tell(sale: string, lines: readonly SpeechLine[]) {
    const body = lines.map((line) => JSON.stringify(line)).join('\n')
    return this.#ask(`${speechLinesPath}?${new URLSearchParams({ sale }).toString()}`, body)
  }

  async #ask(path: string, body?: string): Promise<unknown> {
    const { url, token } = this.#parts
    const headers = { authorization: `Bearer ${token}` }
    const asked = body === undefined ? { headers } : { headers, method: 'POST', body }
    const response = await this.#parts.fetch(new URL(path, url), asked)
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(Refused.safeParse(answer).data?.error.code ?? String(response.status))
    return answer
  }
}

export const createSpeechEngine = (parts: EngineParts): SpeechEngine => new Scripted(parts)
