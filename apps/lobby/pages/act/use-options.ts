/** What can be chosen for a slot just now. */
import type { LiveDevice, LiveVisit } from '#protocol/desk/live/lobby-rows.ts'
import { useFormat } from '../../../ui/format.ts'
import { healthWords, linkWords, willingWords } from '../../../ui/state-words.ts'
import { useSay } from '../../../ui/words.ts'
import { useNow, useTable } from '../../live/use-live.ts'
import { useNames } from '../../said/use-said.ts'
import type { Slot } from './forms.ts'
import { type Option, optionsFor } from './options.ts'
import { actWords } from './words.ts'

const minuteMs = 60_000

export const useOptions = (slot: Slot): readonly Option[] => {
  const say = useSay()
  const names = useNames()
  const { minutes } = useFormat()
  const now = useNow()
  const rows = {
    visits: useTable('visits'),
    zones: useTable('zones'),
    counters: useTable('counters'),
    devices: useTable('devices'),
    campaigns: useTable('campaigns'),
  }
  const since = ({ zone, since: from, wantsStaff }: LiveVisit): string => {
    const time = minutes(Math.max(0, now - from - ((now - from) % minuteMs)))
    const where = say(actWords.zoneSince, { zone: zone === null ? '—' : names.of('zone', zone), time })
    return wantsStaff ? `${say(actWords.wantsStaff)} · ${where}` : where
  }
  const state = ({ link, health, willingness, willingnessBy, zone }: LiveDevice): string => {
    if (link !== 'online') return say(linkWords[link])
    if (health === 'faulted' || health === 'updating') return say(healthWords[health])
    if (willingness !== 'open')
      return say(willingWords[willingness], { who: names.person(willingnessBy ?? '') })
    return zone === null ? '' : names.of('zone', zone)
  }
  return optionsFor(slot, { rows, names, since, state })
}
