/**
 * The question whether it may be recorded, where no kiosk asks it: the page is turned to the customer, who answers in either
 * language.
 */
import { useState } from 'react'
import type { SaleReport } from '#protocol/recording/report.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { localeOf, type Tongue, TongueContext, useSay, useTitle, useTongue } from '../ui/words.ts'
import type { SaleActs } from './acts.ts'
import styles from './sale.module.css'
import { saleWords } from './words.ts'

interface QuestionProps {
  readonly report: SaleReport
  readonly onAnswer: (given: boolean) => void
}

const Question = ({ report, onAnswer }: QuestionProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const tongue = useTongue()
  return (
    <section className={styles.turned} lang={localeOf[tongue]}>
      <h3 className={styles.big}>{say(saleWords.asked)}</h3>
      <p>{say(saleWords.askedText, { product: titleOf(report.title, report.product) })}</p>
      <div className={styles.buttons}>
        <Button kind="primary" onPress={() => onAnswer(true)}>
          {say(saleWords.yes)}
        </Button>
        <Button onPress={() => onAnswer(false)}>{say(saleWords.no)}</Button>
      </div>
    </section>
  )
}

export const TurnedConsent = ({ report, acts }: { readonly report: SaleReport; readonly acts: SaleActs }) => {
  const say = useSay()
  const own = useTongue()
  const [isTurned, setTurned] = useState(false)
  const tongues: readonly Tongue[] = own === 'zh' ? ['zh', 'en'] : ['en', 'zh']
  const answer = (given: boolean) => {
    setTurned(false)
    acts.consent(given)
  }
  return (
    <div className={styles.buttons}>
      <p>{say(saleWords.turnText)}</p>
      <Button kind="primary" onPress={() => setTurned(true)}>
        {say(saleWords.turn)}
      </Button>
      <Dialog
        title={say(saleWords.sale)}
        isOpen={isTurned}
        isDismissable={false}
        onClose={() => setTurned(false)}
      >
        {tongues.map((tongue) => (
          <TongueContext key={tongue} value={tongue}>
            <Question report={report} onAnswer={answer} />
          </TongueContext>
        ))}
      </Dialog>
    </div>
  )
}
