/** What is to be said of a call that does not go well, the gravest first; nothing: it goes well. */
import type { KioskCall } from '#protocol/calls/kiosk-call.ts'
import type { CallView, Party } from '../../call/port.ts'
import type { WordName } from '../words/say.ts'

interface Seen {
  readonly call: KioskCall | null
  readonly view: CallView | null
  readonly isBroken: boolean
}

export const roleOf = ({ id }: Pick<Party, 'id'>): string => id.split(':')[0] ?? ''

export const expertIn = (view: CallView | null): Party | undefined =>
  view?.others.find((party) => roleOf(party) === 'expert')

export const troubleOf = ({ call, view, isBroken }: Seen): WordName | undefined => {
  if (isBroken || view?.trouble === 'ticket-refused' || view?.over === 'replaced' || view?.over === 'ticket')
    return 'callBroken'
  const expert = expertIn(view)
  if (call?.state === 'resuming') return call.guest?.isThere === true ? 'callGuestStays' : 'callExpertLost'
  if (call?.guest?.apart === true) return 'callApart'
  if (expert?.shown.held === true) return 'callHeld'
  if (view !== null && view.trouble !== null) return 'cameraTrouble'
  if (view?.line === 'lost') return 'callLineLost'
  if (expert?.quality === 'poor') return 'linkPoor'
  if (call?.guest == null) return undefined
  return call.guest.isThere ? 'callGuestThere' : 'callGuestComes'
}
