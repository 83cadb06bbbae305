/** Where a call comes from, in words: the kiosk, or the zone, or whoever asked. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useTable } from '../../lobby/live/use-live.ts'
import { useNames } from '../../lobby/said/use-said.ts'

export const useWhere = (): ((call: Pick<LiveCall, 'device' | 'zone' | 'askedBy'>) => string) => {
  const names = useNames()
  // Their titles are what is shown, whichever changes.
  useTable('devices')
  useTable('people')
  return ({ device, zone, askedBy }) => {
    if (device !== null) return names.of('device', device)
    if (askedBy !== null) return names.person(askedBy)
    return zone === null ? '' : names.of('zone', zone)
  }
}
