/** Where an item runs, each place in one sentence, with the way to change it. */
import type { MouseEvent } from 'react'
import { Badge } from '../../../ui/badge.tsx'
import { useSay, useTitle, useTongue } from '../../../ui/words.ts'
import { addressOf, go } from '../../frame/router.ts'
import content from './content.module.css'
import styles from './item.module.css'
import { saidForWhom, saidInLoop } from './model/sentence.ts'
import type { Library } from './model/shown-on.ts'
import { runsOf } from './model/standing.ts'
import { campaignPath, loopPath } from './paths.ts'
import { useCampaignTitle } from './use-campaign-title.ts'
import { contentWords } from './words.ts'

interface WhereItRunsProps {
  readonly item: string
  readonly library: Library
  /** It has to be shown, or will have to. */
  readonly isAlways: boolean
}

interface Line {
  readonly id: string
  readonly path: string
  readonly name: string
  readonly said: string
  readonly on: boolean
}

const useLines = ({ item, library }: Omit<WhereItRunsProps, 'isAlways'>): readonly Line[] => {
  const say = useSay()
  const titleOf = useTitle()
  const campaignTitle = useCampaignTitle()
  const tongue = useTongue()
  const { playlists, campaigns } = runsOf(item, library)
  return [
    ...campaigns.map((one) => ({
      id: one.id,
      path: campaignPath(one.id),
      name: say(contentWords.inCampaign, { title: campaignTitle(one) }),
      said: saidForWhom(one, library.zones, tongue),
      on: one.on,
    })),
    ...playlists.map((one) => ({
      id: one.id,
      path: loopPath(one.id),
      name: say(contentWords.inLoop, { title: titleOf(one.title, one.id) }),
      said: saidInLoop(
        { ...one, showForMs: one.entries.find((entry) => entry.item === item)?.showForMs ?? null },
        library.zones,
        tongue,
      ),
      on: one.on,
    })),
  ]
}

export const WhereItRuns = (props: WhereItRunsProps) => {
  const { isAlways } = props
  const say = useSay()
  const lines = useLines(props)
  const follow = (event: MouseEvent, path: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(path)
  }
  if (isAlways) return <p>{say(contentWords.runsAlways)}</p>
  if (lines.length === 0) return <p className={content.soft}>{say(contentWords.runsNowhere)}</p>
  return (
    <ul className={styles.runs}>
      {lines.map(({ id, path, name, said, on }) => (
        <li key={path} data-runs={id}>
          <span className={styles.runsHead}>
            <a className={content.link} href={addressOf(path)} onClick={(event) => follow(event, path)}>
              {name}
            </a>
            {!on && <Badge>{say(contentWords.isOff)}</Badge>}
          </span>
          <span>{said}</span>
        </li>
      ))}
    </ul>
  )
}
