/** While somebody talks and looks at another page: that they are seen and heard, and the way back and out. */
import type { Person } from '../journey/state.ts'
import { BigButton } from '../parts/big-button.tsx'
import { usePut, useSpeech } from '../parts/use-kiosk.ts'
import styles from './call.module.css'
import { HangUp, Switches } from './switches.tsx'
import { useExpertName } from './use-call.ts'

export const CallBar = ({ person }: { readonly person: Person }) => {
  const { say } = useSpeech()
  const put = usePut()
  const expert = useExpertName(person)
  return (
    <section className={styles.bar} aria-label={say('callTalking', { expert })}>
      <BigButton kind="primary" onPress={() => put({ type: 'expert' })}>
        {say('backToCall')}
      </BigButton>
      <Switches />
      <HangUp />
    </section>
  )
}
