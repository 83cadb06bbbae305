/** One thing of the library: what of it is shown, where, how often, and every version of it with a way back. */
import { ArrowLeft, Plus } from 'lucide-react'
import { useState } from 'react'
import type { ItemTold } from '#protocol/desk/content-routes.ts'
import { Button } from '../../../ui/button.tsx'
import { useFormat } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import { askHub } from '../../live/ask-hub.ts'
import content from './content.module.css'
import { Decide } from './decide.tsx'
import styles from './item.module.css'
import { LookWithLanguages } from './look-with-languages.tsx'
import type { Library } from './model/shown-on.ts'
import { faceOf, isExpired, isMissing, waitingVersion } from './model/standing.ts'
import { campaignPath, libraryPath, newOne, versionPath } from './paths.ts'
import { Refused } from './refused.tsx'
import { WaitingCard } from './second-person.tsx'
import { StandingBadges } from './standing-badges.tsx'
import { TakeOff } from './take-off.tsx'
import told from './told.module.css'
import { type Doing, useDoing } from './use-doing.ts'
import { VersionFacts } from './version-facts.tsx'
import { Versions } from './versions.tsx'
import { WhereItRuns } from './where-it-runs.tsx'
import { contentWords } from './words.ts'

export interface ItemPageProps {
  readonly item: ItemTold
  readonly library: Library
  readonly today: string
  readonly mayEdit: boolean
  readonly again: () => void
}

interface ActionsProps extends ItemPageProps {
  readonly doing: Doing
  readonly onPut: (version: number | null) => void
  /** What stood on the screens before somebody took it off here. */
  readonly before: number | null
}

const Actions = ({ item, today, doing, onPut, before }: ActionsProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const title = titleOf(item.title, item.id)
  const back = item.versions.find(({ version }) => version === before)
  return (
    <div className={content.actions}>
      <Button icon={<Plus aria-hidden size={20} />} onPress={() => go(versionPath(item.id))}>
        {say(contentWords.newVersion)}
      </Button>
      <Button onPress={() => go(`${campaignPath(newOne)}?item=${item.id}`)}>
        {say(contentWords.newCampaign)}
      </Button>
      {item.inForce !== null && (
        <TakeOff item={item} title={title} isDisabled={doing.isBusy} onTakeOff={() => onPut(null)} />
      )}
      {item.inForce === null && back !== undefined && !isExpired(back, today) && (
        <Button isDisabled={doing.isBusy} onPress={() => onPut(back.version)}>
          {say(contentWords.putBack)}
        </Button>
      )}
    </div>
  )
}

const usePut = ({ item, again }: ItemPageProps) => {
  const say = useSay()
  const doing = useDoing(again)
  const [before, setBefore] = useState<number | null>(null)
  const [done, setDone] = useState('')
  const put = (version: number | null) => {
    const { id, revision, inForce } = item
    setDone('')
    void doing
      .run(() => askHub('putInForce', { item: id, version, revision }))
      .then((isDone) => {
        if (!isDone) return
        setBefore(version === null ? inForce : null)
        setDone(say(version === null ? contentWords.takenOff : contentWords.putBackDone))
      })
  }
  return { doing, before, done, setDone, put }
}

const Plays = ({ item }: Pick<ItemPageProps, 'item'>) => {
  const say = useSay()
  const { number, duration } = useFormat()
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{say(contentWords.plays)}</dt>
        <dd>{say(contentWords.playsTold, { plays: number(item.plays), time: duration(item.shownForMs) })}</dd>
      </div>
    </dl>
  )
}

export const ItemPage = (props: ItemPageProps) => {
  const { item, library, today, mayEdit, again } = props
  const say = useSay()
  const titleOf = useTitle()
  const { doing, before, done, setDone, put } = usePut(props)
  const face = faceOf(item)
  const waiting = waitingVersion(item)
  const title = titleOf(item.title, item.id)
  return (
    <>
      <header className={content.head}>
        <IconButton
          label={say(contentWords.toLibrary)}
          icon={<ArrowLeft aria-hidden />}
          onPress={() => go(libraryPath)}
        />
        <h1>{title}</h1>
        <StandingBadges item={item} today={today} />
      </header>
      <output className={done === '' ? 'visually-hidden' : told.done}>{done}</output>
      <div className={styles.itemParts}>
        {face !== undefined && <LookWithLanguages of={face} title={title} languages={library.languages} />}
        <div className={styles.itemWords}>
          {face !== undefined && <VersionFacts item={item} version={face} today={today} />}
          <Plays item={item} />
          <h2>{say(contentWords.where)}</h2>
          {isMissing(item, today) ? (
            <p className={styles.ends}>{say(contentWords.runsAlwaysNot)}</p>
          ) : (
            <WhereItRuns item={item.id} library={library} isAlways={item.mandatory !== null} />
          )}
          {mayEdit && <Actions {...props} doing={doing} onPut={put} before={before} />}
          <Refused doing={doing} />
        </div>
      </div>
      {mayEdit && waiting !== undefined && (
        <section className={content.part} aria-labelledby="content-waits">
          <h2 id="content-waits">{say(contentWords['standing.waits'])}</h2>
          {waiting === face ? (
            <Decide of={{ item, version: waiting }} onDone={setDone} onEnd={again} />
          ) : (
            <ul>
              <WaitingCard
                {...props}
                key={waiting.version}
                of={{ item, version: waiting }}
                onDone={setDone}
              />
            </ul>
          )}
        </section>
      )}
      <Versions {...props} doing={doing} onPut={put} />
    </>
  )
}
