/** Who was invited names the number on their slip, so that their place in the queue is kept. */
import { useState } from 'react'
import { TicketNo } from '#protocol/ids.ts'
import { BigButton } from '../parts/big-button.tsx'
import styles from '../parts/field.module.css'
import { KeyPad } from '../parts/key-pad.tsx'
import { PageFrame, Row } from '../parts/page.tsx'
import { usePut, useSpeech } from '../parts/use-kiosk.ts'

const lengthMax = 12

export const TicketNumberPage = () => {
  const { say } = useSpeech()
  const put = usePut()
  const [ticket, setTicket] = useState('')
  const [isWrong, setWrong] = useState(false)
  const enter = (text: string) => {
    setTicket(text.toUpperCase().replaceAll(/[^A-Z0-9-]/g, ''))
    setWrong(false)
  }
  const confirm = () => {
    if (TicketNo.safeParse(ticket).success) put({ type: 'give-ticket', ticket })
    else setWrong(true)
  }
  return (
    <PageFrame title={say('ticketNumber')} turn="ticket-number" text={say('ticketHint')}>
      <form
        className={styles.stack}
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          confirm()
        }}
      >
        <Row>
          <input
            className={styles.input}
            aria-label={say('ticketNumber')}
            aria-invalid={isWrong}
            aria-describedby="ticket-problem"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            inputMode="none"
            maxLength={lengthMax}
            value={ticket}
            onChange={({ target }) => enter(target.value)}
          />
          <BigButton kind="primary" onPress={confirm}>
            {say('confirm')}
          </BigButton>
        </Row>
        <p id="ticket-problem" role="alert" className={styles.problem}>
          {isWrong && say('ticketWrong')}
        </p>
        <KeyPad keys="signs" value={ticket} lengthMax={lengthMax} onChange={enter} />
      </form>
    </PageFrame>
  )
}
