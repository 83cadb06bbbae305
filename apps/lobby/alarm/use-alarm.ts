/** Urgent alerts without an owner are heard, and seen in the title of the page, until somebody claims them. */
import { useSay } from '../../ui/words.ts'
import { frameWords } from '../frame/words.ts'
import { useOpenAlerts } from '../live/open-work.ts'
import type { Chime } from './chime.ts'
import { useFlashingTitle, useRinging } from './use-sounding.ts'
import { useUnlock } from './use-unlock.ts'

const ringEveryMs = 8_000

export const useAlarm = (chime: Chime): void => {
  const say = useSay()
  const alerts = useOpenAlerts()
  const urgent = alerts.filter(({ priority, claimedBy }) => priority === 'urgent' && claimedBy === null)
  const count = urgent.length
  /** Another one rings at once, not with the next round. */
  const newest = urgent.reduce((latest, { since }) => Math.max(latest, since), 0)
  useRinging(chime, ringEveryMs, count === 0 ? null : `${count} ${newest}`)
  useFlashingTitle(count === 0 ? null : say(frameWords.titleUrgent, { count }))
  useUnlock(chime)
}
