/** Who set a flow when, what each version changed, and the way back: which is a change like any other. */
import { Undo2 } from 'lucide-react'
import type { FlowChangeTold, FlowTold } from '#protocol/desk/look/flows.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Sheet } from '../../../ui/sheet.tsx'
import { useSay } from '../../../ui/words.ts'
import { BeforeAfter } from './before-after.tsx'
import { autonomyKey } from './model/draft.ts'
import type { Setting, Values } from './model/fields.ts'
import { valuesAt } from './model/versions.ts'
import styles from './review.module.css'
import { policyWords } from './words.ts'

export interface HistoryProps {
  readonly flow: FlowTold
  readonly settings: ReadonlyMap<string, Setting>
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Undefined: who is here may only read. */
  readonly onBackTo: ((values: Values) => void) | undefined
}

const Differs = ({ version, settings }: { version: FlowChangeTold } & Pick<HistoryProps, 'settings'>) => {
  const say = useSay()
  const autonomy = settings.get(autonomyKey)
  if (version.differs.length === 0 && version.autonomyWas === null)
    return <p className={styles.soft}>{say(policyWords.nothingDiffers)}</p>
  return (
    <ul className={styles.differs}>
      {version.autonomyWas !== null && autonomy !== undefined && (
        <li>
          <BeforeAfter
            setting={autonomy}
            label={autonomy.label}
            was={version.autonomyWas}
            is={version.autonomy}
          />
        </li>
      )}
      {version.differs.map(({ name, label, was, is }) => (
        <li key={name}>
          <BeforeAfter setting={settings.get(name)} label={label} was={was} is={is} />
        </li>
      ))}
    </ul>
  )
}

export const History = ({ flow, settings, isOpen, onClose, onBackTo }: HistoryProps) => {
  const say = useSay()
  const { clock, day } = useFormat()
  const backTo = (values: Values) => {
    onBackTo?.(values)
    onClose()
  }
  return (
    <Sheet title={say(policyWords.historyOf, { flow: flow.title })} isOpen={isOpen} onClose={onClose}>
      {flow.history.length === 0 ? (
        <Empty title={say(policyWords.historyEmpty)} text={say(policyWords.historyEmptyText)} />
      ) : (
        <ol className={styles.versions}>
          {flow.history.map((version) => (
            <li key={version.revision} data-version={version.revision}>
              <span className={styles.versionHead}>
                <strong>{version.byTitle}</strong>
                {version.approvedByTitle !== null && (
                  <span>{say(policyWords.approvedWith, { second: version.approvedByTitle })}</span>
                )}
                <span className={styles.soft}>
                  {day(version.at)} {clock(version.at)}
                </span>
                {version.revision === flow.revision && <Badge>{say(policyWords.inForce)}</Badge>}
              </span>
              {version.revision !== flow.revision && onBackTo !== undefined && (
                <Button
                  icon={<Undo2 aria-hidden size={20} />}
                  onPress={() => backTo(valuesAt(flow, version.revision))}
                >
                  {say(policyWords.backTo)}
                </Button>
              )}
              {version.reason !== null && (
                <p className={styles.quote}>{say(policyWords.quote, { reason: version.reason })}</p>
              )}
              <Differs version={version} settings={settings} />
            </li>
          ))}
          <li>
            <strong>{say(policyWords.shipped)}</strong>
            {onBackTo !== undefined && (
              <Button icon={<Undo2 aria-hidden size={20} />} onPress={() => backTo(flow.defaults)}>
                {say(policyWords.backToShipped)}
              </Button>
            )}
          </li>
        </ol>
      )}
    </Sheet>
  )
}
