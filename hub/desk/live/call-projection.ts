/** What pages see of the expert desk. */
import type { Expert } from '#protocol/calls/expert-desk.ts'
import type { CallRow, ExpertRow } from '#protocol/calls/rows.ts'
import type { SentStory } from '#protocol/calls/story.ts'
import type { LiveCall, LiveExpert } from '#protocol/desk/live/call-rows.ts'
import { documentOn } from '../../calls/shared.ts'

export const liveExpert = (row: ExpertRow, of: Expert | undefined): LiveExpert => ({
  id: row.id,
  title: { ...of?.title },
  group: of?.group ?? '',
  languages: [...(of?.languages ?? [])],
  skills: [...(of?.skills ?? [])],
  presence: row.presence,
  reason: row.reason,
  since: row.since,
  online: row.online,
  call: row.call,
  missed: row.missed,
  snoozedUntil: row.snoozedUntil,
})

const documentTold = (row: CallRow): LiveCall['document'] => {
  const document = documentOn(row)
  if (document === null) return null
  const { item, version, title, media, words, at } = document
  return { item, version, title: { ...title }, media, words: { ...words }, at }
}

interface Besides {
  readonly wrapUpUntil: number | null
  /** Of the branch that asked, where it is another one. */
  readonly story: SentStory | undefined
}

const titlesOf = (story: SentStory | undefined): LiveCall['titles'] =>
  story === undefined ? null : { ...story.titles, device: story.device?.title ?? null }

export const liveCall = (row: CallRow, { wrapUpUntil, story }: Besides): LiveCall => ({
  id: row.id,
  escalation: row.escalation,
  at: row.at,
  reason: row.reason,
  device: row.device,
  askedBy: row.askedBy,
  visit: row.visit,
  ticket: row.ticket,
  service: row.service,
  zone: row.zone,
  language: row.language,
  state: row.state,
  since: row.since,
  answeredAt: row.segments[0]?.from ?? null,
  ring: row.ring === null ? null : { ...row.ring, experts: [...row.ring.experts] },
  tried: row.tried.map(({ expert, at, why }) => ({ expert, at, why })),
  expert: row.expert,
  participants: [...row.participants],
  notes: row.notes,
  identified: row.identified === null ? null : { ...row.identified },
  document: documentTold(row),
  outcome: row.outcome,
  endedBy: row.endedBy,
  titles: titlesOf(story),
  awaySince: row.awaySince ?? null,
  code: row.code,
  promisedAt: row.promisedAt,
  wrapUpUntil,
  guest: row.guest ?? null,
  guests: [...(row.guests ?? [])],
})
