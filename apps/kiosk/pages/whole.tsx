/** Pages that leave nothing else to do: an emergency, and a kiosk that staff have put out of service. */
import { TriangleAlert } from 'lucide-react'
import { useCell } from '../outside/cell.ts'
import { useKiosk } from '../parts/use-kiosk.ts'
import { WordsIn } from '../parts/words-in.tsx'
import { localeOf, ownLanguages, speechOf, type WordName } from '../words/say.ts'
import styles from './whole.module.css'

const Both = ({ title, text }: { readonly title: WordName; readonly text: WordName }) => {
  const { settings } = useCell(useKiosk().own)
  return ownLanguages.map(({ tag }) => {
    const { say } = speechOf(settings, { language: tag, elder: false })
    return (
      <div key={tag} lang={localeOf(tag)}>
        <p className={styles.title}>{say(title)}</p>
        <p>{say(text)}</p>
      </div>
    )
  })
}

export const EmergencyPage = () => {
  const shown = useCell(useKiosk().showing.now)
  const isTold = shown?.content.template === 'emergency'
  return (
    <main className={styles.emergency}>
      <TriangleAlert aria-hidden className={styles.mark} />
      {isTold ? (
        <div className={styles.title}>
          <WordsIn words={shown.content.words} isForAll />
        </div>
      ) : (
        <Both title="emergency" text="emergencyText" />
      )}
    </main>
  )
}

export const ClosedPage = () => (
  <main className={styles.closed}>
    <Both title="closed" text="closedText" />
  </main>
)
