/** Urgent alerts without an owner are heard, and seen in the title of the page, until somebody claims them. */
import { useEffect } from 'react'
import { useSay } from '../../ui/words.ts'
import { frameWords } from '../frame/words.ts'
import { useOpenAlerts } from '../live/open-work.ts'
import type { Chime } from './chime.ts'
import { useUnlock } from './use-unlock.ts'

const ringEveryMs = 8_000
const flashEveryMs = 1_000

export const useAlarm = (chime: Chime): void => {
  const say = useSay()
  const alerts = useOpenAlerts()
  const urgent = alerts.filter(({ priority, claimedBy }) => priority === 'urgent' && claimedBy === null)
  const count = urgent.length
  /** Another one rings at once, not with the next round. */
  const newest = urgent.reduce((latest, { since }) => Math.max(latest, since), 0)
  const title = say(frameWords.titleUrgent, { count })
  useEffect(() => {
    if (count === 0) return undefined
    chime.ring()
    const timer = setInterval(() => chime.ring(), ringEveryMs)
    return () => clearInterval(timer)
  }, [chime, count, newest])
  useEffect(() => {
    if (count === 0) return undefined
    const before = document.title
    let isShown = false
    const turn = () => {
      isShown = !isShown
      document.title = isShown ? title : before
    }
    turn()
    const timer = setInterval(turn, flashEveryMs)
    return () => {
      clearInterval(timer)
      document.title = before
    }
  }, [count, title])
  useUnlock(chime)
}
