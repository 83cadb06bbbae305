/** What is wrong with the call, and what to do about it: above the pictures, for as long as it is so. */
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { useSay } from '../../ui/words.ts'
import styles from './banner.module.css'
import { brokenOf, seatsOf } from './seats.ts'
import { useSeatName } from './tiles.tsx'
import type { InCall } from './use-media.ts'
import { callWords } from './words.ts'

const Banner = ({ children, action }: { children: ReactNode; action?: ReactNode }) => (
  <div className={styles.banner} role="alert">
    <CircleAlert aria-hidden />
    <p>{children}</p>
    {action}
  </div>
)

export interface CallBannersProps {
  readonly inCall: InCall
  readonly again: () => void
}

export const CallBanners = ({ inCall, again }: CallBannersProps) => {
  const say = useSay()
  const nameOf = useSeatName()
  if (inCall.state === 'joining') return <output className={styles.joining}>{say(callWords.joining)}</output>
  if (inCall.state === 'refused')
    return (
      <Banner action={<Button onPress={again}>{say(callWords.joinAgain)}</Button>}>
        <strong>{say(callWords.joinFailed)}</strong>{' '}
        {inCall.error === undefined
          ? say(callWords.noHub)
          : say(callWords.hubSays, { text: inCall.error.text })}
      </Banner>
    )
  const { view } = inCall
  if (view.over === 'replaced')
    return (
      <Banner action={<Button onPress={again}>{say(callWords.takeHere)}</Button>}>
        {say(callWords.replaced)}
      </Banner>
    )
  if (view.trouble === 'ticket-refused' || view.over === 'ticket')
    return (
      <Banner action={<Button onPress={again}>{say(callWords.joinAgain)}</Button>}>
        {say(callWords['trouble.ticket-refused'])}
      </Banner>
    )
  const broken = brokenOf(seatsOf(view))
  return (
    <>
      {view.trouble !== null && <Banner>{say(callWords[`trouble.${view.trouble}`])}</Banner>}
      {view.line === 'lost' && view.over === null && <Banner>{say(callWords.lineLost)}</Banner>}
      {broken.map((seat) => (
        <Banner key={seat.id}>{say(callWords.broken, { who: nameOf(seat) })}</Banner>
      ))}
    </>
  )
}
