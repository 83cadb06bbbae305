import { z } from 'zod'
import { Media } from './content.ts'
import { Id, Language, text } from './ids.ts'

/** A named spot. Many robots accept names only, others coordinates only, so a target may carry both. Metres, radians. */
export const Spot = z
  .object({
    place: Id.optional(),
    zone: Id.optional(),
    pose: z.object({ map: Id, x: z.number(), y: z.number(), theta: z.number().optional() }).optional(),
  })
  .meta({ id: 'Spot' })
export type Spot = z.infer<typeof Spot>

/** What is said or shown, in one language. Flows choose the words; a device says them as they are. */
export const Words = z.object({ language: Language, text: text(500) }).meta({ id: 'Words' })
export type Words = z.infer<typeof Words>

/** What a screen shows: a template with values, or plain words. Content libraries refer to an item by id. */
export const Content = z
  .object({
    item: Id.optional(),
    /** The item's file, where it has one; whoever cannot show it shows the words. */
    media: Media.optional(),
    template: z.enum([
      'greeting',
      'announcement',
      'diversion',
      'promotion',
      'crowding',
      'emergency',
      'ticket-call',
      'plain',
    ]),
    words: z.array(Words).min(1).max(8),
    values: z.record(Id, z.union([text(200), z.number()])).optional(),
  })
  .meta({ id: 'Content' })
export type Content = z.infer<typeof Content>
