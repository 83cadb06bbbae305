/** A document that the expert shows: large, in place of the page, until one of the two puts it away. */
import { useState } from 'react'
import type { KioskCall } from '#protocol/calls/kiosk-call.ts'
import { useExpertName } from '../call/use-call.ts'
import type { Person } from '../journey/state.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Ahead, Note, PageFrame } from '../parts/page.tsx'
import { useKiosk, useSpeech } from '../parts/use-kiosk.ts'
import styles from './browse.module.css'

type Shown = NonNullable<KioskCall['document']>

interface DocumentProps {
  readonly person: Person
  readonly document: Shown
}

export const DocumentPage = ({ person, document }: DocumentProps) => {
  const { say, title } = useSpeech()
  const { browse } = useKiosk()
  const [isMissing, setMissing] = useState(false)
  const expert = useExpertName(person)
  const { item, version, picture, words } = document
  const name = title(document.title, item)
  const text = title(words)
  return (
    <PageFrame title={name} before={say('documentFrom', { expert })} turn={`document ${item} ${version}`}>
      {picture !== null && !isMissing && (
        <img
          className={styles.document}
          src={`/content/${picture}`}
          alt={text === '' ? name : text}
          onError={() => setMissing(true)}
        />
      )}
      {isMissing && <Note>{say('documentMissing')}</Note>}
      {text !== '' && <p className={styles.words}>{text}</p>}
      <Ahead>
        <BigButton kind="primary" onPress={() => browse.putAway(item)}>
          {say('documentClose')}
        </BigButton>
      </Ahead>
    </PageFrame>
  )
}
