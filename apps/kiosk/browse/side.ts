/**
 * The kiosk's side of looking at its page together: what the expert asks, what the visitor has agreed to, and that it ends
 * with the call, with that expert, and with one press. A page that is loaded anew has agreed to nothing.
 */
import type {
  BrowseFromExpert,
  BrowseFromKiosk,
  BrowseSaid,
  Decision,
  ProposableField,
  Sight,
} from '#protocol/calls/browse.ts'
import type { KioskCall } from '#protocol/calls/kiosk-call.ts'
import type { PageStream, StreamParts } from '../../browse/stream.ts'
import type { BrowseLine, CallMedia } from '../../call/port.ts'
import type { Put } from '../journey/runner.ts'
import type { Journey, Person } from '../journey/state.ts'
import { type Cell, createCell } from '../outside/cell.ts'
import { fieldsOf, fits, personalOf } from './fields.ts'

type Point = Extract<BrowseFromExpert, { kind: 'point' }>

export interface Proposal {
  readonly proposal: string
  readonly field: string
  readonly value: string
}

export interface BrowseSeen {
  readonly sight: Sight
  readonly point: Point | null
  readonly proposal: Proposal | null
  /** Put away here; the hub says so a moment later. */
  readonly putAway: string | null
}

export interface BrowseSideParts {
  readonly journey: Cell<Journey>
  readonly put: Put
  readonly page: Document
  readonly load: () => Promise<{ readonly openStream: (parts: StreamParts) => PageStream }>
  readonly newRun: () => string
  /** @returns calls it off. */
  readonly later: (callback: () => void, afterMs: number) => () => void
}

export interface BrowseSide {
  readonly seen: Cell<BrowseSeen>
  onMedia(media: CallMedia | null): void
  agree(): void
  /** Also: not any more. */
  stop(): void
  decide(isTaken: boolean): void
  putAway(item: string): void
  /** The hub has told how the call stands: who has it, and which document is shown. */
  onCall(call: Pick<KioskCall, 'expert' | 'document'> | null): void
  elementOf(point: Point): Element | undefined
}

const nothing: BrowseSeen = { sight: 'off', point: null, proposal: null, putAway: null }

const markMs = 6_000
const pointMs = 2_500

const expertKinds: ReadonlySet<string> = new Set<BrowseFromExpert['kind']>([
  'hello',
  'ask',
  'end',
  'again',
  'point',
  'point-away',
  'propose',
  'take-back',
])
const isFromExpert = (said: BrowseSaid): said is BrowseFromExpert => expertKinds.has(said.kind)

class Side implements BrowseSide {
  readonly seen = createCell(nothing)
  readonly #parts: BrowseSideParts
  #line: BrowseLine | null = null
  #ends: (() => void)[] = []
  #stream: PageStream | undefined
  #expert: string | null = null
  #told = ''
  #callOffPoint: (() => void) | undefined

  constructor(parts: BrowseSideParts) {
    this.#parts = parts
  }

  open(): this {
    this.#parts.journey.subscribe(() => this.#follow())
    return this
  }

