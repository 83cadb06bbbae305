/** One task in a list: what, for whom, why, who does it, how far it is and how long it has left. */
import { Ellipsis, Hand, Undo2, UserRoundCog } from 'lucide-react'
import { memo } from 'react'
import { MenuTrigger } from 'react-aria-components'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Life } from '../../../ui/life.tsx'
import { useSay } from '../../../ui/words.ts'
import { useMay } from '../../live/use-commands.ts'
import { ActionMenu } from '../../said/action-menu.tsx'
import { useSaid } from '../../said/use-said.ts'
import { WhyButton } from '../../why/why-button.tsx'
import { CapabilityIcon } from './capability-icon.tsx'
import { PhaseMark } from './phase-mark.tsx'
import { subjectOf } from './subject.ts'
import { canRetry } from './task-list.ts'
import { TimeLeft } from './time-left.tsx'
import { useIsTaskBusy, useTaskCommands, useTaskLife } from './use-task-commands.ts'
import { workWords } from './words.ts'
import styles from './work.module.css'

export interface TaskRowProps {
  readonly task: LiveTask
  readonly isGoing: boolean
  readonly onCancel: (task: string) => void
  readonly onUndo: (task: string) => void
  readonly onReassign: (task: string) => void
}

export const TaskWords = ({ task }: { readonly task: LiveTask }) => {
  const said = useSaid()
  const subject = subjectOf(task, said.names)
  return (
    <>
      <span className={styles.what}>
        <span className={styles.capability}>{said.word('capabilities', task.capability)}</span>
        {subject !== '' && <span>{subject}</span>}
      </span>
      <span className={styles.because}>{said.because(task.because)}</span>
    </>
  )
}

const Who = ({ task }: { readonly task: LiveTask }) => {
  const say = useSay()
  const said = useSaid()
  const { clock } = useFormat()
  const isHad = task.member !== null && task.phase !== 'queued'
  return (
    <span className={styles.state}>
      <PhaseMark phase={task.phase} />
      {isHad && task.member !== null && <span>{said.names.member(task.member)}</span>}
      {task.endedAt === null && task.waitingFor !== null && (
        <span className={styles.soft}>
          {say(workWords.waitingFor, { why: said.reason(task.waitingFor) })}
        </span>
      )}
      {task.endedAt === null && task.attempts > 1 && (
        <span className={styles.soft}>{say(workWords.attempt, { count: task.attempts })}</span>
      )}
      {task.askedBy !== null && !task.because.code.startsWith('asked-') && (
        <span className={styles.soft}>
          {say(workWords.askedBy, { who: said.names.person(task.askedBy) })}
        </span>
      )}
      {task.endedAt !== null && task.endReason !== null && task.phase !== 'done' && (
        <span className={styles.soft}>{said.reason(task.endReason)}</span>
      )}
      {task.endedAt !== null && <span className={styles.soft}>{clock(task.endedAt)}</span>}
      {task.dueAt !== null && <TimeLeft dueAt={task.dueAt} />}
    </span>
  )
}

const OpenActions = ({ task, onCancel, onReassign }: TaskRowProps) => {
  const say = useSay()
  const may = useMay()
  const { take } = useTaskCommands()
  const isBusy = useIsTaskBusy(task.id)
  const actions = [
    ...(may('task.reassign')
      ? [{ id: 'give', text: say(workWords.reassign), icon: UserRoundCog, act: () => onReassign(task.id) }]
      : []),
    ...(may('task.take')
      ? [{ id: 'take', text: say(workWords.take), icon: Hand, act: () => take(task.id) }]
      : []),
  ]
  return (
    <>
      {may('task.cancel') && (
        <Button kind="quiet" isDisabled={isBusy} onPress={() => onCancel(task.id)}>
          {say(workWords.cancel)}
        </Button>
      )}
      {actions.length > 0 && (
        <MenuTrigger>
          <IconButton label={say(workWords.more)} isDisabled={isBusy} icon={<Ellipsis aria-hidden />} />
          <ActionMenu label={say(workWords.more)} actions={actions} />
        </MenuTrigger>
      )}
    </>
  )
}

const Actions = (props: TaskRowProps) => {
  const say = useSay()
  const may = useMay()
  const { retry } = useTaskCommands()
  const { task, isGoing, onUndo } = props
  const isBusy = useIsTaskBusy(task.id)
  if (isGoing)
    return (
      <>
        <span className={styles.going}>{say(workWords.cancelling)}</span>
        <Button icon={<Undo2 aria-hidden size={20} />} onPress={() => onUndo(task.id)}>
          {say(workWords.undo)}
        </Button>
      </>
    )
  return (
    <>
      <WhyButton about={{ task: task.id }} kind="quiet" />
      {task.endedAt === null && <OpenActions {...props} />}
      {canRetry(task) && may('task.retry') && (
        <Button kind="quiet" isDisabled={isBusy} onPress={() => retry(task.id)}>
          {say(workWords.retry)}
        </Button>
      )}
    </>
  )
}

const Row = (props: TaskRowProps) => {
  const { task, isGoing } = props
  const life = useTaskLife(task.id)
  const isEnded = task.endedAt !== null
  return (
    <li
      className={classes(styles.row, isEnded && styles.isEnded, isGoing && styles.isGoing)}
      data-task={task.id}
    >
      <span className={styles.icon}>
        <CapabilityIcon of={task.capability} />
      </span>
      <span className={styles.words}>
        <TaskWords task={task} />
        <Who task={task} />
        {life !== undefined && <Life of={life} />}
      </span>
      <span className={styles.actions}>
        <Actions {...props} />
      </span>
    </li>
  )
}

export const TaskRow = memo(Row)
