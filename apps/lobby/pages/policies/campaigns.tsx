/** What is shown to visitors about products: switched on and off, with how often it was shown today. */
import type { LiveCampaign } from '#protocol/desk/live/work-rows.ts'
import { Life } from '../../../ui/life.tsx'
import { Toggle } from '../../../ui/toggle.tsx'
import { titleIn, useSay, useTongue } from '../../../ui/words.ts'
import { isUnderWay } from '../../live/send-once.ts'
import { type CommandLife, useLastLife, useMay, useSendOnce } from '../../live/use-commands.ts'
import { useTable } from '../../live/use-live.ts'
import styles from './policies.module.css'
import { policyWords } from './words.ts'

const setting = ({ command }: CommandLife, campaign: string) =>
  command.name === 'campaign.set' && command.params.campaign === campaign ? command.params : undefined

const usePeriod = () => {
  const say = useSay()
  return ({ from, to }: LiveCampaign): string | undefined => {
    if (from !== null && to !== null) return say(policyWords.period, { from, to })
    if (from !== null) return say(policyWords.from, { from })
    return to === null ? undefined : say(policyWords.until, { to })
  }
}

const Row = ({ campaign }: { readonly campaign: LiveCampaign }) => {
  const say = useSay()
  const tongue = useTongue()
  const may = useMay()
  const send = useSendOnce()
  const period = usePeriod()(campaign)
  const life = useLastLife((one) => setting(one, campaign.id) !== undefined)
  const isOn =
    life !== undefined && isUnderWay(life) ? (setting(life, campaign.id)?.on ?? campaign.on) : campaign.on
  const plays = say(policyWords.plays, { plays: campaign.plays, most: campaign.perDay })
  return (
    <li className={styles.campaign} data-campaign={campaign.id}>
      <Toggle
        label={titleIn(campaign.words, tongue, campaign.product)}
        hint={period === undefined ? plays : `${plays} · ${period}`}
        isOn={isOn}
        onChange={(on) => send({ name: 'campaign.set', params: { campaign: campaign.id, on } })}
        isDisabled={!may('campaign.set')}
      />
      {life !== undefined && life.state !== 'done' && <Life of={life} />}
    </li>
  )
}

export const Campaigns = () => {
  const say = useSay()
  const campaigns = useTable('campaigns')
  if (campaigns.length === 0) return null
  return (
    <section aria-labelledby="policies-campaigns">
      <h2 id="policies-campaigns" className={styles.heading}>
        {say(policyWords.campaigns)}
      </h2>
      <ul className={styles.list}>
        {campaigns.map((campaign) => (
          <Row key={campaign.id} campaign={campaign} />
        ))}
      </ul>
    </section>
  )
}
