/** Listens to one sale: which words count, what is new in what they add up to, and whether somebody speaks at all. */
import type { SaleRow } from '#protocol/recording/sale.ts'
import type { Script } from '#protocol/recording/script.ts'
import type { SpeechLine } from '#protocol/recording/speech.ts'
import { Inspector } from '../inspect/inspector.ts'
import type { Held } from '../inspect/verdict.ts'
import type { Found, Inspected } from '../inspected.ts'
import { differenceOf, isNothing, isSameFound } from './difference.ts'

interface Window {
  readonly from: number
  readonly to: number
}

/** The last word may be told a moment after the pause was pressed. */
const edgeMs = 250

const heardBefore = ({ items }: SaleRow): Held =>
  new Map(items.flatMap(({ id, state, at }) => (state === 'heard' && at !== null ? [[id, at] as const] : [])))

const ticked = ({ items }: SaleRow): Held =>
  new Map(
    items.flatMap(({ id, state, at }) => (state === 'ticked' && at !== null ? [[id, at] as const] : [])),
  )

const key = (held: Held) => JSON.stringify([...held])

export class Listener {
  readonly #inspector: Inspector
  readonly #base: Held
  #ticks = ''
  /** Stretches that were recorded, but the one under way. */
  readonly #windows: Window[] = []
  #recordingSince: number | undefined
  #said = ''
  #reported: readonly Found[] = []
  /** Hub time: of the last word, and of the last that was heard of the engine. */
  #wordAt = 0
  #engineAt = 0

  constructor(sale: SaleRow, script: Script) {
    this.#base = heardBefore(sale)
    this.#inspector = new Inspector(script, this.#base)
    this.follow(sale)
  }

  get lineCount(): number {
    return this.#inspector.lineCount
  }

  /** The sale as it is now. */
  follow(sale: SaleRow): void {
    if (sale.state === 'recording') this.#recordingSince ??= sale.since
    else if (this.#recordingSince !== undefined) {
      this.#windows.push({ from: this.#recordingSince, to: sale.since })
      this.#recordingSince = undefined
    }
    const ticks = ticked(sale)
    if (key(ticks) === this.#ticks) return
    this.#ticks = key(ticks)
    this.#inspector.hold(new Map([...this.#base, ...ticks]))
  }

  /** @returns false: nothing was recorded then, and it does not count. */
  hear({ line, speaker, text, final, endedAgoMs }: SpeechLine, at: number): boolean {
    const saidAt = at - endedAgoMs
    if (!this.#isRecorded(saidAt)) return false
    this.#wordAt = Math.max(this.#wordAt, saidAt)
    if (final) this.#inspector.put({ line, speaker, at: saidAt, text })
    return true
  }

  engineHeard(at: number): void {
    this.#engineAt = at
  }

  /** Since when there was neither a word nor, `engine`, anything of the engine. */
  quietSince(what: 'word' | 'engine', from: number): number {
    return Math.max(from, this.#recordingSince ?? from, what === 'word' ? this.#wordAt : this.#engineAt)
  }

  /** @returns what is to be said of the sale; undefined: nothing new, or nothing that would be taken. */
  inspect(sale: SaleRow): Inspected | undefined {
    const verdict = this.#inspector.verdict()
    const difference = differenceOf(sale, { verdict, base: this.#base, reported: this.#reported })
    const said = JSON.stringify(difference)
    if (isNothing(difference) || said === this.#said) return undefined
    this.#said = said
    const isNew = (one: Found) => !this.#reported.some((other) => isSameFound(other, one))
    this.#reported = [...this.#reported, ...difference.found.filter(isNew)]
    return difference
  }

  /** What was to be said could not be: it is said again. */
  unsaid(): void {
    this.#said = ''
  }

  #isRecorded(at: number): boolean {
    const isIn = ({ from, to }: Window) => from - edgeMs <= at && at <= to + edgeMs
    if (this.#recordingSince !== undefined && at >= this.#recordingSince - edgeMs) return true
    return this.#windows.some(isIn)
  }
}
