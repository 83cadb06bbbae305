/** Content: what screens and kiosks show, from a file to whom, where and when; a second person agrees to all of it. */
import { CloudOff, Plus } from 'lucide-react'
import { contentRoutes } from '#protocol/desk/content-routes.ts'
import { admits } from '#protocol/desk/route.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import page from '../../../ui/page.module.css'
import { useSay } from '../../../ui/words.ts'
import { go, usePath, useSearch } from '../../frame/router.ts'
import { useMe } from '../../live/use-live.ts'
import { Add } from './add.tsx'
import { CampaignEdit } from './campaign-edit.tsx'
import { CampaignRow, Campaigns } from './campaigns.tsx'
import content from './content.module.css'
import { ItemPage } from './item-page.tsx'
import { LibraryPage } from './library.tsx'
import { LoopEdit } from './loop-edit.tsx'
import { Loops } from './loops.tsx'
import type { Library } from './model/shown-on.ts'
import { NoticeLine, WithNotice } from './notice.tsx'
import { addPath, campaignsPath, libraryPath, loopsPath, newOne, type Place, placeOf } from './paths.ts'
import { SecondPerson } from './second-person.tsx'
import { Tabs } from './tabs.tsx'
import { isKept } from './use-kept.ts'
import { useLibrary, useToday } from './use-library.ts'
import { contentWords } from './words.ts'

interface HereProps {
  readonly library: Library
  readonly today: string
  readonly mayEdit: boolean
  readonly again: () => void
}

const Gone = ({ words, to }: { readonly words: string; readonly to: string }) => {
  const say = useSay()
  return <Empty title={words} action={<Button onPress={() => go(to)}>{say(contentWords.back)}</Button>} />
}

/** Somebody deleted what another was typing at: that is still to be seen. */
const useIsTyped = (key: string): boolean => {
  const { name } = useMe()
  return isKept(`${name}.${key}`)
}

const CampaignHere = ({ id, ...props }: HereProps & { readonly id: string }) => {
  const say = useSay()
  const isTyped = useIsTyped(`campaign.${id}`)
  // What is begun for one thing is not what is begun for another.
  const item = useSearch().get('item')
  const campaign = props.library.campaigns.find((one) => one.id === id)
  if (campaign !== undefined && (campaign.origin === 'file' || !props.mayEdit))
    return (
      <ul className={content.list}>
        <CampaignRow {...props} campaign={campaign} />
      </ul>
    )
  if (!props.mayEdit || (campaign === undefined && id !== newOne && !isTyped))
    return <Gone words={say(contentWords.noCampaign)} to={campaignsPath} />
  const name = item === null ? id : `${id}.${item}`
  return <CampaignEdit key={name} {...props} campaign={campaign} name={name} item={item} />
}

const LoopHere = ({ id, ...props }: HereProps & { readonly id: string }) => {
  const say = useSay()
  const isTyped = useIsTyped(`loop.${id}`)
  const playlist = props.library.playlists.find((one) => one.id === id)
  if (!props.mayEdit || (playlist === undefined && id !== newOne && !isTyped))
    return <Gone words={say(contentWords.noLoop)} to={loopsPath} />
  return <LoopEdit key={id} {...props} playlist={playlist} name={id} />
}

const ItemHere = ({ place, ...props }: HereProps & { readonly place: Place & { readonly id: string } }) => {
  const say = useSay()
  const item = props.library.items.find((one) => one.id === place.id)
  if (item === undefined) return <Gone words={say(contentWords.gone)} to={libraryPath} />
  if (place.at === 'version' && props.mayEdit) return <Add key={item.id} {...props} item={item} />
  return <ItemPage key={item.id} {...props} item={item} />
}

/** An empty library offers it itself. */
const offersAdd = ({ library, mayEdit }: HereProps, place: Place): boolean =>
  mayEdit && (library.items.length > 0 || place.at !== 'library')

const Part = ({ place, ...props }: HereProps & { readonly place: Place }) => {
  const say = useSay()
  const { library, mayEdit } = props
  return (
    <>
      <header className={content.pageHead}>
        <h1>{say(contentWords.title)}</h1>
        {offersAdd(props, place) && (
          <Button kind="primary" icon={<Plus aria-hidden size={20} />} onPress={() => go(addPath)}>
            {say(contentWords.add)}
          </Button>
        )}
      </header>
      <Tabs library={library} />
      {!mayEdit && <p className={content.soft}>{say(contentWords.readOnly)}</p>}
      <NoticeLine again={props.again} />
      {place.at === 'waiting' && <SecondPerson {...props} />}
      {place.at === 'loops' && <Loops {...props} />}
      {place.at === 'campaigns' && <Campaigns {...props} />}
      {(place.at === 'library' || place.at === 'add') && <LibraryPage {...props} />}
    </>
  )
}

const Here = (props: HereProps) => {
  const place = placeOf(usePath())
  switch (place.at) {
    case 'item':
    case 'version':
      return <ItemHere {...props} place={place} />
    case 'loop':
      return <LoopHere {...props} id={place.id} />
    case 'campaign':
      return <CampaignHere {...props} id={place.id} />
    case 'add':
      return props.mayEdit ? <Add {...props} item={undefined} /> : <Part {...props} place={place} />
    default:
      return <Part {...props} place={place} />
  }
}

export const Page = () => {
  const say = useSay()
  const { data, error, again } = useLibrary()
  const today = useToday()
  const mayEdit = admits(contentRoutes.addVersion.admits, useMe().roles)
  return (
    <div className={page.page}>
      {data !== undefined && (
        <WithNotice>
          <Here library={data} today={today} mayEdit={mayEdit} again={again} />
        </WithNotice>
      )}
      {data === undefined && error === undefined && (
        <p className={content.soft}>{say(contentWords.loading)}</p>
      )}
      {data === undefined && error !== undefined && (
        <Empty
          icon={<CloudOff aria-hidden size={40} />}
          title={say(contentWords.unreached)}
          text={error.error?.text ?? say(contentWords.unreachedText)}
          action={<Button onPress={again}>{say(contentWords.retry)}</Button>}
        />
      )}
    </div>
  )
}
