/** What screens play one after another while nothing else is asked of them. */
import { ListVideo, Plus } from 'lucide-react'
import type { PlaylistTold } from '#protocol/desk/content-routes.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Toggle } from '../../../ui/toggle.tsx'
import { useSay, useTitle, useTongue } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import { askHub } from '../../live/ask-hub.ts'
import content from './content.module.css'
import { entryKeys, switched } from './model/playlist-form.ts'
import { saidInLoop } from './model/sentence.ts'
import type { Library } from './model/shown-on.ts'
import { faceOf } from './model/standing.ts'
import { loopPath, newOne } from './paths.ts'
import { Refused } from './refused.tsx'
import styles from './rows.module.css'
import { ScreenLook } from './screen-look.tsx'
import { useDoing } from './use-doing.ts'
import { contentWords } from './words.ts'

interface LoopsProps {
  readonly library: Library
  readonly mayEdit: boolean
  readonly again: () => void
}

const stillsMax = 4

const Stills = ({ library, playlist }: { readonly library: Library; readonly playlist: PlaylistTold }) => {
  const keys = entryKeys(playlist.entries)
  return (
    <div aria-hidden className={styles.stills}>
      {playlist.entries.slice(0, stillsMax).map((entry, index) => {
        const item = library.items.find(({ id }) => id === entry.item)
        const face = item && faceOf(item)
        return (
          <div key={keys[index]} className={content.small}>
            {face !== undefined && <ScreenLook of={face} title="" languages={library.languages} />}
          </div>
        )
      })}
    </div>
  )
}

const Row = ({ playlist, library, mayEdit, again }: LoopsProps & { readonly playlist: PlaylistTold }) => {
  const say = useSay()
  const titleOf = useTitle()
  const tongue = useTongue()
  const { day, clock } = useFormat()
  const doing = useDoing(again)
  const title = titleOf(playlist.title, playlist.id)
  const set = (on: boolean) => void doing.run(() => askHub('setPlaylist', switched(playlist, on)))
  return (
    <li className={styles.row} data-loop={playlist.id}>
      <div className={styles.rowWords}>
        <h2 className={styles.rowTitle}>{title}</h2>
        <p>{saidInLoop({ ...playlist, showForMs: null }, library.zones, tongue)}</p>
        <p className={content.soft}>
          {[
            say(contentWords.items, { count: playlist.entries.length }),
            say(contentWords.setBy, {
              who: playlist.setByTitle,
              at: `${day(playlist.setAt)} ${clock(playlist.setAt)}`,
            }),
          ].join(' · ')}
        </p>
        <Stills library={library} playlist={playlist} />
      </div>
      <div className={styles.rowActs}>
        <Toggle
          label={say(contentWords.isOn, { title })}
          isOn={playlist.on}
          onChange={set}
          isDisabled={!mayEdit || doing.isBusy}
        />
        {mayEdit && <Button onPress={() => go(loopPath(playlist.id))}>{say(contentWords.edit)}</Button>}
      </div>
      <Refused doing={doing} />
    </li>
  )
}

export const Loops = (props: LoopsProps) => {
  const say = useSay()
  const { library, mayEdit } = props
  const make = mayEdit && (
    <Button
      kind={library.playlists.length === 0 ? 'primary' : 'plain'}
      icon={<Plus aria-hidden size={20} />}
      onPress={() => go(loopPath(newOne))}
    >
      {say(contentWords.newPlaylist)}
    </Button>
  )
  if (library.playlists.length === 0)
    return (
      <Empty
        icon={<ListVideo aria-hidden size={40} />}
        title={say(contentWords.playlistsNone)}
        text={say(contentWords.playlistsNoneText)}
        action={make}
      />
    )
  return (
    <>
      <ul className={content.list}>
        {library.playlists.map((playlist) => (
          <Row key={playlist.id} {...props} playlist={playlist} />
        ))}
      </ul>
      <div>{make}</div>
    </>
  )
}
