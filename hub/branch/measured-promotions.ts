/**
 * What is measured of a campaign, one record an event: which arm of the comparison a visit was drawn into, and whether
 * its holder later asked for what the campaign is about. Kept with the decisions, because a comparison takes longer than
 * bodies of entries are kept. What became of each promotion itself is recorded where it ends, in dispatch/promotions.ts.
 */
import { armOfMark, promotedMark } from '#flows/promoted.ts'
import type { Fact } from '#protocol/flow-events.ts'
import type { CampaignRow, MarkValue } from '#protocol/model.ts'
import type { Turn } from '../engine/turn.ts'
import { putVisit } from './visits.ts'

/** Under this name all of it is found together, also of campaigns that are gone. */
export const measuredAs = 'campaigns'

const askedMark = (campaign: string) => `promotion.asked.${campaign}`

/** A flow noted into which arm a visit was drawn. */
export const measureArm = (turn: Turn, visit: string, mark: { name: string; value: MarkValue }) => {
  const drawn = mark.value === true ? armOfMark(mark.name) : undefined
  if (drawn === undefined) return
  const { campaign, arm } = drawn
  turn.record({
    kind: 'campaign',
    task: measuredAs,
    visit,
    code: 'promotion.drawn',
    params: { campaign, arm },
  })
}

interface Asking {
  readonly visit: string | null
  readonly service: string | null
  readonly how: string
}

/** What somebody does who wants a service, whether anything made them want it or not. */
const askingOf = (fact: Fact): Asking | undefined => {
  switch (fact.type) {
    case 'intent.stated':
      return { visit: fact.visit, service: fact.service, how: fact.wantsStaff ? 'person' : 'intent' }
    case 'help.requested':
      return { visit: fact.visit, service: fact.service, how: 'person' }
    case 'ticket.issued':
      return { visit: fact.visit, service: fact.service, how: 'ticket' }
    case 'kiosk.session':
      return fact.state === 'started' ? { visit: fact.visit, service: fact.service, how: 'kiosk' } : undefined
    default:
      return undefined
  }
}

const serviceOf = ({ service, product }: CampaignRow): string => service ?? product

/** Once for each campaign and visit, and only after the visit was drawn into one of its arms. */
export const measureAsking = (turn: Turn, fact: Fact) => {
  const asking = askingOf(fact)
  const visit = asking?.visit == null ? undefined : turn.state.visits.get(asking.visit)
  if (asking === undefined || asking.service === null || visit === undefined) return
  const asked: Record<string, true> = {}
  for (const campaign of turn.state.campaigns.values()) {
    const { id } = campaign
    const isDrawn = [promotedMark.offered(id), promotedMark.heldOut(id)].some(
      (name) => visit.marks[name] === true,
    )
    if (!isDrawn || serviceOf(campaign) !== asking.service || visit.marks[askedMark(id)] === true) continue
    asked[askedMark(id)] = true
    turn.record({
      kind: 'campaign',
      task: measuredAs,
      visit: visit.id,
      service: asking.service,
      code: 'promotion.asked',
      params: { campaign: id, how: asking.how },
    })
  }
  if (Object.keys(asked).length > 0) putVisit(turn, visit.id, { marks: { ...visit.marks, ...asked } })
}

/** Two visits of one person: what was measured of one was measured of the other. */
export const measureMerge = (turn: Turn, from: string, into: string) => {
  const visit = turn.state.visits.get(into)
  if (visit === undefined) return
  const campaigns = new Set(Object.keys(visit.marks).flatMap((name) => armOfMark(name)?.campaign ?? []))
  for (const campaign of [...campaigns].sort())
    turn.record({
      kind: 'campaign',
      task: measuredAs,
      visit: into,
      code: 'promotion.same-visit',
      params: { campaign, from },
    })
}
