/** The whole story of something that was found, and a file that proves it. */
import { Download } from 'lucide-react'
import type { ExplainAsked } from '#protocol/desk/look/explain.ts'
import type { Found } from '#protocol/desk/look/search.ts'
import { deskApi } from '#protocol/desk/routes.ts'
import { useFormat } from '../../../ui/format.ts'
import { Sheet } from '../../../ui/sheet.tsx'
import { useSay } from '../../../ui/words.ts'
import { type WhyAbout, WhyText } from '../../why/why.tsx'
import styles from './look-back.module.css'
import { backWords } from './words.ts'

const aroundMs = 60_000

/** About the thing itself where it has a story of its own; else about what was around it. */
export const aboutOf = ({ ask, at, zone }: Pick<Found, 'ask' | 'at' | 'zone'>): WhyAbout => {
  if (ask === null)
    return {
      from: Math.max(0, at - aroundMs),
      to: at + aroundMs,
      ...(zone !== null && { zone: zone.id }),
    }
  if (ask.what === 'task') return { task: ask.id }
  if (ask.what === 'visit') return { visit: ask.id }
  return ask.what === 'ticket' ? { ticket: ask.id } : { device: ask.id }
}

export const evidenceAddress = (about: ExplainAsked): string =>
  `${deskApi.evidence.path}?${new URLSearchParams(
    Object.entries(about).map(([name, value]) => [name, String(value)]),
  ).toString()}`

export interface StoryProps {
  readonly found: Found | undefined
  readonly onClose: () => void
}

export const Story = ({ found, onClose }: StoryProps) => {
  const say = useSay()
  const { day, clockSeconds } = useFormat()
  const about = found === undefined ? undefined : aboutOf(found)
  return (
    <Sheet
      title={found?.title ?? ''}
      isOpen={found !== undefined}
      onClose={onClose}
      actions={
        about !== undefined && (
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
          <WhyText about={about} />
        </div>
      )}
    </Sheet>
  )
}
