/** The plans that were in force: each can be looked at, and brought back as a change like any other. */
import { Eye } from 'lucide-react'
import type { PlanAnswer } from '#protocol/desk/look/plan.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Sheet } from '../../../ui/sheet.tsx'
import { useSay } from '../../../ui/words.ts'
import styles from './review.module.css'
import { planWords } from './words.ts'

type Version = PlanAnswer['versions'][number]

export const useMoment = (): ((version: Pick<Version, 'at'>) => string) => {
  const say = useSay()
  const { day, clock } = useFormat()
  return ({ at }) => (at === 0 ? say(planWords.before) : `${day(at)} ${clock(at)}`)
}

export interface VersionsProps {
  readonly versions: readonly Version[]
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onLook: (version: Version) => void
}

export const Versions = ({ versions, isOpen, onClose, onLook }: VersionsProps) => {
  const say = useSay()
  const momentOf = useMoment()
  return (
    <Sheet title={say(planWords.versions)} isOpen={isOpen} onClose={onClose}>
      {versions.length === 0 ? (
        <Empty title={say(planWords.versionsEmpty)} text={say(planWords.versionsText)} />
      ) : (
        <ol className={styles.versions}>
          {versions.map((version, nth) => (
            <li key={version.revision} data-version={version.revision}>
              <span className={styles.versionWords}>
                <strong>{version.byTitle}</strong>
                <span className={styles.soft}>{momentOf(version)}</span>
                <span className={styles.soft}>
                  {say(planWords.holds, { zones: version.zones, places: version.places })}
                </span>
              </span>
              {nth === 0 ? (
                <Badge>{say(planWords.inForce)}</Badge>
              ) : (
                <Button icon={<Eye aria-hidden size={20} />} onPress={() => onLook(version)}>
                  {say(planWords.look)}
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
    </Sheet>
  )
}
