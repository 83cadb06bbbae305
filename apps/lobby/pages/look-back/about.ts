/** What is asked about something that was found: for its story, and for the file that proves it. */
import type { ExplainAsked } from '#protocol/desk/look/explain.ts'
import type { Found } from '#protocol/desk/look/search.ts'
import { deskApi } from '#protocol/desk/routes.ts'
import type { WhyAbout } from '../../why/why-context.ts'

const aroundMs = 60_000

/** About the thing itself where it has a story of its own; else about what was around it. */
export const aboutOf = ({ ask, at, zone }: Pick<Found, 'ask' | 'at' | 'zone'>): WhyAbout => {
  if (ask === null)
    return {
      from: Math.max(0, at - aroundMs),
      to: at + aroundMs,
      ...(zone !== null && { zone: zone.id }),
    }
  if (ask.what === 'task') return { task: ask.id }
  if (ask.what === 'visit') return { visit: ask.id }
  return ask.what === 'ticket' ? { ticket: ask.id } : { device: ask.id }
}

export const evidenceAddress = (about: ExplainAsked): string =>
  `${deskApi.evidence.path}?${new URLSearchParams(
    Object.entries(about).map(([name, value]) => [name, String(value)]),
  ).toString()}`
