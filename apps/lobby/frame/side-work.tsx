/** What is being done in the lobby just now; suggestions first, because they wait for a person. */
import { Fragment } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import { useOpenTasks } from '../live/open-work.ts'
import { useMay, useSendOnce } from '../live/use-commands.ts'
import { useNow } from '../live/use-live.ts'
import { useSaid } from '../said/use-said.ts'
import { go } from './router.ts'
import styles from './side.module.css'
import { frameWords } from './words.ts'

const shownMax = 5

/** For whom or where: the ticket says more than the zone, and the zone more than nothing. */
const useSubject = () => {
  const { names } = useSaid()
  return ({ subject, to }: LiveTask): string | undefined => {
    if (subject.ticket !== undefined) return subject.ticket
    const zone = to?.zone ?? subject.zone
    return zone === undefined ? undefined : names.of('zone', zone)
  }
}

const TaskRow = ({ task }: { task: LiveTask }) => {
  const say = useSay()
  const format = useFormat()
  const said = useSaid()
  const subjectOf = useSubject()
  const now = useNow()
  const may = useMay()
  const send = useSendOnce()
  const subject = subjectOf(task)
  const state = [
    said.word('phases', task.phase),
    task.member === null ? undefined : said.names.member(task.member),
    task.dueAt === null || task.dueAt < now
      ? undefined
      : say(frameWords.left, { time: format.duration(task.dueAt - now) }),
  ]
  return (
    <li className={styles.row}>
      <AriaButton className={classes(styles.open)} onPress={() => go(`/work?task=${task.id}`)}>
        <span className={styles.text}>
          <span className={styles.name}>
            {said.word('capabilities', task.capability)}
            {subject !== undefined && ` · ${subject}`}
          </span>
          <span className={styles.soft}>
            {task.suggested
              ? said.because(task.because)
              : state
                  .filter((part) => part !== undefined)
                  .map((part, index) => (
                    <Fragment key={part}>
                      {index > 0 && ' · '}
                      <span className={styles.whole}>{part}</span>
                    </Fragment>
                  ))}
          </span>
        </span>
        {task.suggested && <Badge tone="normal">{say(frameWords.suggestion)}</Badge>}
      </AriaButton>
      {task.suggested && may('task.confirm') && (
        <span className={styles.buttons}>
          <Button onPress={() => send({ name: 'task.confirm', params: { task: task.id } })}>
            {say(frameWords.confirm)}
          </Button>
          <Button kind="quiet" onPress={() => send({ name: 'task.dismiss', params: { task: task.id } })}>
            {say(frameWords.dismiss)}
          </Button>
        </span>
      )}
    </li>
  )
}

export const SideWork = () => {
  const say = useSay()
  const tasks = useOpenTasks()
  return (
    <section className={styles.part} aria-labelledby="side-work">
      <header className={styles.head}>
        <h2 id="side-work">{say(frameWords.work)}</h2>
        {tasks.length > shownMax && (
          <Button kind="quiet" onPress={() => go('/work')}>
            {say(frameWords.allWork, { count: tasks.length })}
          </Button>
        )}
      </header>
      {tasks.length === 0 ? (
        <div className={styles.none}>
          <p>{say(frameWords.workNone)}</p>
          <p className={styles.soft}>{say(frameWords.workNoneText)}</p>
        </div>
      ) : (
        <ul className={styles.list}>
          {tasks.slice(0, shownMax).map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
        </ul>
      )}
    </section>
  )
}
