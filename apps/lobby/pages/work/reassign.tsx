/** Another one is asked instead: those who could, best first, one tap each. */
import { ChevronRight } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { classes } from '../../../ui/classes.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import { useSay, useTongue } from '../../../ui/words.ts'
import { useAnswer } from '../../live/ask-hub.ts'
import { useTable } from '../../live/use-live.ts'
import { useNames } from '../../said/use-said.ts'
import { type Other, othersFor } from './others.ts'
import styles from './reassign.module.css'
import { TaskWords } from './task-row.tsx'
import { useTaskCommands } from './use-task-commands.ts'
import { workWords } from './words.ts'

const OtherRow = ({ other, onPick }: { readonly other: Other; readonly onPick: () => void }) => {
  const say = useSay()
  const { number } = useFormat()
  return (
    <li>
      <AriaButton className={classes(styles.other)} onPress={onPick}>
        <span className={styles.name}>{other.title}</span>
        {other.out !== null && <span className={styles.soft}>{other.out}</span>}
        {other.score !== null && (
          <span className={styles.soft}>{say(workWords.points, { score: number(other.score) })}</span>
        )}
        <ChevronRight aria-hidden size={20} className={classes(styles.go)} />
      </AriaButton>
    </li>
  )
}

interface ChoicesProps {
  readonly task: LiveTask
  readonly onDone: () => void
}

const Choices = ({ task, onDone }: ChoicesProps) => {
  const say = useSay()
  const lang = useTongue()
  const names = useNames()
  const { give } = useTaskCommands()
  const rows = { devices: useTable('devices'), people: useTable('people') }
  const { data, isLoading } = useAnswer('explain', { task: task.id, lang })
  if (isLoading && data === undefined)
    return <output className={styles.soft}>{say(workWords.reassignLoading)}</output>
  const others = othersFor(task, { answer: data, rows, names })
  const pick = (to: string) => {
    give(task.id, to)
    onDone()
  }
  const good = others.filter(({ out }) => out === null)
  const bad = others.filter(({ out }) => out !== null)
  if (others.length === 0) return <Empty title={say(workWords.reassignNobody)} />
  return (
    <>
      <ul className={styles.others}>
        {good.map((other) => (
          <OtherRow key={other.id} other={other} onPick={() => pick(other.id)} />
        ))}
      </ul>
      {bad.length > 0 && (
        <>
          <h3 className={styles.heading}>{say(workWords.reassignOthers)}</h3>
          <ul className={styles.others}>
            {bad.map((other) => (
              <OtherRow key={other.id} other={other} onPick={() => pick(other.id)} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

export interface ReassignProps {
  readonly task: LiveTask | undefined
  readonly onClose: () => void
}

export const Reassign = ({ task, onClose }: ReassignProps) => {
  const say = useSay()
  return (
    <Dialog title={say(workWords.reassignTo)} isOpen={task !== undefined} onClose={onClose}>
      {task !== undefined && (
        <div className={styles.body}>
          <p className={styles.task}>
            <TaskWords task={task} />
          </p>
          <Choices task={task} onDone={onClose} />
        </div>
      )}
    </Dialog>
  )
}
