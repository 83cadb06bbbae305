/** The expert looks at the page as well: asked for, always said, ended by one press; and what the expert does with it. */
import { Eye, EyeOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useExpertName } from '../call/use-call.ts'
import type { Person } from '../journey/state.ts'
import { useCell } from '../outside/cell.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Row } from '../parts/page.tsx'
import dialogs from '../parts/still-there.module.css'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'
import styles from './browse.module.css'
import { Pointer } from './pointer.tsx'
import { ProposalDialog } from './proposal.tsx'

const Question = ({ expert }: { readonly expert: string }) => {
  const { say } = useSpeech()
  const { browse } = useKiosk()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={dialogs.dialog}
      aria-labelledby="browse-question"
      // Closed by whatever else, it is no yes.
      onClose={() => browse.stop()}
    >
      <h2 id="browse-question" className={dialogs.title}>
        {say('browseQuestion', { expert })}
      </h2>
      <p className={dialogs.text}>{say('browseText', { expert })}</p>
      <Row>
        <BigButton kind="primary" onPress={() => browse.agree()}>
          {say('browseAgree')}
        </BigButton>
        <BigButton onPress={() => browse.stop()}>{say('browseDecline')}</BigButton>
      </Row>
    </dialog>
  )
}

const Sign = ({ expert, isPaused }: { readonly expert: string; readonly isPaused: boolean }) => {
  const { say } = useSpeech()
  const { browse } = useKiosk()
  return (
    <section className={styles.sign} aria-label={say('browseSign', { expert })}>
      <output className={styles.said}>
        {isPaused ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        {say(isPaused ? 'browsePaused' : 'browseSign', { expert })}
      </output>
      <BigButton icon={<EyeOff aria-hidden />} onPress={() => browse.stop()}>
        {say('browseStop')}
      </BigButton>
    </section>
  )
}

export const Together = ({ person }: { readonly person: Person }) => {
  const { sight, point, proposal } = useCell(useKiosk().browse.seen)
  const expert = useExpertName(person)
  if (sight === 'off') return null
  if (sight === 'asked') return <Question expert={expert} />
  return (
    <>
      <Sign expert={expert} isPaused={sight !== 'on'} />
      {point !== null && sight === 'on' && <Pointer point={point} expert={expert} />}
      {proposal !== null && (
        <ProposalDialog key={proposal.proposal} person={person} proposal={proposal} expert={expert} />
      )}
    </>
  )
}
