/**
 * The page of the kiosk, on its way to the expert who has the call, and back. Who may say what to whom is decided here, by
 * who they are and never by an address: there is none. Of what passes nothing is kept but the facts that go on record.
 */
import {
  type BrowseFact,
  BrowseFromExpert,
  BrowseFromKiosk,
  type BrowseSaid,
  browseMost,
  type Sight,
} from '#protocol/calls/browse.ts'
import type { Participant } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Pace } from '../../desk/live/pace.ts'
import { readAs } from '../read-as.ts'
import type { BrowsePair, CallSide, FarSide, LineLimits } from './side.ts'

interface Heard {
  readonly bytes: number
  readonly pace: Pace
  readonly limits: LineLimits
  readonly nowMs: number
}

/** @throws UsherError `browse.too-large`, `browse.too-fast` */
export const checkBrowse = ({ bytes, pace, limits, nowMs }: Heard): void => {
  const cost = Math.min(limits.browse.burst, 1 + Math.floor(bytes / limits.browse.bytesPerMessage))
  if (pace.take(nowMs, cost) > 0) throw new UsherError('browse.too-fast')
  if (bytes > browseMost.bytes) throw new UsherError('browse.too-large')
}

const isShown = (sight: Sight | undefined) => sight === 'on' || sight === 'paused' || sight === 'too-large'

export interface BrowsingParts {
  readonly side: Pick<CallSide, 'pairOf' | 'onFact'>
  readonly far?: Pick<FarSide, 'browse'> | undefined
  /** To somebody who is here. @returns whether they are */
  readonly emit: (call: string, to: Participant, said: BrowseSaid) => boolean
}

interface Shown {
  readonly sight: Sight
  readonly expert: Participant | null
}

export class Browsing {
  readonly #parts: BrowsingParts
  /** What was told last, by call: only a change of it is a fact, and a yes is for the expert who was there then. */
  readonly #shown = new Map<string, Shown>()

  constructor(parts: BrowsingParts) {
    this.#parts = parts
  }

  /** @throws UsherError why it is not passed on. */
  hear(call: string, from: Participant, given: unknown): void {
    const pair = this.#parts.side.pairOf(call)
    if (from === pair.kiosk)
      return this.#fromKiosk(call, pair, readAs(BrowseFromKiosk, given, 'browse.message'))
    if (from !== pair.expert || pair.kiosk === null) throw new UsherError('browse.not-yours')
    this.#pass(call, pair.kiosk, { from, said: readAs(BrowseFromExpert, given, 'browse.message') })
  }

  /** Said at the other hub, which has looked at it. */
  farSays(call: string, from: Participant, said: BrowseSaid): void {
    const { kiosk, expert } = this.#parts.side.pairOf(call)
    const [schema, to] = from === kiosk ? [BrowseFromKiosk, expert] : [BrowseFromExpert, kiosk]
    const isTheirs = (from === kiosk || from === expert) && to !== null
    if (isTheirs && schema.safeParse(said).success) this.#parts.emit(call, to, said)
  }

  forget(call: string): void {
    this.#shown.delete(call)
  }

  #fromKiosk(call: string, { kiosk, expert }: BrowsePair, said: BrowseFromKiosk) {
    if (kiosk === null || !this.#isFor(call, expert, said)) return
    this.#note(call, said)
    if (said.kind === 'sight') this.#shown.set(call, { sight: said.sight, expert })
    // Between two experts nobody sees anything.
    if (expert !== null) this.#pass(call, expert, { from: kiosk, said })
  }

  /** What the customer let another expert see is not for whoever took the call over: first they are told that it is off. */
  #isFor(call: string, expert: Participant | null, said: BrowseFromKiosk): boolean {
    const before = this.#shown.get(call)
    if (before === undefined || before.expert === expert || !isShown(before.sight)) return true
    return said.kind === 'sight' ? !isShown(said.sight) : said.kind !== 'page' && said.kind !== 'styles'
  }

  #pass(call: string, to: Participant, { from, said }: { from: Participant; said: BrowseSaid }) {
    if (!this.#parts.emit(call, to, said)) this.#parts.far?.browse(call, from, said)
  }

  #note(call: string, said: BrowseFromKiosk) {
    const { side } = this.#parts
    const note = (fact: BrowseFact, about: string | null) => side.onFact(call, fact, about)
    if (said.kind === 'put-away') return note('document-put-away', said.item)
    if (said.kind === 'decided') {
      if (said.decision === 'taken') note('proposal-taken', said.field)
      if (said.decision === 'declined') note('proposal-declined', said.field)
    }
    if (said.kind !== 'sight') return
    const before = this.#shown.get(call)?.sight
    if (isShown(said.sight) !== isShown(before))
      note(isShown(said.sight) ? 'page-shown' : 'page-hidden', null)
  }
}
