/** What is over, folded away: found again when it is asked for, and tried once more where nobody did it. */
import { useState } from 'react'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/words.ts'
import { TaskRow } from './task-row.tsx'
import { workWords } from './words.ts'
import styles from './work.module.css'

const pageOf = 20
const nothing = () => undefined

export const EndedTasks = ({ tasks }: { readonly tasks: readonly LiveTask[] }) => {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const [max, setMax] = useState(pageOf)
  if (tasks.length === 0) return null
  const left = tasks.length - max
  return (
    <details
      className={styles.ended}
      onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}
    >
      <summary className={styles.heading}>
        {say(workWords.ended)}
        <span className={styles.soft}>{say(workWords.count, { count: tasks.length })}</span>
      </summary>
      {isOpen && (
        <ul className={styles.list}>
          {tasks.slice(0, max).map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              isGoing={false}
              onCancel={nothing}
              onUndo={nothing}
              onReassign={nothing}
            />
          ))}
        </ul>
      )}
      {isOpen && left > 0 && (
        <Button wide onPress={() => setMax(max + pageOf)}>
          {say(workWords.earlier, { count: Math.min(left, pageOf) })}
        </Button>
      )}
    </details>
  )
}
