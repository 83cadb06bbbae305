/** What the expert proposes for one field: the visitor reads it, and takes it over or not. Nothing is filled in before. */
import { useEffect, useRef } from 'react'
import type { KioskField } from '#protocol/kiosk-service.ts'
import type { Person } from '../journey/state.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Row } from '../parts/page.tsx'
import dialogs from '../parts/still-there.module.css'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'
import { dayText } from '../words/numbers.ts'
import type { Speech } from '../words/say.ts'
import styles from './browse.module.css'
import type { Proposal } from './side.ts'

const valueText = (field: KioskField | undefined, value: string, { title, locale }: Speech): string => {
  if (field?.kind === 'choice') return title(field.options.find(({ id }) => id === value)?.title, value)
  return field?.kind === 'date' ? dayText(value, locale) : value
}

export interface ProposalProps {
  readonly person: Person
  readonly proposal: Proposal
  readonly expert: string
}

export const ProposalDialog = ({ person, proposal, expert }: ProposalProps) => {
  const speech = useSpeech()
  const { say, title } = speech
  const { browse } = useKiosk()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const { form } = person
  const field = form?.service.steps[form.step]?.fields.find(({ id }) => id === proposal.field)
  return (
    <dialog
      ref={dialog}
      className={dialogs.dialog}
      aria-labelledby="proposal"
      onClose={() => browse.decide(false)}
    >
      <h2 id="proposal" className={dialogs.title}>
        {say('proposalTitle', { expert, field: title(field?.title) })}
      </h2>
      <p data-private className={styles.value}>
        {valueText(field, proposal.value, speech)}
      </p>
      <p className={dialogs.text}>{say('proposalText')}</p>
      <Row>
        <BigButton kind="primary" onPress={() => browse.decide(true)}>
          {say('proposalTake')}
        </BigButton>
        <BigButton onPress={() => browse.decide(false)}>{say('proposalDecline')}</BigButton>
      </Row>
    </dialog>
  )
}
