/** What the automation would do, and waits for somebody to say yes: one tap either way. */
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { Life } from '../../../ui/life.tsx'
import waiting from '../../../ui/waiting-cards.module.css'
import { useSay } from '../../../ui/words.ts'
import { useMay } from '../../live/use-commands.ts'
import { useSaid } from '../../said/use-said.ts'
import { WhyButton } from '../../why/why-button.tsx'
import { CapabilityIcon } from './capability-icon.tsx'
import { TaskWords } from './task-row.tsx'
import { TimeLeft } from './time-left.tsx'
import { useIsTaskBusy, useTaskCommands, useTaskLife } from './use-task-commands.ts'
import { workWords } from './words.ts'
import styles from './work.module.css'

export const SuggestionCard = ({ task }: { readonly task: LiveTask }) => {
  const say = useSay()
  const said = useSaid()
  const may = useMay()
  const life = useTaskLife(task.id)
  const { confirm, dismiss } = useTaskCommands()
  const isUnderWay = useIsTaskBusy(task.id)
  return (
    <li className={classes(waiting.card, styles.card)} data-task={task.id}>
      <span className={styles.cardHead}>
        <CapabilityIcon of={task.capability} />
        <span className={styles.words}>
          <TaskWords task={task} />
        </span>
      </span>
      <span className={styles.state}>
        <span className={styles.soft}>{said.flow(task.flow)}</span>
        {task.dueAt !== null && <TimeLeft dueAt={task.dueAt} />}
      </span>
      <span className={styles.cardActions}>
        {may('task.confirm') && (
          <>
            <Button kind="primary" isDisabled={isUnderWay} onPress={() => confirm(task.id)}>
              {say(workWords.confirm)}
            </Button>
            <Button isDisabled={isUnderWay} onPress={() => dismiss(task.id)}>
              {say(workWords.dismiss)}
            </Button>
          </>
        )}
        <WhyButton about={{ task: task.id }} kind="quiet" />
      </span>
      {life !== undefined && <Life of={life} />}
    </li>
  )
}
