/**
 * What came before a call, as a branch sends it along with its request to a desk elsewhere: enough for an expert to know whom
 * they will meet. Bounded, so that it fits into one message of the line, and kept as it was when the request was made.
 */
import { z } from 'zod'
import { Id, Language } from '../ids.ts'

export const storyBounds = { steps: 30, earlier: 10, words: 300, title: 120, name: 80 } as const

const Name = z.string().max(storyBounds.name)
const Words = z.string().max(storyBounds.words)
const Said = z.record(Language, z.string().max(storyBounds.title))
const Time = z.number()

export const SentStory = z.strictObject({
  /** The branch's time at which it was told. */
  now: Time,
  steps: z
    .array(z.strictObject({ at: Time, code: Name, words: z.strictObject({ zh: Words, en: Words }) }))
    .max(storyBounds.steps),
  ticket: z.strictObject({ no: Name, service: Id.nullable(), waitedMs: z.int().min(0) }).nullable(),
  device: z.strictObject({ id: Id, title: Said, link: Name, health: Name }).nullable(),
  earlier: z
    .array(z.strictObject({ at: Time, expert: Id.nullable(), outcome: Name }))
    .max(storyBounds.earlier),
  /** As the branch calls itself and the places that the request names. */
  titles: z.strictObject({ branch: Said, zone: Said.nullable(), service: Said.nullable() }),
})
export type SentStory = z.infer<typeof SentStory>
