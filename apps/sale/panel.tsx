/** A recorded sale for whoever sells: what was asked, what has to be said, what was found, and what is missing. */
import { CircleStop, Handshake, Pause, Play } from 'lucide-react'
import { type ReactElement, useId, useState } from 'react'
import type { SaleReport } from '#protocol/recording/report.ts'
import { Button, type ButtonProps } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { useSay } from '../ui/words.ts'
import { isRecorded, maySell, type SaleActs } from './acts.ts'
import { Checklist } from './checklist.tsx'
import { Findings } from './findings.tsx'
import { MissingNow } from './missing.tsx'
import styles from './sale.module.css'
import { RecordingState } from './state.tsx'
import { TurnedConsent } from './turned-consent.tsx'
import { saleWords } from './words.ts'

/** A page with keys shows them on its buttons. */
export type ActButton = (props: ButtonProps & { readonly act: 'sell' | 'pause' | 'end' }) => ReactElement

interface PartProps {
  readonly report: SaleReport
  readonly acts: SaleActs
}

const Asking = ({ report, acts }: PartProps) => {
  const say = useSay()
  const isKiosk = report.device !== null
  if (!isKiosk && report.call === null) return <TurnedConsent report={report} acts={acts} />
  return (
    <div className={styles.buttons}>
      <p>{say(isKiosk ? saleWords.kioskAsks : saleWords.youAsk)}</p>
      {!isKiosk && (
        <Button kind="primary" onPress={() => acts.consent(true)}>
          {say(saleWords.agrees)}
        </Button>
      )}
      <Button onPress={() => acts.consent(false)}>{say(saleWords.disagrees)}</Button>
    </div>
  )
}

const EndDialog = ({ onYes, onClose }: { readonly onYes: () => void; readonly onClose: () => void }) => {
  const say = useSay()
  return (
    <Dialog
      role="alertdialog"
      title={say(saleWords.endQuestion)}
      isOpen
      onClose={onClose}
      actions={
        <Button kind="danger" autoFocus onPress={onYes}>
          {say(saleWords.end)}
        </Button>
      }
    >
      <p>{say(saleWords.endText)}</p>
    </Dialog>
  )
}

const Steps = ({ report, acts, Act }: PartProps & { readonly Act: ActButton }) => {
  const say = useSay()
  const missing = useId()
  const [isEnding, setEnding] = useState(false)
  const end = () => (report.sold === null && isRecorded(report) ? setEnding(true) : acts.end())
  const isHeld = report.paused !== null
  return (
    <>
      {isRecorded(report) && report.sold === null && <MissingNow report={report} id={missing} />}
      <div className={styles.buttons}>
        {isRecorded(report) && report.sold === null && (
          <Act
            act="sell"
            kind="primary"
            icon={<Handshake aria-hidden />}
            isDisabled={!maySell(report)}
            aria-describedby={missing}
            onPress={acts.sell}
          >
            {say(saleWords.sell)}
          </Act>
        )}
        {isRecorded(report) && (
          <Act
            act="pause"
            icon={isHeld ? <Play aria-hidden /> : <Pause aria-hidden />}
            onPress={isHeld ? acts.resume : acts.pause}
          >
            {say(isHeld ? saleWords.resume : saleWords.pause)}
          </Act>
        )}
        <Act act="end" icon={<CircleStop aria-hidden />} onPress={end}>
          {say(saleWords.end)}
        </Act>
      </div>
      {isEnding && (
        <EndDialog
          onClose={() => setEnding(false)}
          onYes={() => {
            setEnding(false)
            acts.end()
          }}
        />
      )}
    </>
  )
}

const Plain: ActButton = ({ act: _, ...props }) => <Button {...props} />

/** What is left of it: nothing can be done any more. */
export const SaleReportView = ({ report }: { readonly report: SaleReport }) => {
  const say = useSay()
  const { outcome, sealed } = report
  return (
    <section className={styles.panel} aria-label={say(saleWords.report)}>
      <h3 className={styles.heading}>{say(saleWords.report)}</h3>
      <RecordingState report={report} />
      {outcome !== null && (
        <p className={styles.outcome} data-outcome={outcome}>
          {say(saleWords[`outcome.${outcome}`])}
        </p>
      )}
      <Checklist report={report} />
      <Findings report={report} />
      {sealed !== null && (
        <p className={styles.soft}>{say(saleWords.sealedAs, { manifest: sealed.manifest.slice(0, 16) })}</p>
      )}
    </section>
  )
}

export const SalePanel = ({ report, acts, Act = Plain }: PartProps & { readonly Act?: ActButton }) => {
  const say = useSay()
  const format = useFormat()
  const { state, sold } = report
  if (state === 'sealing' || state === 'over') return <SaleReportView report={report} />
  return (
    <div className={styles.panel}>
      <RecordingState report={report} />
      {state === 'consent' && <Asking report={report} acts={acts} />}
      {sold !== null && (
        <p className={styles.outcome} data-outcome="sold">
          {say(saleWords.sold, { at: format.clockSeconds(sold.at) })}
        </p>
      )}
      <Steps report={report} acts={acts} Act={Act} />
      <Findings report={report} acts={acts} />
      {state !== 'consent' && <Checklist report={report} acts={acts} />}
    </div>
  )
}
