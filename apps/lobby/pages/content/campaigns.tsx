/** What is shown to certain customers: those of the branch file with why they are not changed here, and one's own. */
import { Megaphone, Plus } from 'lucide-react'
import { useEffect } from 'react'
import type { CampaignTold } from '#protocol/desk/content-routes.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Life } from '../../../ui/life.tsx'
import { Toggle } from '../../../ui/toggle.tsx'
import { useSay, useTitle, useTongue } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import { askHub } from '../../live/ask-hub.ts'
import { useLastLife, useMay, useSendOnce } from '../../live/use-commands.ts'
import content from './content.module.css'
import { campaignSwitched } from './model/campaign-form.ts'
import { saidForWhom } from './model/sentence.ts'
import type { Library } from './model/shown-on.ts'
import { standingOf } from './model/standing.ts'
import { campaignPath, newOne } from './paths.ts'
import { Refused } from './refused.tsx'
import styles from './rows.module.css'
import { useCampaignTitle } from './use-campaign-title.ts'
import { useDoing } from './use-doing.ts'
import { contentWords } from './words.ts'

interface CampaignsProps {
  readonly library: Library
  readonly today: string
  readonly mayEdit: boolean
  readonly again: () => void
}

interface RowProps extends CampaignsProps {
  readonly campaign: CampaignTold
}

interface SwitchProps extends RowProps {
  readonly title: string
}

/** Of the branch file: switched by the command that was there before, for as long as the file does not say otherwise. */
const FileSwitch = ({ campaign, title, again }: SwitchProps) => {
  const say = useSay()
  const may = useMay()
  const send = useSendOnce()
  const life = useLastLife(
    ({ command }) => command.name === 'campaign.set' && command.params.campaign === campaign.id,
  )
  const isDone = life?.state === 'done'
  useEffect(() => {
    if (isDone) again()
  }, [isDone, again])
  return (
    <>
      <Toggle
        label={say(contentWords.isOn, { title })}
        isOn={campaign.on}
        onChange={(on) => send({ name: 'campaign.set', params: { campaign: campaign.id, on } })}
        isDisabled={!may('campaign.set')}
      />
      {life !== undefined && !isDone && <Life of={life} />}
    </>
  )
}

const OwnSwitch = ({ campaign, title, mayEdit, again }: SwitchProps) => {
  const say = useSay()
  const doing = useDoing(again)
  const set = (on: boolean) => {
    const asked = campaignSwitched(campaign, on)
    if (asked !== undefined) void doing.run(() => askHub('setDeskCampaign', asked))
  }
  return (
    <>
      <Toggle
        label={say(contentWords.isOn, { title })}
        isOn={campaign.on}
        onChange={set}
        isDisabled={!mayEdit || doing.isBusy}
      />
      <Refused doing={doing} />
    </>
  )
}

const Shows = ({ campaign, library, today }: RowProps) => {
  const say = useSay()
  const titleOf = useTitle()
  if (campaign.item === null) return null
  const item = library.items.find(({ id }) => id === campaign.item)
  const standing = item && standingOf(item, today)
  return (
    <>
      <p className={content.soft}>
        {say(contentWords.ofItem, {
          title: item === undefined ? campaign.item : titleOf(item.title, item.id),
        })}
      </p>
      {standing !== 'in-force' && (
        <p className={content.soft}>
          {say(contentWords.itemWaits, {
            why: say(standing === undefined ? contentWords.gone : contentWords[`standing.${standing}`]),
          })}
        </p>
      )}
    </>
  )
}

export const CampaignRow = (props: RowProps) => {
  const { campaign, library, mayEdit } = props
  const say = useSay()
  const tongue = useTongue()
  const { percent } = useFormat()
  const isOfFile = campaign.origin === 'file'
  const title = useCampaignTitle()(campaign)
  return (
    <li className={styles.row} data-campaign={campaign.id}>
      <div className={styles.rowWords}>
        <span className={content.badges}>
          <h2 className={styles.rowTitle}>{title}</h2>
          {isOfFile && <Badge>{say(contentWords.fromFile)}</Badge>}
        </span>
        <p>{saidForWhom(campaign, library.zones, tongue)}</p>
        <p className={content.soft}>
          {[
            say(contentWords.playsToday, { plays: campaign.playsToday, most: campaign.perDay }),
            say(contentWords.holdoutSaid, { share: percent(campaign.holdoutShare) }),
          ].join(' · ')}
        </p>
        <Shows {...props} />
        {isOfFile && <p className={content.soft}>{say(contentWords.fromFileText)}</p>}
      </div>
      <div className={styles.rowActs}>
        {isOfFile ? <FileSwitch {...props} title={title} /> : <OwnSwitch {...props} title={title} />}
        {mayEdit && !isOfFile && (
          <Button onPress={() => go(campaignPath(campaign.id))}>{say(contentWords.edit)}</Button>
        )}
      </div>
    </li>
  )
}

export const Campaigns = (props: CampaignsProps) => {
  const say = useSay()
  const { library, mayEdit } = props
  const make = mayEdit && library.items.length > 0 && (
    <Button icon={<Plus aria-hidden size={20} />} onPress={() => go(campaignPath(newOne))}>
      {say(contentWords.newCampaign)}
    </Button>
  )
  if (library.campaigns.length === 0)
    return (
      <Empty
        icon={<Megaphone aria-hidden size={40} />}
        title={say(contentWords.campaignsNone)}
        text={say(contentWords.campaignsNoneText)}
        action={make}
      />
    )
  return (
    <>
      <ul className={content.list}>
        {library.campaigns.map((campaign) => (
          <CampaignRow key={campaign.id} {...props} campaign={campaign} />
        ))}
      </ul>
      <div>{make}</div>
    </>
  )
}
