/** My tasks: what is asked of whoever is signed in, one card each, made for a phone in one hand. */
import { BellRing, Coffee, Moon, UserRoundX, Volume2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { LivePerson, LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import { type Pair, useSay } from '../../../ui/words.ts'
import { useSendOnce } from '../../live/use-commands.ts'
import { useBranch, useMe, useRow, useTable } from '../../live/use-live.ts'
import { useSaid } from '../../said/use-said.ts'
import { AlertCard } from './alert-card.tsx'
import { Cannot } from './cannot.tsx'
import styles from './mine.module.css'
import { alertsOf, type Mine, mineOf } from './model.ts'
import { Standing } from './standing.tsx'
import { TaskCard, TaskTitle } from './task-card.tsx'
import { useAttention } from './use-attention.ts'
import { mineWords } from './words.ts'

const Nothing = ({ person }: { readonly person: LivePerson }) => {
  const say = useSay()
  const send = useSendOnce()
  const { id, onDuty, doNotDisturb } = person
  if (!onDuty)
    return (
      <Empty
        icon={<Moon aria-hidden size={40} />}
        title={say(mineWords.nothingOff)}
        text={say(mineWords.nothingOffText)}
        action={
          <Button kind="primary" onPress={() => send({ name: 'duty', params: { person: id, onDuty: true } })}>
            {say(mineWords.goOnDuty)}
          </Button>
        }
      />
    )
  if (doNotDisturb)
    return (
      <Empty
        icon={<Coffee aria-hidden size={40} />}
        title={say(mineWords.nothingQuiet)}
        text={say(mineWords.nothingQuietText)}
        action={
          <Button onPress={() => send({ name: 'do-not-disturb', params: { person: id, on: false } })}>
            {say(mineWords.endQuiet)}
          </Button>
        }
      />
    )
  return (
    <Empty
      icon={<BellRing aria-hidden size={40} />}
      title={say(mineWords.nothing)}
      text={say(mineWords.nothingText)}
    />
  )
}

const Sound = ({ onTurnOn }: { readonly onTurnOn: () => void }) => {
  const say = useSay()
  return (
    <div className={styles.sound}>
      <Volume2 aria-hidden size={22} />
      <span>{say(mineWords.soundOff)}</span>
      <Button onPress={onTurnOn}>{say(mineWords.soundOn)}</Button>
    </div>
  )
}

interface TasksProps {
  readonly title: Pair
  readonly tasks: readonly LiveTask[]
  readonly onCannot: (task: LiveTask) => void
}

const Tasks = ({ title, tasks, onCannot }: TasksProps) => {
  const say = useSay()
  if (tasks.length === 0) return null
  return (
    <section>
      <h2 className={styles.heading}>{say(title)}</h2>
      <ul className={styles.cards}>
        {tasks.map((task) => (
          <TaskCard key={task.id} task={task} onCannot={onCannot} />
        ))}
      </ul>
    </section>
  )
}

const Ended = ({ tasks }: { readonly tasks: Mine['ended'] }) => {
  const say = useSay()
  const { clock } = useFormat()
  const { word } = useSaid()
  if (tasks.length === 0) return null
  return (
    <section>
      <h2 className={styles.heading}>{say(mineWords.ended)}</h2>
      <ul className={styles.ended}>
        {tasks.map((task) => (
          <li key={task.id} className={styles.endedRow}>
            <span className={styles.endedName}>
              <TaskTitle task={task} />
            </span>
            <span className={styles.soft}>
              {`${word('phases', task.phase)} · ${clock(task.endedAt ?? task.createdAt)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Own = ({ person }: { readonly person: LivePerson }) => {
  const say = useSay()
  const send = useSendOnce()
  const tasks = useTable('tasks')
  const alerts = useTable('alerts')
  const mine = useMemo(() => mineOf(tasks, person.id), [tasks, person.id])
  const own = useMemo(() => alertsOf(alerts, person.id), [alerts, person.id])
  const waiting = useMemo(() => [...mine.asked.map(({ id }) => id), ...own.map(({ id }) => id)], [mine, own])
  const { isSilent, turnOn } = useAttention(waiting)
  const [refused, setRefused] = useState<LiveTask>()
  const isIdle = mine.asked.length + mine.going.length + own.length === 0
  return (
    <>
      {person.onDuty && isSilent && <Sound onTurnOn={turnOn} />}
      <Tasks title={mineWords.asked} tasks={mine.asked} onCannot={setRefused} />
      {own.length > 0 && (
        <section>
          <h2 className={styles.heading}>{say(mineWords.alerts)}</h2>
          <ul className={styles.cards}>
            {own.map((alert) => (
              <AlertCard key={alert.id} alert={alert} />
            ))}
          </ul>
        </section>
      )}
      <Tasks title={mineWords.going} tasks={mine.going} onCannot={setRefused} />
      {isIdle && <Nothing person={person} />}
      <Ended tasks={mine.ended} />
      <Standing person={person} />
      <Cannot
        task={refused}
        onClose={() => setRefused(undefined)}
        onSay={(task, note) =>
          send({
            name: 'task.report',
            params: { task: task.id, status: task.phase === 'offered' ? 'refused' : 'failed', note },
          })
        }
      />
    </>
  )
}

export const Page = () => {
  const say = useSay()
  const branch = useBranch()
  const { name } = useMe()
  const person = useRow('people', name)
  return (
    <div className={styles.page}>
      <h1>{say(mineWords.title)}</h1>
      {person !== undefined && <Own person={person} />}
      {person === undefined && branch !== undefined && (
        <Empty
          icon={<UserRoundX aria-hidden size={40} />}
          title={say(mineWords.noMember)}
          text={say(mineWords.noMemberText)}
        />
      )}
    </div>
  )
}