  onMedia(media: CallMedia | null): void {
    this.#forget()
    if (media === null) return
    this.#line = media.browse
    this.#ends = [
      media.browse.hear((said) => {
        if (isFromExpert(said)) this.#hear(said)
      }),
      media.browse.onOpen(() => {
        this.#tell(true)
        const { putAway } = this.seen.get()
        if (putAway !== null) this.#send({ kind: 'put-away', item: putAway })
        this.#stream?.again()
      }),
    ]
  }

  agree(): void {
    if (this.seen.get().sight !== 'asked') return
    this.#change({ sight: 'on' })
    this.#tell()
    const line = this.#line
    this.#parts.load().then(
      ({ openStream }) => {
        const isStill = this.#line === line && this.seen.get().sight !== 'off'
        if (isStill && this.#stream === undefined) this.#begin(openStream)
      },
      () => this.stop(),
    )
    // They are to look at what they do, and not at the call.
    this.#parts.put({ type: 'on-with-it' })
  }

  stop(): void {
    if (this.seen.get().sight === 'off') return
    this.#end()
    this.#change({ sight: 'off', point: null })
    this.#answer('declined')
    this.#tell()
  }

  decide(isTaken: boolean): void {
    const { proposal } = this.seen.get()
    if (proposal === null) return
    const { field, value } = proposal
    const isThere = fieldsOf(this.#person()).some(({ id }) => id === field)
    if (isTaken && isThere) this.#parts.put({ type: 'enter', field, value })
    this.#answer(isThere ? (isTaken ? 'taken' : 'declined') : 'gone')
  }

  putAway(item: string): void {
    this.#change({ putAway: item })
    this.#send({ kind: 'put-away', item })
  }

  onCall(call: Pick<KioskCall, 'expert' | 'document'> | null): void {
    if ((call?.document?.item ?? null) !== this.seen.get().putAway) this.#change({ putAway: null })
    const expert = call?.expert?.id ?? null
    const isOther = expert !== this.#expert
    this.#expert = expert
    // Whoever takes the call over in the middle of it is asked about anew.
    if (isOther) this.stop()
  }

  elementOf({ run, node }: Point): Element | undefined {
    return this.#stream?.elementOf(run, node)
  }

  #person(): Person | null {
    return this.#parts.journey.get().person
  }

  #begin(openStream: (parts: StreamParts) => PageStream) {
    const { page, newRun } = this.#parts
    const root = page.getElementById('app')
    if (root === null) return this.stop()
    this.#stream = openStream({
      page,
      root,
      newRun,
      personal: () => personalOf(this.#person()),
      send: (said) => this.#send(said),
      onSight: (sight) => {
        this.#change({ sight })
        this.#tell()
      },
    })
  }

  #end() {
    this.#stream?.stop()
    this.#stream = undefined
  }

  #forget() {
    this.#end()
    for (const end of this.#ends) end()
    this.#ends = []
    this.#line = null
    this.#told = ''
    this.#callOffPoint?.()
    this.seen.set(nothing)
  }

  #change(to: Partial<BrowseSeen>) {
    this.seen.set({ ...this.seen.get(), ...to })
  }

  #send(said: BrowseFromKiosk): boolean {
    return this.#line?.send(said) ?? false
  }

  /** Which of its fields may be proposed for is told only of a page that is shown. */
  #tell(isAgain = false) {
    const { sight } = this.seen.get()
    const fields: readonly ProposableField[] = sight === 'on' ? fieldsOf(this.#person()) : []
    const said: BrowseFromKiosk = { kind: 'sight', sight, fields: [...fields] }
    const text = JSON.stringify(said)
    if (!isAgain && text === this.#told) return
    this.#told = this.#send(said) ? text : ''
  }

  #follow() {
    if (this.#line === null) return
    this.#tell()
    const { proposal } = this.seen.get()
    if (proposal !== null && !fieldsOf(this.#person()).some(({ id }) => id === proposal.field))
      this.#answer('gone')
  }

  #answer(decision: Decision) {
    const { proposal } = this.seen.get()
    if (proposal === null) return
    this.#change({ proposal: null })
    this.#send({ kind: 'decided', proposal: proposal.proposal, field: proposal.field, decision })
  }

  #hear(said: BrowseFromExpert) {
    switch (said.kind) {
      case 'hello':
        this.#tell(true)
        return this.#stream?.again()
      case 'again':
        return this.#stream?.again()
      case 'ask':
        if (this.seen.get().sight === 'off') this.#change({ sight: 'asked' })
        return this.#tell(true)
      case 'end':
        return this.stop()
      case 'point':
        return this.#point(said)
      case 'point-away':
        // A mark stays for as long as it was meant to.
        return this.seen.get().point?.isMark === true ? undefined : this.#change({ point: null })
      case 'propose':
        return this.#propose(said)
      case 'take-back':
        if (this.seen.get().proposal?.proposal === said.proposal) this.#answer('gone')
    }
  }

  #point(said: Point) {
    const { sight, point } = this.seen.get()
    if (sight !== 'on' || (point?.isMark === true && !said.isMark)) return
    this.#callOffPoint?.()
    this.#change({ point: said })
    this.#callOffPoint = this.#parts.later(
      () => this.#change({ point: null }),
      said.isMark ? markMs : pointMs,
    )
  }

  #propose({ proposal, field, value }: Proposal) {
    const { sight, proposal: before } = this.seen.get()
    const person = this.#person()
    const decided = (decision: Decision) => this.#send({ kind: 'decided', proposal, field, decision })
    if (sight !== 'on' || person === null || !fieldsOf(person).some(({ id }) => id === field))
      return void decided('gone')
    if (!fits(person, field, value)) return void decided('unfit')
    // The newest is the one that is meant.
    if (before !== null) this.#answer('gone')
    this.#change({ proposal: { proposal, field, value } })
  }
}

export const createBrowseSide = (parts: BrowseSideParts): BrowseSide => new Side(parts).open()
