/** How often a flow would have acted yesterday, had it been set so: the day is decided again, which takes a while. */
import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import type { FiredAnswer } from '#protocol/desk/look/flows.ts'
import { Button } from '../../../ui/button.tsx'
import { useSay, useTongue } from '../../../ui/words.ts'
import { type HubRefused, useAnswer } from '../../live/ask-hub.ts'
import type { Order } from './model/draft.ts'
import styles from './review.module.css'
import { policyWords } from './words.ts'

/** From here on the replayed day says little. */
const differingMost = 0.02

/** It was not reached, or is busy: the record itself will not change. */
const isWorthAgain = ({ error }: HubRefused): boolean => error === undefined || error.code === 'hub.busy'

const Counts = ({ answer }: { readonly answer: FiredAnswer }) => {
  const say = useSay()
  const isUnsure = answer.differing > answer.entries * differingMost
  return (
    <>
      {answer.counts.length === 0 ? (
        <p>{say(policyWords.triedNothing)}</p>
      ) : (
        <ul className={styles.counts}>
          {answer.counts.map(({ what, words, before, after }) => (
            <li key={what}>
              {say(before === after ? policyWords.triedSame : policyWords.triedRow, {
                what: words,
                before: Math.round(before),
                after: Math.round(after),
              })}
            </li>
          ))}
        </ul>
      )}
      <p className={styles.soft}>
        {say(policyWords.triedDay, { day: answer.day })}
        {isUnsure && ` · ${say(policyWords.triedUnsure)}`}
      </p>
    </>
  )
}

export const Tried = ({ flow, order }: { readonly flow: string; readonly order: Order }) => {
  const say = useSay()
  const lang = useTongue()
  const [isAsked, setAsked] = useState(false)
  const { policy, autonomy } = order
  const { data, error, isLoading, again } = useAnswer(
    'fired',
    isAsked ? { flow, policy, lang, ...(autonomy !== null && { autonomy }) } : null,
  )
  return (
    <section className={styles.tried} aria-label={say(policyWords.triedTitle)}>
      {isAsked ? (
        <h3>{say(policyWords.triedTitle)}</h3>
      ) : (
        <Button icon={<FlaskConical aria-hidden size={20} />} onPress={() => setAsked(true)}>
          {say(policyWords.try)}
        </Button>
      )}
      <output>
        {isLoading && <p>{say(policyWords.trying)}</p>}
        {!isLoading && data !== undefined && <Counts answer={data} />}
        {!isLoading && error !== undefined && (
          <p className={styles.soft}>{error.error?.text ?? say(policyWords.unreached)}</p>
        )}
      </output>
      {!isLoading && error !== undefined && isWorthAgain(error) && (
        <Button onPress={again}>{say(policyWords.retry)}</Button>
      )}
    </section>
  )
}
