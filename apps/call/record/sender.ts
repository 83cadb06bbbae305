/** Hands over what the page recorded, one piece after the other, for as long as it takes. */
import { piecesPath, ticketHeader } from '#protocol/recording/pieces.ts'
import type { Spool, Spooled } from './spool.ts'

export interface SenderParts {
  readonly origin: string
  readonly sale: string
  readonly ticket: string
  readonly spool: Spool
  /** The hub does not take this part any more: what comes has to be another one. */
  readonly onRefused: (part: string) => void
  /** The hub does not record this sale any more. */
  readonly onClosed: () => void
}

const againMs = 1_000
const withinMs = 10_000

/** `over`: nobody comes for what is left of this sale. */
type Answer = 'taken' | 'again' | 'refused' | 'closed' | 'over'

const codeIn = async (response: Response): Promise<string> => {
  try {
    const body = (await response.json()) as { readonly error?: { readonly code?: string } }
    return body.error?.code ?? ''
  } catch {
    return ''
  }
}

const answerOf = async (response: Response): Promise<Answer> => {
  if (response.ok) return 'taken'
  if (response.status >= 500 || response.status === 429) return 'again'
  const code = await codeIn(response)
  if (code === 'recording.closed') return 'over'
  return response.status === 401 || response.status === 403 ? 'closed' : 'refused'
}

export class Sender {
  readonly #parts: SenderParts
  #isRunning = false
  #isOver = false
  #isWanted = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #idle: (() => void)[] = []

  constructor(parts: SenderParts) {
    this.#parts = parts
  }

  /** There may be something to send. */
  wake(): void {
    this.#isWanted = true
    if (this.#isRunning || this.#isOver) return
    this.#isRunning = true
    void this.#run()
  }

  /** @returns whether the hub heard it */
  async say(what: 'ready' | 'end'): Promise<boolean> {
    const { sale } = this.#parts
    const query = new URLSearchParams({ sale, say: what }).toString()
    const answer = await this.#ask(`${piecesPath}?${query}`, { method: 'POST' })
    return answer === 'taken'
  }

  /** Once nothing is left to be sent. */
  async drained(): Promise<void> {
    if (!this.#isRunning || this.#isOver) return
    await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  close(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#rest()
  }

  async #run() {
    while (this.#isWanted && !this.#isOver) {
      this.#isWanted = false
      await this.#sendAll()
    }
    this.#rest()
  }

  async #sendAll() {
    const { spool, sale, onRefused, onClosed } = this.#parts
    for (let row = await spool.first(sale); row !== undefined; row = await spool.first(sale)) {
      if (this.#isOver) return
      const answer = await this.#send(row.piece)
      if (answer === 'again') await this.#wait()
      else if (answer === 'closed' || answer === 'over') {
        this.close()
        // Voice and picture of a customer stay in no browser without a reason.
        if (answer === 'over') await spool.dropSale(sale)
        return onClosed()
      } else if (answer === 'refused') {
        await spool.dropPart(row.piece.part)
        onRefused(row.piece.part)
      } else await spool.drop(row.key)
    }
  }

  #send({ sale, part, seq, startedAtMs, type, chain, bytes }: Spooled): Promise<Answer> {
    const age = String(Math.max(0, Date.now() - startedAtMs))
    const query = new URLSearchParams({ sale, part, seq: String(seq), age, chain }).toString()
    return this.#ask(`${piecesPath}?${query}`, {
      method: 'PUT',
      headers: { 'content-type': type },
      body: bytes,
    })
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const { origin, ticket } = this.#parts
    const headers = { ...(init.headers as object), [ticketHeader]: ticket }
    try {
      const signal = AbortSignal.timeout(withinMs)
      return await answerOf(await fetch(`${origin}${path}`, { ...init, headers, signal }))
    } catch {
      return 'again'
    }
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve)
      this.#timer = setTimeout(() => {
        this.#idle = this.#idle.filter((one) => one !== resolve)
        resolve()
      }, againMs)
    })
  }

  #rest() {
    this.#isRunning = false
    const waiting = this.#idle
    this.#idle = []
    for (const resolve of waiting) resolve()
  }
}
