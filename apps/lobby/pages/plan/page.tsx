/** The floor plan: where zones, places and devices are. An administrator changes it while the branch runs. */
import { CloudOff } from 'lucide-react'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { useSay } from '../../../ui/words.ts'
import { Editor } from './editor.tsx'
import styles from './page.module.css'
import { usePlanAnswer } from './use-plan-answer.ts'
import { planWords } from './words.ts'

export const Page = () => {
  const say = useSay()
  const line = usePlanAnswer()
  const { inForce, refused, again } = line
  if (inForce !== undefined) return <Editor inForce={inForce} line={line} />
  if (refused === undefined) return <p className={styles.waiting}>{say(planWords.loading)}</p>
  return (
    <Empty
      icon={<CloudOff aria-hidden size={40} />}
      title={say(planWords.unreached)}
      text={refused.error?.text ?? say(planWords.unreachedText)}
      action={<Button onPress={again}>{say(planWords.retry)}</Button>}
    />
  )
}
