/** Somebody else saved meanwhile: what they changed stands beside one's own, and a person decides which way to go on. */
import { UsersRound } from 'lucide-react'
import type { PlanAnswer } from '#protocol/desk/look/plan.ts'
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/words.ts'
import { clashesIn } from './model/differences.ts'
import { type Draft, putOnTop, takeTheirs } from './model/draft.ts'
import { planOf } from './model/plan.ts'
import styles from './review.module.css'
import { Differences } from './review.tsx'
import type { Names } from './use-names.ts'
import { planWords } from './words.ts'

export interface OvertakenProps {
  readonly draft: Draft
  readonly inForce: PlanAnswer
  readonly names: Names
  readonly onTake: (draft: Draft) => void
}

export const Overtaken = ({ draft, inForce, names, onTake }: OvertakenProps) => {
  const say = useSay()
  const theirs = planOf(inForce)
  const clashes = clashesIn({ base: draft.base, mine: draft.history.present, theirs })
  const who = inForce.versions[0]?.byTitle ?? say(planWords.somebody)
  return (
    <section className={styles.overtaken} role="alert">
      <h2 className={styles.overtakenHead}>
        <UsersRound aria-hidden />
        {say(planWords.overtaken, { who })}
      </h2>
      <p>{say(planWords.overtakenText)}</p>
      <div className={styles.theirs}>
        <h3>{say(planWords.theirChanges)}</h3>
        <Differences was={draft.base} is={theirs} names={names} />
      </div>
      {clashes.length > 0 && (
        <p>{say(planWords.bothChanged, { what: clashes.map((one) => names.of(one)).join(' · ') })}</p>
      )}
      <div className={styles.choices}>
        <Button kind="primary" onPress={() => onTake(putOnTop(draft, inForce))}>
          {say(planWords.mineOnTop)}
        </Button>
        <Button onPress={() => onTake(takeTheirs(draft, inForce))}>{say(planWords.theirs)}</Button>
      </div>
    </section>
  )
}
