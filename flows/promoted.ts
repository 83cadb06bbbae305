/** What a visit remembers of promotions, whichever flow makes them: the caps count those by hand as well. */
import type { Intent } from '#protocol/intents.ts'
import type { MarkValue } from '#protocol/model.ts'

/** Names of the marks; they die with the visit. */
export const promotedMark = {
  count: 'promotion.count',
  at: 'promotion.at',
  shown: (campaign: string) => `promotion.shown.${campaign}`,
}

type Marks = Readonly<Record<string, MarkValue>>

export const numberMark = (marks: Marks, name: string): number => {
  const value = marks[name]
  return typeof value === 'number' ? value : 0
}

export interface ShownBefore {
  /** Of any campaign, and of this one. */
  readonly shownBefore: number
  readonly shownOfCampaign: number
}

export const shownBefore = (marks: Marks, campaign: string): ShownBefore => ({
  shownBefore: numberMark(marks, promotedMark.count),
  shownOfCampaign: numberMark(marks, promotedMark.shown(campaign)),
})

export interface Shown extends ShownBefore {
  readonly visit: string | null
  readonly campaign: string | null
}

/** It has begun, or may have: it counts against the caps of the visit. */
export const countedFor = (
  { visit, campaign, shownBefore, shownOfCampaign }: Shown,
  at: number,
): readonly Intent[] => {
  if (visit === null || campaign === null) return []
  const mark = (name: string, value: number): Intent => ({
    type: 'mark',
    on: 'visit',
    id: visit,
    name,
    value,
  })
  return [
    mark(promotedMark.count, shownBefore + 1),
    mark(promotedMark.shown(campaign), shownOfCampaign + 1),
    mark(promotedMark.at, at),
  ]
}
