/**
 * The expert's side of a page that is looked at together: what the kiosk says of it, and what is said to the kiosk. What
 * was lost on the way is noticed by its number, and a whole page mends it.
 */
import {
  type BrowseFromKiosk,
  type BrowseSaid,
  type Decision,
  type ProposableField,
  type Sight,
  sights,
} from '#protocol/calls/browse.ts'
import type { Mirror, Named, Spot } from '../../browse/mirror.ts'
import type { BrowseLine } from '../../call/port.ts'

export interface Proposed {
  readonly proposal: string
  readonly title: Readonly<Record<string, string>>
  /** null: not yet. */
  readonly decision: Decision | null
}

export interface TogetherSeen {
  readonly sight: Sight
  readonly fields: readonly ProposableField[]
  /** Of the kiosk, in its pixels; null: nothing of it has come. */
  readonly size: { readonly width: number; readonly height: number } | null
  /** A place was marked on the page. */
  readonly isMarked: boolean
  /** The last one. */
  readonly proposed: Proposed | null
}

export interface StoreParts {
  readonly line: BrowseLine
  readonly newId: () => string
  readonly nowMs: () => number
}

const nothing: TogetherSeen = { sight: 'off', fields: [], size: null, isMarked: false, proposed: null }
const pointEveryMs = 120
const againEveryMs = 1_200

export const isSeen = (sight: Sight): boolean => sights.indexOf(sight) >= sights.indexOf('on')

const isFromKiosk = (said: BrowseSaid): said is BrowseFromKiosk =>
  ['sight', 'styles', 'page', 'decided', 'put-away'].includes(said.kind)

export class TogetherStore {
  readonly #parts: StoreParts
  readonly #listeners = new Set<() => void>()
  #seen = nothing
  #mirror: Mirror | undefined
  #pointedMs = Number.NEGATIVE_INFINITY
  #askedAgainMs = Number.NEGATIVE_INFINITY

  constructor(parts: StoreParts) {
    this.#parts = parts
  }

  /** @returns ends it. */
  open(): () => void {
    const { line } = this.#parts
    const ends = [
      line.hear((said) => {
        if (isFromKiosk(said)) this.#hear(said)
      }),
      line.onOpen(() => void line.send({ kind: 'hello' })),
    ]
    return () => {
      for (const end of ends) end()
    }
  }

  readonly get = (): TogetherSeen => this.#seen

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Where it is drawn. @returns not any more */
  attach(mirror: Mirror): () => void {
    this.#mirror = mirror
    this.#parts.line.send({ kind: 'again' })
    return () => {
      if (this.#mirror === mirror) this.#mirror = undefined
    }
  }

  /** In pixels of the kiosk. */
  spotAt(left: number, top: number): Spot | undefined {
    return this.#mirror?.spotAt(left, top)
  }

  /** What of the page one can point at by its name. */
  named(): readonly Named[] {
    return this.#mirror?.named() ?? []
  }

  /** In its middle. */
  markNode(node: number): void {
    if (this.#mirror !== undefined) this.mark({ run: this.#mirror.run, node, x: 0.5, y: 0.5 })
  }

  /** The kiosk is not in the call now: it says anew how things stand when it is back. */
  lost(): void {
    this.#put({ sight: 'off', fields: [] })
  }

  ask(): void {
    this.#parts.line.send({ kind: 'ask' })
  }

  end(): void {
    this.#parts.line.send({ kind: 'end' })
  }

  point(spot: Spot): void {
    const now = this.#parts.nowMs()
    if (now - this.#pointedMs < pointEveryMs) return
    this.#pointedMs = now
    this.#parts.line.send({ kind: 'point', ...spot, isMark: false })
  }

  mark(spot: Spot): void {
    const isSent = this.#parts.line.send({ kind: 'point', ...spot, isMark: true })
    if (isSent) this.#put({ isMarked: true })
  }

  pointAway(): void {
    this.#parts.line.send({ kind: 'point-away' })
  }

  propose({ id, title }: Pick<ProposableField, 'id' | 'title'>, value: string): void {
    const proposal = this.#parts.newId()
    const isSent = this.#parts.line.send({ kind: 'propose', proposal, field: id, value })
    if (isSent) this.#put({ proposed: { proposal, title, decision: null } })
  }

  #put(to: Partial<TogetherSeen>) {
    this.#seen = { ...this.#seen, ...to }
    for (const listener of this.#listeners) listener()
  }

  #hear(said: BrowseFromKiosk) {
    if (said.kind === 'sight') return this.#put({ sight: said.sight, fields: said.fields, isMarked: false })
    if (said.kind === 'decided') return this.#decided(said)
    if (said.kind === 'styles') return this.#mirror?.dress(said)
    if (said.kind === 'page') this.#draw(said)
  }

  #decided({ proposal, decision }: Extract<BrowseFromKiosk, { kind: 'decided' }>) {
    const { proposed } = this.#seen
    if (proposed?.proposal === proposal) this.#put({ proposed: { ...proposed, decision } })
  }

  #draw(said: Extract<BrowseFromKiosk, { kind: 'page' }>) {
    if (this.#mirror === undefined) return
    if (!this.#mirror.take(said)) return this.#again()
    const { width, height } = said.frame
    const { size } = this.#seen
    if (size?.width !== width || size.height !== height) this.#put({ size: { width, height } })
  }

  #again() {
    const now = this.#parts.nowMs()
    if (now - this.#askedAgainMs < againEveryMs) return
    this.#askedAgainMs = now
    this.#parts.line.send({ kind: 'again' })
  }
}
