/** What zones, places and devices of the plan are called in the language of the page. */
import { useSay, useTitle } from '../../../ui/words.ts'
import type { Device, Picked, Plan } from './model/plan.ts'
import { planWords } from './words.ts'

export interface Names {
  readonly of: (one: Picked) => string
  readonly zone: (id: string | null) => string
  readonly place: (id: string | null) => string
  readonly device: (id: string) => string
}

/** @param plans the first that knows it gives the name */
export const useNames = (plans: readonly Plan[], devices: readonly Device[]): Names => {
  const say = useSay()
  const titleOf = useTitle()
  const none = say(planWords.none)
  const zone = (id: string | null) => {
    if (id === null) return none
    const found = plans.flatMap(({ zones }) => zones).find((one) => one.id === id)
    return titleOf(found?.title ?? {}, id)
  }
  const place = (id: string | null) => id ?? none
  const device = (id: string) => titleOf(devices.find((one) => one.id === id)?.title ?? {}, id)
  return { of: ({ kind, id }) => ({ zone, place, device })[kind](id), zone, place, device }
}
