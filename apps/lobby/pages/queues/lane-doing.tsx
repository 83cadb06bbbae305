/** What the automation is doing about a queue, or why it does nothing. */
import { CircleSlash2, DoorOpen, MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Life } from '../../../ui/life.tsx'
import { type Pair, useSay } from '../../../ui/words.ts'
import { isUnderWay } from '../../live/send-once.ts'
import { type CommandLife, useLife, useMay, useSendOnce } from '../../live/use-commands.ts'
import { useBranch, useRow } from '../../live/use-live.ts'
import { useSaid } from '../../said/use-said.ts'
import { WhyButton } from '../../why/why-button.tsx'
import type { CounterCall, Lane } from './model/lanes.ts'
import styles from './queues.module.css'
import { queueWords } from './words.ts'

const callPair = ({ task }: CounterCall): Pair => {
  if (task.suggested) return queueWords.callSuggested
  if (task.phase === 'accepted' || task.phase === 'started') return queueWords.callAccepted
  return task.member === null || task.phase === 'queued' ? queueWords.callWaiting : queueWords.callAsked
}

const Call = ({ call }: { readonly call: CounterCall }) => {
  const say = useSay()
  const { names } = useSaid()
  const may = useMay()
  const send = useSendOnce()
  const [given, setGiven] = useState<CommandLife>()
  const life = useLife(given)
  const { task, counter } = call
  const params = {
    who: task.member === null ? '' : names.member(task.member),
    counter: names.of('counter', counter),
  }
  return (
    <li className={styles.deed}>
      <DoorOpen aria-hidden size={20} />
      <span>{say(callPair(call), params)}</span>
      {task.suggested && may('task.confirm') && (
        <Button
          isDisabled={life !== undefined && isUnderWay(life)}
          onPress={() => setGiven(send({ name: 'task.confirm', params: { task: task.id } }))}
        >
          {say(queueWords.confirm)}
        </Button>
      )}
      <WhyButton about={{ task: task.id }} kind="quiet" />
      {life !== undefined && life.state !== 'done' && <Life of={life} />}
    </li>
  )
}

/** Why nothing is done where something could be; null: there is no need. */
const useIdleWords = () => {
  const branch = useBranch()
  const flow = useRow('flows', 'diversion')
  return ({ pressure }: Lane): Pair | null => {
    if (pressure !== 'high') return null
    if (branch?.paused != null) return queueWords.paused
    if (flow?.autonomy === 'off') return queueWords.off
    return flow?.resting === true ? queueWords.resting : queueWords.idleHigh
  }
}

const Idle = ({ lane }: { readonly lane: Lane }) => {
  const say = useSay()
  const words = useIdleWords()(lane)
  const oldest = lane.tickets.find(({ state }) => state === 'waiting')
  if (words === null) return null
  return (
    <ul className={styles.deeds}>
      <li className={styles.deed}>
        <CircleSlash2 aria-hidden size={20} />
        <span className={styles.soft}>{say(words)}</span>
        {oldest !== undefined && <WhyButton about={{ ticket: oldest.id }} isNobody kind="quiet" />}
      </li>
    </ul>
  )
}

export const LaneDoing = ({ lane }: { readonly lane: Lane }) => {
  const say = useSay()
  const { invited, held, calls } = lane.doing
  const [first] = invited
  if (invited.length + held + calls.length === 0) return <Idle lane={lane} />
  return (
    <ul className={styles.deeds}>
      {invited.length + held > 0 && (
        <li className={styles.deed}>
          <MonitorSmartphone aria-hidden size={20} />
          <span>
            {[
              ...(invited.length > 0 ? [say(queueWords.invited, { count: invited.length })] : []),
              ...(held > 0 ? [say(queueWords.held, { count: held })] : []),
            ].join(' · ')}
          </span>
          {first !== undefined && <WhyButton about={{ ticket: first }} kind="quiet" />}
        </li>
      )}
      {calls.map((call) => (
        <Call key={call.task.id} call={call} />
      ))}
    </ul>
  )
}
