/** Where a call comes from, in words: the kiosk, or the zone, or whoever asked. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useTable } from '../../lobby/live/use-live.ts'
import { useNames } from '../../lobby/said/use-said.ts'
import { useTitle } from '../../ui/words.ts'

type Placed = Pick<LiveCall, 'device' | 'zone' | 'askedBy' | 'titles'>

export const useWhere = (): ((call: Placed) => string) => {
  const names = useNames()
  const titleOf = useTitle()
  // Their titles are what is shown, whichever changes.
  useTable('devices')
  useTable('people')
  return ({ device, zone, askedBy, titles }) => {
    if (titles != null) {
      const place =
        device === null ? titleOf(titles.zone ?? {}, zone ?? '') : titleOf(titles.device ?? {}, device)
      return [titleOf(titles.branch, ''), place].filter((part) => part !== '').join(' · ')
    }
    if (device !== null) return names.of('device', device)
    if (askedBy !== null) return names.person(askedBy)
    return zone === null ? '' : names.of('zone', zone)
  }
}

/** A service or a zone, in the words of the branch that the call comes from. */
export const useNamed = () => {
  const names = useNames()
  const titleOf = useTitle()
  return ({ titles, ...call }: LiveCall, what: 'service' | 'zone'): string | null => {
    const id = call[what]
    if (id === null) return null
    return titles?.[what] == null ? names.of(what, id) : titleOf(titles[what], id)
  }
}
