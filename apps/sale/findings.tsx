/** What was found, what to do about it, and how it was put right. */
import { TriangleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import type { ReportFinding, SaleReport } from '#protocol/recording/report.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { useFormat } from '../ui/format.ts'
import { useSay, useTitle } from '../ui/words.ts'
import { isRecorded, type SaleActs } from './acts.ts'
import styles from './sale.module.css'
import { saleWords } from './words.ts'

export const useFindingName = () => {
  const say = useSay()
  const titleOf = useTitle()
  return ({ code, about, title }: Pick<ReportFinding, 'code' | 'about' | 'title'>): string =>
    say(saleWords[`find.${code}`], { about: titleOf(title, about) })
}

interface SettleProps {
  readonly name: string
  readonly onNote: (note: string) => void
  readonly onClose: () => void
}

const Settle = ({ name, onNote, onClose }: SettleProps) => {
  const say = useSay()
  const [note, setNote] = useState('')
  const isEmpty = note.trim() === ''
  return (
    <Dialog
      title={say(saleWords.settleOf, { what: name })}
      isOpen
      onClose={onClose}
      actions={
        <Button kind="primary" isDisabled={isEmpty} onPress={() => onNote(note)}>
          {say(saleWords.settle)}
        </Button>
      }
    >
      <Field
        label={say(saleWords.settleHint)}
        value={note}
        onChange={setNote}
        lines={3}
        maxLength={300}
        autoFocus
      />
    </Dialog>
  )
}

const useTodo = () => {
  const say = useSay()
  return ({ code, maySettle }: ReportFinding): string => {
    const word = code === 'gap' && !maySettle ? ('do.gap-lost' as const) : (`do.${code}` as const)
    return say(saleWords[word])
  }
}

interface FindingProps {
  readonly finding: ReportFinding
  readonly isRunning: boolean
  readonly acts: SaleActs | undefined
}

const Finding = ({ finding, isRunning, acts }: FindingProps) => {
  const say = useSay()
  const format = useFormat()
  const nameOf = useFindingName()
  const todoOf = useTodo()
  const [isOpen, setOpen] = useState(false)
  const { settled, at, id, maySettle } = finding
  const name = nameOf(finding)
  const close = () => setOpen(false)
  const mayAct = acts !== undefined && isRunning && settled === null && maySettle
  return (
    <li className={classes(styles.finding, settled !== null && styles.settled)}>
      <TriangleAlert aria-hidden className={styles.mark ?? ''} />
      <div className={styles.what}>
        <span className={styles.title}>{name}</span>
        <span className={styles.soft}>
          {format.clockSeconds(at)}
          {settled !== null &&
            ` · ${settled.note === '' ? say(saleWords.settledItself) : say(saleWords.settledBy, { note: settled.note })}`}
        </span>
        {settled === null && isRunning && <span>{todoOf(finding)}</span>}
      </div>
      {mayAct && (
        <Button aria-label={say(saleWords.settleOf, { what: name })} onPress={() => setOpen(true)}>
          {say(saleWords.settle)}
        </Button>
      )}
      {isOpen && acts !== undefined && (
        <Settle
          name={name}
          onClose={close}
          onNote={(note) => {
            acts.settle(id, note)
            close()
          }}
        />
      )}
    </li>
  )
}

/** What stands in the way first, the newest of it at the top. */
const inOrder = (one: ReportFinding, other: ReportFinding) =>
  Number(one.settled !== null) - Number(other.settled !== null) || other.at - one.at

export const Findings = ({ report, acts }: { readonly report: SaleReport; readonly acts?: SaleActs }) => {
  const say = useSay()
  const title = useId()
  if (report.findings.length === 0) return null
  return (
    <section aria-labelledby={title}>
      <h3 id={title} className={styles.heading}>
        {say(saleWords.findings)}
      </h3>
      <ul className={styles.list}>
        {[...report.findings].sort(inOrder).map((finding) => (
          <Finding key={finding.id} finding={finding} isRunning={isRecorded(report)} acts={acts} />
        ))}
      </ul>
    </section>
  )
}
