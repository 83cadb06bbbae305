/** Queues: who waits where and how long, which counters serve, and what is being done about it. Longest wait first. */
import { ChevronRight, ListOrdered } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { Empty } from '../../../ui/empty.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import { useNow, useTable } from '../../live/use-live.ts'
import { useSteady } from '../../said/use-steady.ts'
import { AdviceList } from './advice.tsx'
import { Kiosks } from './kiosks.tsx'
import { LaneCounters } from './lane-counters.tsx'
import { LaneDoing } from './lane-doing.tsx'
import { LaneFigures } from './lane-figures.tsx'
import { type Lane, lanesOf } from './model/lanes.ts'
import type { Limits } from './model/pressure.ts'
import { PressureMark } from './pressure-mark.tsx'
import styles from './queues.module.css'
import { TicketsSheet } from './tickets-sheet.tsx'
import { useLimits } from './use-limits.ts'
import { queueWords } from './words.ts'

interface LaneHereProps {
  readonly lane: Lane
  readonly limits: Limits | null
  readonly onTickets: () => void
}

const LaneHere = ({ lane, limits, onTickets }: LaneHereProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const { service, pressure, tickets } = lane
  const id = `queue-${service.id}`
  return (
    <li>
      <article className={classes(styles.lane, styles[pressure])} aria-labelledby={id}>
        <header className={styles.laneHead}>
          <h2 id={id}>{titleOf(service.title, service.id)}</h2>
          <PressureMark of={pressure} />
          <span className={styles.tickets}>
            <Button kind="quiet" onPress={onTickets}>
              {say(queueWords.tickets, { count: tickets.length })}
              <ChevronRight aria-hidden size={20} />
            </Button>
          </span>
        </header>
        <LaneFigures lane={lane} limits={limits} />
        <LaneCounters counters={lane.counters} />
        <LaneDoing lane={lane} />
      </article>
    </li>
  )
}

const useLanes = (limits: Limits | null): readonly Lane[] => {
  const services = useTable('services')
  const counters = useTable('counters')
  const tickets = useTable('tickets')
  const tasks = useTable('tasks')
  const now = useNow()
  return useMemo(
    () => lanesOf({ services, counters, tickets, tasks }, { now, limits }),
    [services, counters, tickets, tasks, now, limits],
  )
}

export const Page = () => {
  const say = useSay()
  const list = useRef<HTMLDivElement>(null)
  const limits = useLimits()
  const lanes = useLanes(limits)
  const { shown } = useSteady(
    list,
    lanes.map(({ service }) => service.id),
  )
  const [opened, setOpened] = useState<string>()
  const waiting = lanes.reduce((sum, lane) => sum + (lane.waiting?.value ?? 0), 0)
  return (
    <div ref={list} className={styles.page}>
      <header className={styles.head}>
        <h1>{say(queueWords.title)}</h1>
        {lanes.length > 0 && (
          <span className={styles.soft}>{say(queueWords.people, { count: waiting })}</span>
        )}
        <Kiosks />
      </header>
      {lanes.length === 0 && (
        <Empty
          icon={<ListOrdered aria-hidden size={40} />}
          title={say(queueWords.empty)}
          text={say(queueWords.emptyText)}
        />
      )}
      <AdviceList />
      <ul className={styles.lanes}>
        {shown
          .map((id) => lanes.find(({ service }) => service.id === id))
          .filter((lane) => lane !== undefined)
          .map((lane) => (
            <LaneHere
              key={lane.service.id}
              lane={lane}
              limits={limits}
              onTickets={() => setOpened(lane.service.id)}
            />
          ))}
      </ul>
      <TicketsSheet
        lane={lanes.find(({ service }) => service.id === opened)}
        onClose={() => setOpened(undefined)}
      />
    </div>
  )
}
