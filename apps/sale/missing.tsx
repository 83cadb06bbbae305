/** What stands between here and the sale step: said as soon as it is so, and heard by who does not look. */
import type { SaleReport } from '#protocol/recording/report.ts'
import { useSay, useTitle } from '../ui/words.ts'
import { useFindingName } from './findings.tsx'
import { recorderWord } from './recorder-word.ts'
import styles from './sale.module.css'
import { saleWords } from './words.ts'

export const useRecorderName = () => {
  const say = useSay()
  return (name: string): string => say(saleWords[recorderWord(name)])
}

const useMissingName = (report: SaleReport) => {
  const say = useSay()
  const titleOf = useTitle()
  const findingOf = useFindingName()
  const recorderOf = useRecorderName()
  return (one: SaleReport['missing'][number]): string => {
    switch (one.what) {
      case 'state':
        return say(saleWords['missing.state'])
      case 'item':
        return titleOf(report.items.find(({ id }) => id === one.item)?.title ?? {}, one.item)
      case 'finding': {
        const finding = report.findings.find(({ id }) => id === one.finding)
        return finding === undefined ? one.code : findingOf(finding)
      }
      case 'recorder':
        return say(saleWords['missing.recorder'], { name: recorderOf(one.recorder) })
      case 'gap':
        return say(saleWords['missing.gap'], { name: recorderOf(one.recorder) })
      case 'full':
        return say(saleWords['missing.full'])
    }
  }
}

export const MissingNow = ({ report, id }: { readonly report: SaleReport; readonly id: string }) => {
  const say = useSay()
  const nameOf = useMissingName(report)
  const names = report.missing.map(nameOf)
  return (
    <output id={id} className={styles.missing}>
      {names.length === 0 ? (
        say(saleWords.complete)
      ) : (
        <>
          <strong>{say(saleWords.missing)}</strong>
          {`${say(saleWords.colon)}${names.join(' · ')}`}
        </>
      )}
    </output>
  )
}
