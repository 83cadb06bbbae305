/** What is missing of a recording: by each recorder, of each who has to be in it, voice and picture apart. */
import type { GapRow, PartRow } from '#protocol/recording/manifest.ts'
import { gapsIn, type Span } from './coverage.ts'

export interface Wanted {
  readonly spans: readonly Span[]
  readonly participants: readonly string[]
}

/**
 * At the beginning of a span the first picture that stands for itself is asked for, and a browser that records begins when it
 * is told to. At its end each browser has stopped at its own moment. More than that is a gap.
 */
const tolerance = { hub: { audio: 1_500, video: 2_500 }, page: { audio: 2_500, video: 3_000 } } as const
const kinds = ['audio', 'video'] as const

const gapsOf = (
  { spans }: Wanted,
  parts: readonly PartRow[],
  { recorder, participant }: Pick<GapRow, 'recorder' | 'participant'>,
): readonly GapRow[] => {
  const own = parts.filter((part) => part.recorder === recorder && part.participant === participant)
  const limits = recorder === 'hub' ? tolerance.hub : tolerance.page
  return kinds.flatMap((kind) =>
    gapsIn(
      spans,
      own.flatMap((part) => part[kind]),
      limits[kind],
    ).map((span) => ({ recorder, participant, kind, ...span })),
  )
}

export const pageRecorder = (participant: string): `page:${string}` => `page:${participant}`

export const missingIn = (wanted: Wanted, parts: readonly PartRow[]): readonly GapRow[] =>
  wanted.participants.flatMap((participant) => [
    ...gapsOf(wanted, parts, { recorder: 'hub', participant }),
    ...gapsOf(wanted, parts, { recorder: pageRecorder(participant), participant }),
  ])
