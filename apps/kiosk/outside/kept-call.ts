/**
 * For a page that is loaded anew in the middle of a call, in the same tab and no longer than that: which call it was, how
 * its visitor wants to see it, and for whom they agreed to camera and microphone. Nothing of what was said or entered.
 */
import { z } from 'zod'
import { Language } from '#protocol/ids.ts'
import { isOpen } from '../journey/expert-call.ts'
import type { Person, World } from '../journey/state.ts'

const name = 'usher.kiosk.call'

const KeptCall = z.object({
  before: z.string().nullable(),
  agreedTo: z.string().nullable(),
  met: z.array(z.string()).default([]),
  view: z.object({ language: Language, elder: z.boolean(), contrast: z.boolean(), low: z.boolean() }),
})
export type KeptCall = z.infer<typeof KeptCall>

export const keptCall = {
  read(): KeptCall | undefined {
    try {
      return KeptCall.safeParse(JSON.parse(sessionStorage.getItem(name) ?? 'null')).data
    } catch {
      return undefined
    }
  },
  keep(person: Person | null, world: World): void {
    const { expert = null, view } = person ?? {}
    const kept =
      person === null || expert === null || !isOpen(person, world)
        ? null
        : JSON.stringify({ before: expert.before, agreedTo: expert.agreedTo, met: expert.met, view })
    try {
      if (kept === null) sessionStorage.removeItem(name)
      else if (sessionStorage.getItem(name) !== kept) sessionStorage.setItem(name, kept)
    } catch {
      // Without it, a page that is loaded anew has left the call.
    }
  },
}
