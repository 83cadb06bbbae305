/** One task that somebody is asked to do: what, where, why, how long he has, and two buttons. */
import { Check } from 'lucide-react'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import { Life } from '../../../ui/life.tsx'
import { type Pair, useSay } from '../../../ui/words.ts'
import { useSendOnce } from '../../live/use-commands.ts'
import { useNow } from '../../live/use-live.ts'
import { useSaid } from '../../said/use-said.ts'
import { WhyButton } from '../../why/why-button.tsx'
import { subjectOf } from '../work/subject.ts'
import styles from './mine.module.css'
import { useOwnLife } from './use-own-life.ts'
import { mineWords } from './words.ts'

const soonMs = 15_000

interface LeftProps {
  readonly dueAt: number
  readonly words: Pair
  readonly over: Pair
}

const Left = ({ dueAt, words, over }: LeftProps) => {
  const say = useSay()
  const { duration, minutes } = useFormat()
  const leftMs = dueAt - useNow()
  const time = leftMs < 120_000 ? duration(leftMs) : minutes(leftMs)
  return (
    <span className={classes(styles.left, leftMs < soonMs && styles.soon)}>
      {leftMs < 1_000 ? say(over) : say(words, { time })}
    </span>
  )
}

/** By diversion, or by hand: nobody else calls somebody to a counter by hand. */
const isToOpen = ({ because: { code }, subject }: LiveTask) =>
  subject.counter !== undefined && (code === 'diversion.open-counter' || code === 'asked-by-hand')

/** Said to whom it is asked of: to be called is one thing for who calls, and another for who comes. */
export const TaskTitle = ({ task }: { readonly task: LiveTask }) => {
  const say = useSay()
  const { names, word } = useSaid()
  const where = subjectOf(task, names)
  if (task.capability !== 'call-staff')
    return [word('capabilities', task.capability), where].filter((part) => part !== '').join(' · ')
  if (where === '') return say(mineWords.wanted)
  return say(isToOpen(task) ? mineWords.openCounter : mineWords.wantedAt, {
    where,
  })
}

export interface TaskCardProps {
  readonly task: LiveTask
  readonly onCannot: (task: LiveTask) => void
}

export const TaskCard = ({ task, onCannot }: TaskCardProps) => {
  const say = useSay()
  const said = useSaid()
  const send = useSendOnce()
  const life = useOwnLife({ names: ['task.report'], field: 'task', id: task.id })
  const note = task.because.params?.['note']
  const isAsked = task.phase === 'offered'
  const isUnderWay = life !== undefined && life.state !== 'failed'
  const report = (status: 'accepted' | 'done') => () =>
    send({ name: 'task.report', params: { task: task.id, status, note: null } })
  return (
    <li className={classes(styles.card, isAsked && styles.isAsked)} data-task={task.id}>
      <div className={styles.cardHead}>
        <h3>
          <TaskTitle task={task} />
        </h3>
        {task.dueAt !== null && (
          <Left
            dueAt={task.dueAt}
            words={isAsked ? mineWords.answerWithin : mineWords.left}
            over={isAsked ? mineWords.due : mineWords.overdue}
          />
        )}
      </div>
      <p className={styles.because}>{said.because(task.because)}</p>
      {typeof note === 'string' && <blockquote className={styles.note}>{note}</blockquote>}
      <div className={styles.buttons}>
        <span className={styles.main}>
          <Button
            kind="primary"
            wide
            icon={<Check aria-hidden size={22} />}
            isDisabled={isUnderWay}
            onPress={report(isAsked ? 'accepted' : 'done')}
          >
            {say(isAsked ? mineWords.accept : mineWords.done)}
          </Button>
        </span>
        <Button isDisabled={isUnderWay} onPress={() => onCannot(task)}>
          {say(isAsked ? mineWords.cannot : mineWords.giveUp)}
        </Button>
        <WhyButton about={{ task: task.id }} kind="quiet" />
      </div>
      {life !== undefined && <Life of={life} />}
    </li>
  )
}
