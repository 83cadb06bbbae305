/** The story of a call as it goes to a desk elsewhere: shortened to what one message of the line takes, the newest of it. */
import type { CallRow } from '#protocol/calls/rows.ts'
import { type SentStory, storyBounds } from '#protocol/calls/story.ts'
import { fileOf } from '../branch/rows.ts'
import { type CallStory, callStory } from './call-story.ts'
import type { LookParts } from './parts.ts'

type Title = Readonly<Record<string, string>>

const short = (text: string, max: number) =>
  text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`

const name = (text: string) => short(text, storyBounds.name)

const titleOf = (title: Title): SentStory['titles']['branch'] =>
  Object.fromEntries(
    Object.entries(title).map(([language, text]) => [language, short(text, storyBounds.title)]),
  )

const stepOf = ({ at, code, words }: CallStory['steps'][number]): SentStory['steps'][number] => ({
  at,
  code: name(code),
  words: { zh: short(words.zh, storyBounds.words), en: short(words.en, storyBounds.words) },
})

export interface Told {
  readonly story: CallStory
  readonly titles: { readonly branch: Title; readonly zone: Title | null; readonly service: Title | null }
  readonly now: number
}

export const shortened = ({ story: { steps, ticket, device, earlier }, titles, now }: Told): SentStory => ({
  now,
  // What becomes of the call itself the desk knows better.
  steps: steps
    .filter(({ code }) => !code.startsWith('call.'))
    .slice(-storyBounds.steps)
    .map(stepOf),
  ticket: ticket && { ...ticket, no: name(ticket.no) },
  device: device && { ...device, title: titleOf(device.title) },
  earlier: earlier
    .slice(-storyBounds.earlier)
    .map(({ outcome, ...rest }) => ({ ...rest, outcome: name(outcome) })),
  titles: {
    branch: titleOf(titles.branch),
    zone: titles.zone && titleOf(titles.zone),
    service: titles.service && titleOf(titles.service),
  },
})

export const storyToSend = async (
  look: Pick<LookParts, 'branch' | 'engine' | 'store'>,
  call: CallRow,
): Promise<SentStory> => {
  const story = await callStory(look, call)
  const { titles, now } = await look.engine.read((state, at) => ({
    now: at,
    titles: {
      branch: { ...fileOf(state)?.title },
      zone: state.zones.get(call.zone ?? '')?.title ?? null,
      service: state.services.get(call.service ?? '')?.title ?? null,
    },
  }))
  return shortened({ story, titles, now })
}
