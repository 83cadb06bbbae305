/**
 * Words for the codes that rows and records carry. `{name}` in a text stands for the parameter of that name; under
 * `{reason}` stands a code that has words of its own here, and a value `v` of a parameter `p` has its words as the
 * reason `p.v` where there are any.
 */
import { z } from 'zod'
import { deskRoute } from '../route.ts'

export const Lang = z.enum(['zh', 'en'])
const Texts = z.record(z.string(), z.string())

export const WordsAnswer = z.object({
  lang: Lang,
  /** Of reasons and of what is on record. A code that stands in none of these lists is shown as it is. */
  reasons: Texts,
  /**
   * A code that begins so says the rest of itself as `{rest}`, by the name of what it is: `mode.closed`. The first that
   * fits; without `of` the rest is said in no words.
   */
  carried: z.array(
    z.object({
      prefix: z.string(),
      text: z.string(),
      of: z
        .enum(['visit', 'ticket', 'zone', 'counter', 'device', 'member', 'mode', 'capability', 'content'])
        .optional(),
    }),
  ),
  alerts: z.record(z.string(), z.object({ title: z.string(), text: z.string() })),
  flows: z.record(z.string(), z.object({ title: z.string(), purpose: z.string() })),
  capabilities: Texts,
  phases: Texts,
  modes: Texts,
  autonomy: Texts,
  links: Texts,
  healths: Texts,
  willingness: Texts,
  /** Of devices. */
  kinds: Texts,
  segments: Texts,
  /** Of alerts. */
  priorities: Texts,
  /** Of a candidate's score. */
  scoreParts: Texts,
})
export type WordsAnswer = z.infer<typeof WordsAnswer>

export const wordRoutes = {
  words: deskRoute({
    method: 'GET',
    path: '/api/words',
    admits: 'signed-in',
    request: z.object({ lang: Lang.optional() }),
    response: WordsAnswer,
    errors: [],
    keeps: true,
  }),
}
