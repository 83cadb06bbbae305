/** Why it stopped ringing, or why the call that one had just taken is over: whoever ran to the desk for it is told. */
import { PhoneOff } from 'lucide-react'
import { useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useNow, useRow } from '../../lobby/live/use-live.ts'
import { useSay } from '../../ui/words.ts'
import type { Stage } from '../model/stage.ts'
import { expertWords } from '../words.ts'
import styles from './desk.module.css'
import { useWhere } from './use-where.ts'

/** Afterwards it is no news any more. */
const shownMs = 60_000

/** As the hub names it on record. */
const kioskGone = 'kiosk-gone'

const Notice = ({ call }: { call: LiveCall }) => {
  const say = useSay()
  const whereOf = useWhere()
  const text = call.endedBy === kioskGone ? expertWords.calledOffGone : expertWords.calledOff
  return (
    <div className={styles.notice}>
      <PhoneOff aria-hidden />
      <output>{say(text, { where: whereOf(call) })}</output>
    </div>
  )
}

export const CalledOff = ({ stage }: { stage: Stage }) => {
  const now = useNow()
  const current = stage.at === 'ringing' || stage.at === 'call' ? stage.call.id : undefined
  const [last, setLast] = useState(current)
  if (current !== undefined && current !== last) setLast(current)
  const call = useRow('calls', last)
  const isNews = call?.state === 'ended' && call.outcome === 'withdrawn' && now < call.since + shownMs
  return current === undefined && isNews ? <Notice call={call} /> : null
}
