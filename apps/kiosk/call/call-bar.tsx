/**
 * While somebody talks and does something beside it: who speaks with them, that they are seen and heard, and the way back
 * and out. Small, and in one place: the page above it is theirs.
 */
import { classes } from '../../ui/classes.ts'
import { Picture } from '../../ui/stream.tsx'
import type { Person } from '../journey/state.ts'
import { BigButton } from '../parts/big-button.tsx'
import seen from '../parts/seen-bar.module.css'
import { usePut, useSpeech } from '../parts/use-kiosk.ts'
import { HangUp, Switches } from './switches.tsx'
import { expertIn } from './troubles.ts'
import { useExpertName, useMedia } from './use-call.ts'

export const CallBar = ({ person }: { readonly person: Person }) => {
  const { say } = useSpeech()
  const put = usePut()
  const expert = useExpertName(person)
  const party = expertIn(useMedia().view)
  const face = party?.shown.camera === true && !party.shown.held ? party.stream : null
  return (
    <section className={seen.bar} aria-label={say('callTalking', { expert })}>
      {face !== null && <Picture stream={face} className={classes(seen.face)} />}
      <BigButton onPress={() => put({ type: 'expert' })}>{say('backToCall')}</BigButton>
      <Switches isShort />
      <HangUp />
    </section>
  )
}
