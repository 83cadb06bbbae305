/** The library: everything that was ever added, what waits for somebody first. */
import { Images, Plus, SearchX } from 'lucide-react'
import { type MouseEvent, useState } from 'react'
import type { ItemTold } from '#protocol/desk/content-routes.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Field } from '../../../ui/field.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import { addressOf, go } from '../../frame/router.ts'
import content from './content.module.css'
import styles from './library.module.css'
import type { Library } from './model/shown-on.ts'
import { faceOf, found, isExpired, isMissing, runsOf, type Shelf, shelves } from './model/standing.ts'
import { addPath, itemPath } from './paths.ts'
import { ScreenLook } from './screen-look.tsx'
import { StandingBadges } from './standing-badges.tsx'
import { contentWords } from './words.ts'

interface CardProps {
  readonly item: ItemTold
  readonly library: Library
  readonly today: string
}

const useUntil = (today: string) => {
  const say = useSay()
  const { dayNamed } = useFormat()
  return (item: ItemTold): string => {
    const face = faceOf(item)
    if (face?.expiresOn == null) return say(contentWords.noLastDay)
    const day = dayNamed(face.expiresOn)
    return say(isExpired(face, today) ? contentWords.isExpired : contentWords.untilDay, { day })
  }
}

const useRunning = (library: Library, today: string) => {
  const say = useSay()
  return (item: ItemTold): string => {
    if (item.mandatory !== null)
      return say(isMissing(item, today) ? contentWords.runsAlwaysNot : contentWords.runsAlways)
    const { playlists, campaigns } = runsOf(item.id, library)
    if (playlists.length + campaigns.length === 0) return say(contentWords.runsNowhere)
    return say(contentWords.runsIn, { loops: playlists.length, campaigns: campaigns.length })
  }
}

const Card = ({ item, library, today }: CardProps) => {
  const titleOf = useTitle()
  const until = useUntil(today)
  const running = useRunning(library, today)
  const face = faceOf(item)
  const title = titleOf(item.title, item.id)
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(itemPath(item.id))
  }
  return (
    <li className={styles.card} data-item={item.id}>
      {face !== undefined && (
        <div aria-hidden className={styles.still}>
          <ScreenLook of={face} title={title} languages={library.languages} />
        </div>
      )}
      <div className={styles.cardWords}>
        <a className={styles.cardLink} href={addressOf(itemPath(item.id))} onClick={open}>
          {title}
        </a>
        <StandingBadges item={item} today={today} />
        <span className={content.soft}>
          {[face?.productCode ?? '', until(item)].filter((words) => words !== '').join(' · ')}
        </span>
        <span className={isMissing(item, today) ? content.missing : content.soft}>{running(item)}</span>
      </div>
    </li>
  )
}

interface LibraryPageProps {
  readonly library: Library
  readonly today: string
  readonly mayEdit: boolean
}

const Nothing = ({ mayEdit }: Pick<LibraryPageProps, 'mayEdit'>) => {
  const say = useSay()
  return (
    <Empty
      icon={<Images aria-hidden size={40} />}
      title={say(contentWords.empty)}
      text={say(contentWords.emptyText)}
      action={
        mayEdit ? (
          <Button kind="primary" icon={<Plus aria-hidden size={20} />} onPress={() => go(addPath)}>
            {say(contentWords.add)}
          </Button>
        ) : undefined
      }
    />
  )
}

export const LibraryPage = ({ library, today, mayEdit }: LibraryPageProps) => {
  const say = useSay()
  const [shelf, setShelf] = useState<Shelf>('all')
  const [search, setSearch] = useState('')
  if (library.items.length === 0) return <Nothing mayEdit={mayEdit} />
  const items = found(library.items, { shelf, search, today })
  const showAll = () => {
    setShelf('all')
    setSearch('')
  }
  return (
    <>
      <div className={styles.filters}>
        <Segmented
          label={say(contentWords.shelf)}
          options={shelves.map((id) => ({ id, text: say(contentWords[`shelf.${id}`]) }))}
          value={shelf}
          onChange={setShelf}
        />
        <div className={styles.search}>
          <Field label={say(contentWords.search)} type="search" value={search} onChange={setSearch} />
        </div>
      </div>
      {items.length === 0 ? (
        <Empty
          icon={<SearchX aria-hidden size={40} />}
          title={say(contentWords.nothingFound)}
          text={say(contentWords.nothingFoundText)}
          action={<Button onPress={showAll}>{say(contentWords.showAll)}</Button>}
        />
      ) : (
        <ul className={styles.cards}>
          {items.map((item) => (
            <Card key={item.id} item={item} library={library} today={today} />
          ))}
        </ul>
      )}
    </>
  )
}
