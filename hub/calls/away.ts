/**
 * A kiosk that is out of the hub's reach while its call goes on. Nobody is called for an empty place; but pictures and sound go
 * from browser to browser, so whoever stands in the call with an expert is never sent out because the hub has lost their kiosk.
 */
import type { CallRow } from '#protocol/calls/rows.ts'
import { arm, change, isForsaken, isLeftAlone, kioskIn, openCalls } from './find.ts'
import type { CallDesk } from './port.ts'

/** Who ended it, on record. */
export const kioskGone = 'kiosk-gone'

/** Of another branch's kiosks that branch tells. */
const callsOf = (desk: CallDesk, device: string) =>
  openCalls(desk).filter((call) => call.device === device && call.branch === undefined)

export const setKioskAway = (desk: CallDesk, device: string, isAway: boolean) => {
  for (const call of callsOf(desk, device))
    if ((call.awaySince != null) !== isAway) change(desk, call, { awaySince: isAway ? desk.at : null })
}

/** After a start no kiosk has said yet that it is there. */
export const awaitKiosks = (desk: CallDesk, backByMs: number) => {
  for (const call of openCalls(desk)) if (isForsaken(call)) arm(desk, call.id, { gone: desk.at + backByMs })
}

interface HangUp {
  readonly call: string
  readonly participant: string
  readonly by: string
}

/** @returns how the customer's side is hung up, where it stayed away. */
export const hangUpOfGone = (desk: CallDesk, call: CallRow | undefined): HangUp | undefined => {
  if (call?.device == null || !isLeftAlone(call)) return undefined
  desk.note(call, { code: 'call.kiosk-gone', params: { call: call.id, device: call.device } })
  return { call: call.id, participant: kioskIn(call.device), by: kioskGone }
}
