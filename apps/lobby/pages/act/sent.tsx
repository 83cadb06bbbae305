/** What becomes of what was sent: its way to the hub, then the life of its task until it ends. */
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { Life } from '../../../ui/life.tsx'
import { useSay } from '../../../ui/words.ts'
import { type CommandLife, useLife } from '../../live/use-commands.ts'
import { useTable } from '../../live/use-live.ts'
import { useSaid } from '../../said/use-said.ts'
import { WhyButton } from '../../why/why-button.tsx'
import { PhaseMark } from '../work/phase-mark.tsx'
import { TimeLeft } from '../work/time-left.tsx'
import styles from './act.module.css'
import { taskOf } from './task-of.ts'
import { actWords } from './words.ts'

const TaskLife = ({ task }: { readonly task: LiveTask }) => {
  const said = useSaid()
  return (
    <div className={styles.taskLife} aria-live="polite">
      <p className={styles.phase}>
        <PhaseMark phase={task.phase} />
        {task.member !== null && <span className={styles.strong}>{said.names.member(task.member)}</span>}
        {task.dueAt !== null && <TimeLeft dueAt={task.dueAt} />}
      </p>
      {task.endedAt === null && task.waitingFor !== null && (
        <p className={styles.note}>{said.reason(task.waitingFor)}</p>
      )}
      {task.endedAt !== null && task.endReason !== null && task.phase !== 'done' && (
        <p>{said.reason(task.endReason)}</p>
      )}
      <WhyButton about={{ task: task.id }} />
    </div>
  )
}

export interface SentProps {
  readonly given: CommandLife
  readonly title: string
  readonly isForExpert: boolean
  readonly onAnother: () => void
  readonly onChange: () => void
  readonly onClose: () => void
}

export const Sent = ({ given, title, isForExpert, onAnother, onChange, onClose }: SentProps) => {
  const say = useSay()
  const life = useLife(given) ?? given
  const task = taskOf(useTable('tasks'), life)
  const isThere = life.state === 'accepted' || life.state === 'done'
  return (
    <div className={styles.sent}>
      <p className={styles.sentTitle}>{title}</p>
      {task === undefined && <Life of={life} />}
      {task === undefined && isThere && <p>{say(isForExpert ? actWords.sentExpert : actWords.sentWaits)}</p>}
      {task !== undefined && <TaskLife task={task} />}
      <div className={styles.sentActions}>
        {life.state === 'failed' ? (
          <Button kind="primary" onPress={onChange}>
            {say(actWords.tryAgain)}
          </Button>
        ) : (
          <Button kind="primary" onPress={onClose}>
            {say(actWords.close)}
          </Button>
        )}
        <Button onPress={onAnother}>{say(actWords.another)}</Button>
      </div>
    </div>
  )
}
