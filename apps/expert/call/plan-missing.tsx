/** Groups and codes could not be asked for: said, with the way to ask again. */
import { Button } from '../../ui/button.tsx'
import { useSay } from '../../ui/words.ts'
import { usePlan } from '../desk/plan.ts'
import styles from './banner.module.css'
import { callWords } from './words.ts'

export const PlanMissing = () => {
  const say = useSay()
  const { isRefused, again } = usePlan()
  if (!isRefused) return null
  return (
    <div className={styles.banner} role="alert">
      <p>{say(callWords.planFailed)}</p>
      <Button onPress={again}>{say(callWords.again)}</Button>
    </div>
  )
}
