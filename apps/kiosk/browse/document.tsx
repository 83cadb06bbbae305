/** A document that the expert shows: as large as there is room, in place of the page, until one of the two puts it away. */
import { useEffect, useRef, useState } from 'react'
import type { KioskCall } from '#protocol/calls/kiosk-call.ts'
import { useExpertName } from '../call/use-call.ts'
import type { Person } from '../journey/state.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Note } from '../parts/page.tsx'
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
  const heading = useRef<HTMLHeadingElement>(null)
  const expert = useExpertName(person)
  const { item, version, picture, words } = document
  useEffect(() => {
    heading.current?.focus()
  }, [item, version])
  const name = title(document.title, item)
  const text = title(words)
  return (
    <main className={styles.document}>
      <div className={styles.documentHead}>
        <h1 ref={heading} tabIndex={-1}>
          {say('documentFrom', { expert, document: name })}
        </h1>
        <BigButton kind="primary" onPress={() => browse.putAway(item)}>
          {say('documentClose')}
        </BigButton>
      </div>
      {picture !== null && !isMissing && (
        <div className={styles.picture}>
          <img src={`/content/${picture}`} alt={text === '' ? name : text} onError={() => setMissing(true)} />
        </div>
      )}
      {isMissing && <Note>{say('documentMissing')}</Note>}
      {text !== '' && <p className={styles.words}>{text}</p>}
    </main>
  )
}
