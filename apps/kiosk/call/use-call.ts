/** The call as pages of it show it. */
import type { CallView } from '../../call/port.ts'
import { callOf, type Stage, stageOf } from '../journey/expert-call.ts'
import type { Person } from '../journey/state.ts'
import { useCell } from '../outside/cell.ts'
import { useKiosk, useSpeech, useWorld } from '../parts/use-kiosk.ts'

export const useStage = (person: Person): Stage => stageOf(person, useWorld())

export const useCall = (person: Person) => callOf(person, useWorld())

/** What the expert shows them now; null: nothing, or they have put it away. */
export const useDocument = (person: Person) => {
  const stage = useStage(person)
  const document = useCall(person)?.document ?? null
  const { putAway } = useCell(useKiosk().browse.seen)
  return stage === 'talking' && document?.item !== putAway ? document : null
}

/** As the bank calls them; before anybody rings, an expert. */
export const useExpertName = (person: Person): string => {
  const { say, title } = useSpeech()
  return title(useCall(person)?.expert?.title, say('callExpert'))
}

export const useMedia = (): { readonly view: CallView | null; readonly isBroken: boolean } => {
  const { call } = useKiosk()
  return { view: useCell(call.view), isBroken: useCell(call.isBroken) }
}
