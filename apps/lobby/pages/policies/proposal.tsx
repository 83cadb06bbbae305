/** A change beyond head office's bounds: what it would change, for whoever is to agree; what became of it, for who asked. */
import { UserRoundCheck } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { FlowTold, ProposalTold } from '#protocol/desk/look/flows.ts'
import { Button } from '../../../ui/button.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Life } from '../../../ui/life.tsx'
import { useSay } from '../../../ui/words.ts'
import { useMay } from '../../live/use-commands.ts'
import { useMe } from '../../live/use-live.ts'
import { Changes } from './changes.tsx'
import { Decline } from './decline.tsx'
import type { Setting, Values } from './model/fields.ts'
import { proposedChanges, proposedOrder, valuesOf } from './model/proposed.ts'
import styles from './review.module.css'
import { Tried } from './tried.tsx'
import { useAsker } from './use-asker.ts'
import { type ProposalLife, useFlowCommands, useProposalLife } from './use-flow-commands.ts'
import { policyWords } from './words.ts'

export interface ProposalProps {
  readonly flow: FlowTold
  readonly settings: ReadonlyMap<string, Setting>
  /** To begin from what was asked for, once more. */
  readonly onAgain: (values: Values) => void
}

interface PartProps extends ProposalProps {
  readonly proposal: ProposalTold
  readonly last: ProposalLife | undefined
}

interface FrameProps {
  readonly title: string
  /** It wants whoever sees it; else it tells. */
  readonly isWanting?: boolean
  readonly children: ReactNode
}

const Frame = ({ title, isWanting = false, children }: FrameProps) => (
  <section className={isWanting ? styles.clash : styles.theirs} aria-live="polite" data-proposal>
    <h2 className={styles.clashHead}>
      <UserRoundCheck aria-hidden />
      {title}
    </h2>
    {children}
  </section>
)

const Decision = ({ flow, proposal, last }: PartProps) => {
  const say = useSay()
  const asker = useAsker()
  const { approve, decline } = useFlowCommands()
  const [isDeclining, setDeclining] = useState(false)
  const proposed = { flow: flow.id, proposal: proposal.id }
  const isUnderWay = last?.isUnderWay === true
  return (
    <>
      <Tried flow={flow.id} order={proposedOrder(flow, proposal)} />
      <p>{say(policyWords.approveText, { who: asker(proposal) })}</p>
      <span className={styles.sides}>
        <Button kind="primary" isDisabled={isUnderWay} onPress={() => approve(proposed)}>
          {say(policyWords.approve)}
        </Button>
        <Button isDisabled={isUnderWay} onPress={() => setDeclining(true)}>
          {say(policyWords.decline)}
        </Button>
      </span>
      <Decline
        who={asker(proposal)}
        isOpen={isDeclining}
        onClose={() => setDeclining(false)}
        onDecline={(reason) => decline(proposed, reason)}
      />
    </>
  )
}

const Own = ({ flow, proposal, last }: PartProps) => {
  const say = useSay()
  const { withdraw } = useFlowCommands()
  const here = useRef<HTMLParagraphElement>(null)
  // It was sent from further down: what became of it is shown, not left above.
  useEffect(() => {
    // Newer browsers answer with a promise, which is no way to end an effect.
    here.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <>
      <p ref={here} className={styles.inSight}>
        {say(policyWords.ownWaits)}
      </p>
      <Button
        isDisabled={last?.isUnderWay === true}
        onPress={() => withdraw({ flow: flow.id, proposal: proposal.id })}
      >
        {say(policyWords.withdraw)}
      </Button>
    </>
  )
}

const Waiting = (props: PartProps) => {
  const { flow, settings, proposal, last } = props
  const say = useSay()
  const { clock, day } = useFormat()
  const asker = useAsker()
  const { name } = useMe()
  const may = useMay()('flow.approve')
  const when = (at: number) => `${day(at)} ${clock(at)}`
  const isOwn = proposal.askedBy === name
  return (
    <Frame title={say(policyWords.waits)} isWanting={may && !isOwn}>
      <p className={styles.quote}>
        {say(policyWords.askedFor, { who: asker(proposal), reason: proposal.reason })}
      </p>
      <Changes settings={settings} differences={proposedChanges(flow, proposal)} />
      <p className={styles.soft}>
        {say(policyWords.askedAt, { at: when(proposal.askedAt), until: when(proposal.endsAt) })}
      </p>
      {may && (isOwn ? <Own {...props} /> : <Decision {...props} />)}
      {last !== undefined && <Life of={last.life} />}
    </Frame>
  )
}

const Outcome = ({ proposal, onAgain }: PartProps) => {
  const say = useSay()
  const { name } = useMe()
  const { endedBy, endedByTitle, endReason, state } = proposal
  if (state === 'open' || state === 'withdrawn') return null
  const who = endedBy === name ? say(policyWords.you) : (endedByTitle ?? '')
  return (
    <Frame title={say(policyWords[`ended.${state}`], { who })}>
      {endReason !== null && <p className={styles.quote}>{say(policyWords.quote, { reason: endReason })}</p>}
      {state !== 'approved' && proposal.askedBy === name && (
        <>
          <p>{say(policyWords.notInForce)}</p>
          <Button onPress={() => onAgain(valuesOf(proposal))}>{say(policyWords.takeUpAgain)}</Button>
        </>
      )}
    </Frame>
  )
}

export const Proposal = (props: ProposalProps) => {
  const { proposal } = props.flow
  const { name } = useMe()
  const last = useProposalLife(proposal?.id)
  if (proposal === null) return null
  const part = { ...props, proposal, last }
  // What was begun about one, such as saying no, is not about the next.
  if (proposal.state === 'open') return <Waiting key={proposal.id} {...part} />
  return proposal.askedBy === name || last !== undefined ? <Outcome {...part} /> : null
}
