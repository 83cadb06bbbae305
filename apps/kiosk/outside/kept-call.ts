/**
 * For a page that is loaded anew in the middle of a call, in the same tab and no longer than that: which call it was, how
 * its visitor wants to see it, and for whom they agreed to camera and microphone. Nothing of what was said or entered.
 */
import { z } from 'zod'
import { Language } from '#protocol/ids.ts'
import { keptInTab } from '../../ui/kept.ts'
import { isOpen } from '../journey/expert-call.ts'
import type { Person, World } from '../journey/state.ts'

const KeptCall = z.object({
  before: z.string().nullable(),
  agreedTo: z.string().nullable(),
  met: z.array(z.string()).readonly().default([]),
  view: z.object({ language: Language, elder: z.boolean(), contrast: z.boolean(), low: z.boolean() }),
})
export type KeptCall = z.infer<typeof KeptCall>

const kept = keptInTab('usher.kiosk.call', KeptCall)

export const keptCall = {
  read: kept.read,
  keep(person: Person | null, world: World): void {
    const { expert = null, view } = person ?? {}
    const isIn = person !== null && expert !== null && isOpen(person, world)
    kept.keep(
      isIn && view !== undefined
        ? { before: expert.before, agreedTo: expert.agreedTo, met: expert.met, view }
        : undefined,
    )
  },
}
