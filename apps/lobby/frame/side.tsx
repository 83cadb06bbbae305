/** What wants somebody and what is being done: a column beside the page, or a sheet below it where the page is narrow. */
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useSay } from '../../ui/words.ts'
import { JoinedBar, SideCalls } from '../calls/side-calls.tsx'
import { useJoined } from '../calls/use-joined.ts'
import { useOpenAlerts, useOpenTasks } from '../live/open-work.ts'
import { RecordingBar, SideSales } from '../sales/side-sales.tsx'
import { useSaleRoom } from '../sales/use-sale-room.ts'
import { Act, Expert } from './expert.tsx'
import styles from './side.module.css'
import { SideAlerts } from './side-alerts.tsx'
import { SideWork } from './side-work.tsx'
import { frameWords } from './words.ts'

export const Side = () => {
  const say = useSay()
  const alerts = useOpenAlerts()
  const tasks = useOpenTasks()
  const [isOpen, setOpen] = useState(false)
  const joined = useJoined()
  const [call, setCall] = useState<string>()
  const room = useSaleRoom()
  const [isSaleOpen, setSaleOpen] = useState(false)
  return (
    <aside className={classes(styles.side, isOpen && styles.isOpen)} aria-label={say(frameWords.side)}>
      <div className={styles.lists}>
        <SideAlerts />
        <SideCalls joined={joined} open={call} onOpen={setCall} />
        <SideWork />
        <SideSales room={room} isOpen={isSaleOpen} onOpen={setSaleOpen} />
      </div>
      <JoinedBar joined={joined} onOpen={setCall} />
      <RecordingBar room={room} onOpen={setSaleOpen} />
      <div className={styles.foot}>
        <span className={styles.handle}>
          <Button
            kind="quiet"
            icon={isOpen ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
          >
            {say(frameWords.sideCounts, { alerts: alerts.length, work: tasks.length })}
          </Button>
        </span>
        <Act />
        <span className={styles.expert}>
          <Expert />
        </span>
      </div>
    </aside>
  )
}
