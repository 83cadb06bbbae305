/** Above the story, where it rings for a guest: who asks, and why. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSay } from '../../ui/words.ts'
import styles from './guest.module.css'
import { useExpertName } from './guest-bar.tsx'
import { guestWords } from './words.ts'

export const AskedIn = ({ guest }: { readonly guest: NonNullable<LiveCall['guest']> }) => {
  const say = useSay()
  const who = useExpertName()(guest.by)
  return (
    <section className={styles.asked} aria-label={say(guestWords['guest.asked'], { who })}>
      <strong>{say(guestWords['guest.asked'], { who })}</strong>
      {guest.why !== '' && <p>{say(guestWords['guest.why'], { why: guest.why })}</p>}
      <p className={styles.why}>{say(guestWords[`guest.mode.${guest.mode}`])}</p>
    </section>
  )
}
