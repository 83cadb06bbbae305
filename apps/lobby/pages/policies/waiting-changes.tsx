/** Changes that wait for a second person, where managers look anyway: who asks, why, and the way to decide. */
import type { LiveFlow } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import waiting from '../../../ui/waiting-cards.module.css'
import { useSay, useTitle } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import { useMay } from '../../live/use-commands.ts'
import { useMe, useTable } from '../../live/use-live.ts'
import { useNames } from '../../said/use-said.ts'
import { pathOf } from './paths.ts'
import styles from './waiting.module.css'
import { policyWords } from './words.ts'

type WaitingFlow = LiveFlow & { readonly proposal: NonNullable<LiveFlow['proposal']> }

const isWaiting = (flow: LiveFlow): flow is WaitingFlow => flow.proposal?.state === 'open'

export const useWaitingChanges = (): readonly WaitingFlow[] => useTable('flows').filter(isWaiting)

const Card = ({ flow: { id, title, proposal } }: { readonly flow: WaitingFlow }) => {
  const say = useSay()
  const titleOf = useTitle()
  const names = useNames()
  const { clock, day } = useFormat()
  const { name } = useMe()
  const may = useMay()('flow.approve')
  const isOwn = proposal.askedBy === name
  const who = isOwn ? say(policyWords.you) : names.person(proposal.askedBy)
  return (
    <li className={classes(waiting.card, styles.card)} data-waiting={id}>
      <strong>{titleOf(title, id)}</strong>
      <span className={styles.reason}>{say(policyWords.askedFor, { who, reason: proposal.reason })}</span>
      <span className={styles.soft}>{`${day(proposal.askedAt)} ${clock(proposal.askedAt)}`}</span>
      <span>
        <Button kind={may && !isOwn ? 'primary' : 'plain'} onPress={() => go(pathOf(id))}>
          {say(may && !isOwn ? policyWords.lookAndDecide : policyWords.look)}
        </Button>
      </span>
    </li>
  )
}

export const WaitingChanges = () => {
  const say = useSay()
  const flows = useWaitingChanges()
  if (flows.length === 0) return null
  return (
    <section aria-labelledby="waiting-changes">
      <h2 id="waiting-changes" className={styles.heading}>
        {say(policyWords.waits)}
      </h2>
      <ul className={waiting.cards}>
        {flows.map((flow) => (
          <Card key={flow.id} flow={flow} />
        ))}
      </ul>
    </section>
  )
}
