/** A task in one line: what, how far, who, how long still, and why. */
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { useFormat } from '../../../../ui/format.ts'
import { useSay } from '../../../../ui/words.ts'
import { useHubWords } from '../../../live/hub-words.ts'
import { useNow } from '../../../live/use-live.ts'
import { useNames } from '../../../said/use-said.ts'
import { WhyButton } from '../../../why/why-button.tsx'
import styles from './sheets.module.css'
import { sheetWords } from './words.ts'

export const TaskLine = ({
  task,
  namesMember = true,
}: {
  readonly task: LiveTask
  readonly namesMember?: boolean
}) => {
  const say = useSay()
  const words = useHubWords()
  const names = useNames()
  const { clock, duration } = useFormat()
  const now = useNow()
  const { to, dueAt, endedAt, endReason } = task
  const goal = to?.zone ?? null
  const parts = [
    words.word('phases', task.phase),
    goal === null ? '' : say(sheetWords.toward, { where: names.of('zone', goal) }),
    namesMember && task.member !== null ? names.member(task.member) : '',
    endedAt === null
      ? dueAt === null
        ? ''
        : say(sheetWords.left, { time: duration(Math.max(0, dueAt - now)) })
      : clock(endedAt),
    endReason === null ? '' : words.reason({ code: endReason }),
  ]
  return (
    <div className={styles.task}>
      <span className={styles.taskText}>
        <span className={styles.strong}>{words.word('capabilities', task.capability)}</span>
        <span className={styles.soft}>{parts.filter((part) => part !== '').join(' · ')}</span>
      </span>
      <WhyButton about={{ task: task.id }} kind="quiet" />
    </div>
  )
}
