/** What waits for a second person, as large as a screen allows: who says yes has seen what will be shown. */
import { UserRoundCheck } from 'lucide-react'
import { useState } from 'react'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import { useSay, useTitle } from '../../../ui/words.ts'
import content from './content.module.css'
import { Decide } from './decide.tsx'
import styles from './item.module.css'
import { LookWithLanguages } from './look-with-languages.tsx'
import { factsOf } from './model/changes.ts'
import type { Library } from './model/shown-on.ts'
import { type Waiting, waitingIn } from './model/standing.ts'
import { ScreenLook } from './screen-look.tsx'
import told from './told.module.css'
import { VersionFacts } from './version-facts.tsx'
import { WhereItRuns } from './where-it-runs.tsx'
import { contentWords } from './words.ts'

interface SecondPersonProps {
  readonly library: Library
  readonly today: string
  readonly mayEdit: boolean
  readonly again: () => void
}

export interface WaitingCardProps extends SecondPersonProps {
  readonly of: Waiting
  readonly onDone: (words: string) => void
}

export const WaitingCard = ({ of, library, today, mayEdit, again, onDone }: WaitingCardProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const { day, clock } = useFormat()
  const { item, version } = of
  const at = `${day(version.addedAt)} ${clock(version.addedAt)}`
  const title = titleOf(item.title, item.id)
  const { before, isOtherLook, mandatory } = factsOf(item, version)
  const isEnding = mandatory.is === null && mandatory.was !== undefined
  return (
    <li className={styles.waiting} data-waiting={`${item.id}/${version.version}`}>
      <div className={styles.waitingWords}>
        <LookWithLanguages of={version} title={title} languages={library.languages} />
        {before !== undefined && isOtherLook && (
          <div className={styles.lookBefore}>
            <div className={content.small}>
              <ScreenLook of={before} title={say(contentWords.lookBefore)} languages={library.languages} />
            </div>
            {say(contentWords.lookBefore)}
          </div>
        )}
      </div>
      <div className={styles.waitingWords}>
        <h2>{title}</h2>
        <p className={content.soft}>
          {[
            say(contentWords.addedBy, { who: version.addedByTitle, at }),
            ...(version.version > 1 ? [say(contentWords.versionNo, { version: version.version })] : []),
          ].join(' · ')}
        </p>
        <VersionFacts item={item} version={version} today={today} />
        {isEnding && <p className={styles.ends}>{say(contentWords.endsMandatory)}</p>}
        <h3>{say(contentWords.where)}</h3>
        <WhereItRuns item={item.id} library={library} isAlways={mandatory.is !== null} />
        {mayEdit && <Decide of={of} onDone={onDone} onEnd={again} />}
      </div>
    </li>
  )
}

export const SecondPerson = (props: SecondPersonProps) => {
  const say = useSay()
  const [done, setDone] = useState('')
  const waiting = waitingIn(props.library.items)
  return (
    <>
      <output className={done === '' ? 'visually-hidden' : told.done}>{done}</output>
      {waiting.length === 0 ? (
        <Empty
          icon={<UserRoundCheck aria-hidden size={40} />}
          title={say(contentWords.waitingNone)}
          text={say(contentWords.waitingNoneText)}
        />
      ) : (
        <ul className={content.stack}>
          {waiting.map((of) => (
            <WaitingCard key={`${of.item.id}/${of.version.version}`} {...props} of={of} onDone={setDone} />
          ))}
        </ul>
      )}
    </>
  )
}
