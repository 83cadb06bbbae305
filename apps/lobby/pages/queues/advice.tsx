/** What would help now and only a person can do, with what it would change: early enough for it to take minutes. */
import { DoorOpen } from 'lucide-react'
import { useEffect } from 'react'
import type { Advice } from '#protocol/desk/look/advice.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSay, useTongue } from '../../../ui/words.ts'
import { useAnswer } from '../../live/ask-hub.ts'
import { useConnection } from '../../live/use-live.ts'
import { useSaid } from '../../said/use-said.ts'
import styles from './advice.module.css'
import { AskToOpen } from './ask-to-open.tsx'
import { queueWords } from './words.ts'

const askAgainMs = 15_000
/** Who could best; more buttons would only have to be read. */
const peopleMax = 2

const AdviceHere = ({ advice }: { readonly advice: Advice }) => {
  const say = useSay()
  const { minutes } = useFormat()
  const { names } = useSaid()
  const { service, counter, people, nowMs, thenMs } = advice
  return (
    <li className={styles.advice}>
      <DoorOpen aria-hidden size={24} />
      <div className={styles.words}>
        <p className={styles.what}>{say(queueWords.adviceOpen, { counter: names.of('counter', counter) })}</p>
        <p>
          {say(queueWords.adviceEffect, {
            service: service.title,
            now: minutes(nowMs),
            less: minutes(thenMs),
          })}
        </p>
      </div>
      <AskToOpen counter={counter} people={people.slice(0, peopleMax)} />
    </li>
  )
}

export const AdviceList = () => {
  const say = useSay()
  const lang = useTongue()
  const { data, again } = useAnswer('advice', { lang })
  const { state } = useConnection()
  useEffect(() => {
    const timer = setInterval(again, askAgainMs)
    return () => clearInterval(timer)
  }, [again])
  // What was good advice when the line broke may be none by now.
  if (data === undefined || data.advice.length === 0 || state === 'offline') return null
  return (
    <ul className={styles.list} aria-label={say(queueWords.advice)}>
      {data.advice.map((advice) => (
        <AdviceHere key={`${advice.service.id}/${advice.counter}`} advice={advice} />
      ))}
    </ul>
  )
}
