/** Work that a person asks for by hand: what is to be done, for whom or where, and by whom if that matters. */
import { z } from 'zod'
import { Id, Language, text } from '../../ids.ts'
import { remoteActions } from '../../remote.ts'

/** `expert`: somebody remote is called. */
export const askable = ['greet', 'guide', 'announce', 'display', 'promote', 'dock', 'expert'] as const
export type Askable = (typeof askable)[number]

/** In each language that is to be said or shown. */
const Said = z.record(Language, text(300))

export const Ask = z
  .strictObject({
    what: z.enum(askable),
    /** Who it is for. */
    visit: Id.optional(),
    ticket: z.string().max(32).optional(),
    /** Where it is, or for `guide` where it leads to. */
    zone: Id.optional(),
    place: Id.optional(),
    /** `guide`: to a counter, a kiosk. */
    counter: Id.optional(),
    kiosk: Id.optional(),
    /** `promote`. */
    campaign: Id.optional(),
    /** `promote`: why, although the campaign was shown often enough. */
    beyondCap: text(300).regex(/\S/, 'words').optional(),
    /** `announce`, `display`. */
    words: Said.optional(),
    /** How long a screen shows it. */
    forMs: z.int().min(5_000).max(3_600_000).optional(),
    /** Only this one: a device, or `person/<id>`. Absent: whoever is best. */
    member: z.string().max(80).optional(),
    note: text(300).optional(),
  })
  .meta({ id: 'Ask' })
export type Ask = z.infer<typeof Ask>

/**
 * Besides what a form offers. `open-counter`: somebody who may is to open that counter. `remote`: the device that is
 * named does something to itself.
 */
const work = [...askable, 'open-counter', 'remote'] as const
export const AskedWork = Ask.extend({
  what: z.enum(work),
  /** `remote`. */
  action: z.enum(remoteActions).optional(),
  /** Of the volume; absent: it only tells. */
  percent: z.int().min(0).max(100).optional(),
  /** Load again also where there is nothing newer. */
  anyway: z.boolean().optional(),
})
export type AskedWork = z.infer<typeof AskedWork>
