/** Look back: what happened, by words, time and place, newest first, each with its whole story and its evidence. */
import { CloudOff, History, RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { Found } from '#protocol/desk/look/search.ts'
import { Button } from '../../../ui/button.tsx'
import { commonWords } from '../../../ui/common-words.ts'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import { useSay, useTongue } from '../../../ui/words.ts'
import { go, useSearch } from '../../frame/router.ts'
import { useLive } from '../../live/context.ts'
import { useBranch } from '../../live/use-live.ts'
import { type Asked, addressFor, boundsOf, nothingAsked, readAsked } from './asked.ts'
import { Filters } from './filters.tsx'
import { FoundList } from './found-list.tsx'
import styles from './look-back.module.css'
import { Story } from './story.tsx'
import { type Pages, type Question, usePages } from './use-pages.ts'
import { backWords } from './words.ts'

/** What is asked stands in the address: a reload and a link find the same. */
const useAsked = () => {
  const query = useSearch()
  const { clock } = useLive()
  /** When it was asked: the last hour is another one by then. */
  const [now, setNow] = useState(() => clock.now())
  const asked = readAsked(query)
  const again = () => setNow(clock.now())
  const change = (to: Partial<Asked>) => {
    go(addressFor({ ...asked, ...to }), 'replace')
    again()
  }
  return { asked, now, change, again }
}

const useQuestion = (asked: Asked, now: number): Question => {
  const lang = useTongue()
  const utcOffsetMinutes = useBranch()?.utcOffsetMinutes ?? 0
  const { q, zone, kind } = asked
  const bounds = boundsOf(asked, { now, utcOffsetMinutes })
  return { q, lang, ...bounds, ...(zone !== '' && { zone }), ...(kind !== '' && { kind }) }
}

interface AfterProps {
  readonly pages: Pages
  readonly onWiden: () => void
  readonly onAgain: () => void
}

/** Below the list: more of it, its end, or why there is none. */
const After = ({ pages, onWiden, onAgain }: AfterProps) => {
  const say = useSay()
  const { day, clock } = useFormat()
  const { found, before, reachedAt, isLoading, error, more } = pages
  if (isLoading)
    return (
      <p className={styles.after} aria-live="polite">
        {say(backWords.searching)}
      </p>
    )
  if (error !== undefined)
    return (
      <Empty
        icon={<CloudOff aria-hidden size={40} />}
        title={say(backWords.trouble)}
        text={error.error?.text ?? say(backWords.troubleText)}
        action={<Button onPress={onAgain}>{say(commonWords.retry)}</Button>}
      />
    )
  const reached =
    reachedAt === null ? '' : say(backWords.reached, { time: `${day(reachedAt)} ${clock(reachedAt)}` })
  if (before !== null)
    return (
      <div className={styles.after}>
        <Button onPress={more}>{say(backWords.earlier)}</Button>
        <span>{reached}</span>
      </div>
    )
  if (found.length > 0) return <p className={styles.after}>{say(backWords.theEnd)}</p>
  return (
    <Empty
      icon={<History aria-hidden size={40} />}
      title={say(backWords.nothing)}
      text={say(backWords.nothingText)}
      action={<Button onPress={onWiden}>{say(backWords.widen)}</Button>}
    />
  )
}

export const Page = () => {
  const say = useSay()
  const { asked, now, change, again } = useAsked()
  const pages = usePages(useQuestion(asked, now), now)
  const [opened, setOpened] = useState<Found>()
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{say(backWords.title)}</h1>
        <Button kind="quiet" icon={<RotateCw aria-hidden size={20} />} onPress={again}>
          {say(backWords.refresh)}
        </Button>
      </header>
      <Filters asked={asked} onChange={change} />
      <section aria-label={say(backWords.results)} className={styles.results}>
        <FoundList found={pages.found} onOpen={setOpened} />
        <After pages={pages} onWiden={() => change({ ...nothingAsked, when: 'week' })} onAgain={again} />
      </section>
      <Story found={opened} onClose={() => setOpened(undefined)} />
    </div>
  )
}
