/** An earlier plan, looked at in place of the one in force until one goes back, or brings it back. */
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/words.ts'
import { type HubRefused, useAnswer } from '../../live/ask-hub.ts'
import { broughtBack, type Plan, planOf } from './model/plan.ts'
import styles from './page.module.css'
import { useMoment } from './versions.tsx'
import { planWords } from './words.ts'

interface Version {
  readonly revision: number
  readonly at: number
}

export interface Looked {
  readonly version: Version | undefined
  /** undefined: nothing is looked at, or it has not come yet. */
  readonly plan: Plan | undefined
  readonly refused: HubRefused | undefined
  readonly look: (version: Version | undefined) => void
}

export const useLooked = (): Looked => {
  const [version, look] = useState<Version>()
  const { data, error } = useAnswer('plan', version === undefined ? null : { version: version.revision })
  const isIt = data !== undefined && data.shown === version?.revision
  return { version, plan: isIt ? planOf(data) : undefined, refused: error, look }
}

export interface LookingProps {
  readonly looked: Looked
  readonly now: Plan
  /** undefined: who is here may only read. */
  readonly onBack: ((earlier: Plan) => void) | undefined
}

export const Looking = ({ looked: { version, plan, refused, look }, now, onBack }: LookingProps) => {
  const say = useSay()
  const momentOf = useMoment()
  if (version === undefined) return null
  const instead =
    refused === undefined ? say(planWords.loading) : (refused.error?.text ?? say(planWords.unreachedText))
  return (
    <section className={styles.looking} aria-live="polite">
      <strong className={styles.space}>
        {plan === undefined ? instead : say(planWords.showing, { at: momentOf(version) })}
      </strong>
      <Button onPress={() => look(undefined)}>{say(planWords.closeLook)}</Button>
      {onBack !== undefined && (
        <Button
          kind="primary"
          isDisabled={plan === undefined}
          onPress={() => {
            if (plan !== undefined) onBack(broughtBack(plan, now))
            look(undefined)
          }}
        >
          {say(planWords.backTo)}
        </Button>
      )}
    </section>
  )
}
