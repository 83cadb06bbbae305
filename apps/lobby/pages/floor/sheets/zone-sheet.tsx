/** One zone: how full it is, who and what is in it, and what can be said or shown there. */
import { Button as AriaButton } from 'react-aria-components'
import type { LiveRow } from '#protocol/desk/live/tables.ts'
import { Badge } from '../../../../ui/badge.tsx'
import { useFormat } from '../../../../ui/format.ts'
import { StateMark } from '../../../../ui/state-mark.tsx'
import { useSay, useTitle } from '../../../../ui/words.ts'
import { useNow, useTable } from '../../../live/use-live.ts'
import { useNames } from '../../../said/use-said.ts'
import { crowdOf } from '../model/crowd.ts'
import type { Pick } from '../pick.ts'
import { shortCounter } from '../plan/counter-mark.tsx'
import { useCountText, useCrowdText } from '../plan/zone-title.tsx'
import { counterWords } from '../words.ts'
import { Asks } from './asks.tsx'
import { Fact, Facts, Part } from './facts.tsx'
import styles from './sheets.module.css'
import { sheetWords } from './words.ts'

interface OfZone {
  readonly zone: LiveRow<'zones'>
}

interface Picking extends OfZone {
  readonly onPick: (pick: Pick) => void
}

const Visitors = ({ zone, onPick }: Picking) => {
  const say = useSay()
  const now = useNow()
  const { duration } = useFormat()
  const visits = useTable('visits')
    .filter((visit) => visit.zone === zone.id)
    .sort((a, b) => a.zoneSince - b.zoneSince)
  if (visits.length === 0) return <p className={styles.soft}>{say(sheetWords.noVisitors)}</p>
  return (
    <ul>
      {visits.map(({ id, tickets, zoneSince, party, wantsStaff }) => (
        <li key={id}>
          <AriaButton className={styles.line ?? ''} onPress={() => onPick({ kind: 'visit', id })}>
            <span className={styles.strong}>
              {tickets.length === 0 ? say(sheetWords.visitor) : tickets.join(' ')}
            </span>
            <span className={styles.soft}>
              {say(sheetWords.hereFor, { time: duration(now - zoneSince) })}
            </span>
            {party > 1 && <span className={styles.soft}>{say(sheetWords.party, { count: party })}</span>}
            {wantsStaff && <Badge tone="high">{say(sheetWords.wantsStaff)}</Badge>}
          </AriaButton>
        </li>
      ))}
    </ul>
  )
}

const Devices = ({ zone, onPick }: Picking) => {
  const say = useSay()
  const titleOf = useTitle()
  const { person } = useNames()
  const devices = useTable('devices').filter((device) => device.zone === zone.id)
  if (devices.length === 0) return <p className={styles.soft}>{say(sheetWords.noDevices)}</p>
  return (
    <ul>
      {devices.map((device) => (
        <li key={device.id}>
          <AriaButton className={styles.line ?? ''} onPress={() => onPick({ kind: 'device', id: device.id })}>
            <span className={styles.strong}>{titleOf(device.title, device.id)}</span>
            <StateMark
              of={device}
              holder={device.willingnessBy === null ? undefined : person(device.willingnessBy)}
            />
          </AriaButton>
        </li>
      ))}
    </ul>
  )
}

const Counters = ({ zone }: OfZone) => {
  const say = useSay()
  const counters = useTable('counters').filter((counter) => counter.zone === zone.id)
  if (counters.length === 0) return null
  return (
    <Part title={sheetWords.countersHere}>
      <ul>
        {counters.map(({ id, state, serving, staffed }) => (
          <li key={id} className={styles.line}>
            <span className={styles.strong}>{say(sheetWords.counterNamed, { name: shortCounter(id) })}</span>
            <span>
              {serving === null
                ? say(counterWords[state])
                : say(sheetWords.serving, { state: say(counterWords[state]), ticket: serving })}
            </span>
            {state === 'open' && staffed === false && <Badge tone="high">{say(sheetWords.vacant)}</Badge>}
          </li>
        ))}
      </ul>
    </Part>
  )
}

export const ZoneSheet = ({ zone, onPick }: Picking) => {
  const say = useSay()
  const now = useNow()
  const visits = useTable('visits')
  const crowd = crowdOf(zone, visits, now)
  const countText = useCountText()(crowd)
  const crowdText = useCrowdText()(crowd)
  return (
    <div className={styles.sheet}>
      <Facts>
        <Fact of={sheetWords.count}>
          {countText === '' ? <span className={styles.soft}>{say(sheetWords.nobodyKnows)}</span> : countText}
          {crowdText !== '' && <Badge tone={crowd.level === 'calm' ? 'plain' : 'high'}>{crowdText}</Badge>}
        </Fact>
      </Facts>
      <Counters zone={zone} />
      <Part title={sheetWords.visitorsHere}>
        <Visitors zone={zone} onPick={onPick} />
      </Part>
      <Part title={sheetWords.devicesHere}>
        <Devices zone={zone} onPick={onPick} />
      </Part>
      <Part title={sheetWords.actions}>
        <Asks about={{ zone: zone.id }} can={['announce', 'display']} />
      </Part>
    </div>
  )
}
