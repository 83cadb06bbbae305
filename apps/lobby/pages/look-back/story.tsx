/** The whole story of something that was found, and a file that proves it. */
import { Download } from 'lucide-react'
import { useState } from 'react'
import type { Found } from '#protocol/desk/look/search.ts'
import { useFormat } from '../../../ui/format.ts'
import { Sheet } from '../../../ui/sheet.tsx'
import { useSay } from '../../../ui/words.ts'
import { WhyText } from '../../why/why.tsx'
import { aboutOf, evidenceAddress } from './about.ts'
import styles from './look-back.module.css'
import { backWords } from './words.ts'

export interface StoryProps {
  readonly found: Found | undefined
  readonly onClose: () => void
}

export const Story = ({ found, onClose }: StoryProps) => {
  const say = useSay()
  const { day, clockSeconds } = useFormat()
  const about = found === undefined ? undefined : aboutOf(found)
  // Nothing on record is nothing to prove.
  const [isTold, setIsTold] = useState(false)
  return (
    <Sheet
      title={found?.title ?? ''}
      isOpen={found !== undefined}
      onClose={onClose}
      actions={
        about !== undefined &&
        isTold && (
          <div className={styles.export}>
            <span className={styles.soft}>{say(backWords.exportHint)}</span>
            <a className={styles.exportLink} href={evidenceAddress(about)} download>
              <Download aria-hidden size={20} />
              {say(backWords.export)}
            </a>
          </div>
        )
      }
    >
      {found !== undefined && about !== undefined && (
        <div className={styles.story}>
          <section>
            <h3 className={styles.heading}>{say(backWords.happened)}</h3>
            <p>{found.sentence}</p>
            <p className={styles.soft}>
              {[day(found.at), clockSeconds(found.at), found.zone?.title, found.flow?.title]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </p>
          </section>
          {found.ask === null && <h3 className={styles.heading}>{say(backWords.around)}</h3>}
          <WhyText about={about} onTold={setIsTold} />
        </div>
      )}
    </Sheet>
  )
}
