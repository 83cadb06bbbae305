/** All flows at a glance: what each is for, how it runs, who set it so, and the way to its settings. */
import { ChevronRight, SlidersHorizontal } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { LiveFlow } from '#protocol/desk/live/work-rows.ts'
import type { FlowTold } from '#protocol/desk/look/flows.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { useFormat } from '../../../ui/format.ts'
import page from '../../../ui/page.module.css'
import { localeOf, titleIn, useSay, useTitle, useTongue } from '../../../ui/words.ts'
import { addressOf, go } from '../../frame/router.ts'
import { useHubWords } from '../../live/hub-words.ts'
import { useMe, useTable } from '../../live/use-live.ts'
import { useNames } from '../../said/use-said.ts'
import { AutonomyHere } from './autonomy.tsx'
import { Campaigns } from './campaigns.tsx'
import { pathOf } from './paths.ts'
import styles from './policies.module.css'
import { unsentOf } from './use-draft.ts'
import { useDoer } from './use-said-value.ts'
import { WaitingChanges } from './waiting-changes.tsx'
import { policyWords } from './words.ts'

const follow = (event: MouseEvent, path: string) => {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  go(path)
}

/** Who set it and when, in one line. */
export const SetBy = ({ flow }: { readonly flow: LiveFlow }) => {
  const say = useSay()
  const { clock, day } = useFormat()
  const { person } = useNames()
  const doer = useDoer()
  if (flow.setAt === 0) return <span className={styles.soft}>{say(policyWords.shipped)}</span>
  const who = doer(flow.setBy) ?? person(flow.setBy)
  const at = `${day(flow.setAt)} ${clock(flow.setAt)}`
  return (
    <span className={styles.soft}>
      {flow.approvedBy === null
        ? say(policyWords.setBy, { who, at })
        : say(policyWords.setByTwo, { who, second: person(flow.approvedBy), at })}
    </span>
  )
}

/** For whoever can decide it wants somebody; for who asked it is how things stand, and then what became of it. */
const ProposalBadge = ({ flow: { proposal } }: { readonly flow: LiveFlow }) => {
  const say = useSay()
  const { name } = useMe()
  if (proposal === null || proposal.state === 'withdrawn') return null
  const isOwn = proposal.askedBy === name
  if (proposal.state === 'open')
    return <Badge tone={isOwn ? 'normal' : 'high'}>{say(policyWords.waits)}</Badge>
  if (!isOwn) return null
  const tone = proposal.state === 'approved' ? 'good' : 'plain'
  return <Badge tone={tone}>{say(policyWords[`badge.${proposal.state}`])}</Badge>
}

interface RowProps {
  readonly flow: LiveFlow
  readonly told: FlowTold | undefined
}

const Row = ({ flow, told }: RowProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const words = useHubWords()
  const title = titleOf(flow.title, flow.id)
  const { name: who } = useMe()
  const unsent = unsentOf({ flow: flow.id, who })
  return (
    <li className={styles.row} data-flow={flow.id}>
      <a
        className={styles.way}
        href={addressOf(pathOf(flow.id))}
        onClick={(event) => follow(event, pathOf(flow.id))}
      >
        <span className={styles.wayWords}>
          <span className={styles.name}>{title}</span>
          <span className={styles.soft}>{words.flow(flow.id).purpose}</span>
          <span className={styles.marks}>
            <SetBy flow={flow} />
            <ProposalBadge flow={flow} />
            {flow.resting && <Badge tone="normal">{say(policyWords.resting)}</Badge>}
            {(told?.parked ?? 0) > 0 && (
              <Badge tone="high">{say(policyWords.parked, { count: told?.parked ?? 0 })}</Badge>
            )}
            {unsent > 0 && <Badge tone="normal">{say(policyWords.unsent, { count: unsent })}</Badge>}
          </span>
        </span>
        <ChevronRight aria-hidden size={20} />
      </a>
      <AutonomyHere flow={flow} />
    </li>
  )
}

export const FlowList = ({ told }: { readonly told: readonly FlowTold[] | undefined }) => {
  const say = useSay()
  const tongue = useTongue()
  const flows = [...useTable('flows')].sort((a, b) =>
    titleIn(a.title, tongue, a.id).localeCompare(titleIn(b.title, tongue, b.id), localeOf[tongue]),
  )
  return (
    <div className={page.page}>
      <header className={styles.head}>
        <h1>{say(policyWords.title)}</h1>
        <span className={styles.soft}>{say(policyWords.hint)}</span>
      </header>
      <WaitingChanges />
      {flows.length === 0 ? (
        <Empty
          icon={<SlidersHorizontal aria-hidden size={40} />}
          title={say(policyWords.empty)}
          text={say(policyWords.emptyText)}
        />
      ) : (
        <ul className={styles.list}>
          {flows.map((flow) => (
            <Row key={flow.id} flow={flow} told={told?.find(({ id }) => id === flow.id)} />
          ))}
        </ul>
      )}
      <Campaigns />
    </div>
  )
}
