/** One flow: how it runs, each of its settings, and what is about to change of them. */
import { ArrowLeft, History as HistoryIcon } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import type { FlowTold } from '#protocol/desk/look/flows.ts'
import bar from '../../../ui/bar.module.css'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Life } from '../../../ui/life.tsx'
import page from '../../../ui/page.module.css'
import { useSay } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import { useMay } from '../../live/use-commands.ts'
import { useMe, useRow } from '../../live/use-live.ts'
import { AutonomyHere } from './autonomy.tsx'
import { Clashes } from './clashes.tsx'
import { SetBy } from './flow-list.tsx'
import { History } from './history.tsx'
import {
  autonomyKey,
  change,
  changeAll,
  type Draft,
  delivered,
  differences,
  isOrdered,
  orderOf,
  type Standing,
  valueIn,
} from './model/draft.ts'
import { type Setting, settingsOf } from './model/fields.ts'
import { isAskedFor, valuesOf } from './model/proposed.ts'
import { namedIn, troubleOf } from './model/trouble.ts'
import styles from './policies.module.css'
import { Proposal } from './proposal.tsx'
import { Review } from './review.tsx'
import { Settings } from './settings.tsx'
import { type DraftHere, useDraft } from './use-draft.ts'
import { type FlowLife, useReviewLife } from './use-flow-commands.ts'
import { policyWords } from './words.ts'

const Head = ({ flow, onHistory }: { readonly flow: FlowTold; readonly onHistory: () => void }) => {
  const say = useSay()
  const row = useRow('flows', flow.id)
  return (
    <header className={styles.flowHead}>
      <div className={styles.flowTitle}>
        <IconButton
          label={say(policyWords.all)}
          icon={<ArrowLeft aria-hidden />}
          onPress={() => go('/policies')}
        />
        <h1>{flow.title}</h1>
        <Button kind="quiet" icon={<HistoryIcon aria-hidden size={20} />} onPress={onHistory}>
          {say(policyWords.history)}
        </Button>
      </div>
      <p className={styles.soft}>{flow.purpose}</p>
      {row !== undefined && (
        <div className={styles.flowState}>
          <AutonomyHere flow={row} />
          <SetBy flow={row} />
        </div>
      )}
    </header>
  )
}

interface BarProps {
  readonly here: DraftHere
  readonly last: FlowLife | undefined
  readonly isWrong: boolean
  readonly onReview: () => void
}

/** What waits to be sent, always in sight. */
const Bar = ({ here, last, isWrong, onReview }: BarProps) => {
  const say = useSay()
  const { draft, now, discard } = here
  const count = differences(draft, now).length
  const isRefused = last?.life.state === 'failed' && last.life.error?.code !== 'config.conflict'
  if (count === 0) return null
  return (
    <section className={bar.bar} aria-label={say(policyWords.reviewTitle)}>
      <span className={bar.words}>
        <strong>{count === 1 ? say(policyWords.change) : say(policyWords.changes, { count })}</strong>
        {isWrong && <span className={styles.trouble}>{say(policyWords.wrong)}</span>}
        {last !== undefined && (last.isUnderWay || isRefused) && <Life of={last.life} />}
      </span>
      <Button onPress={discard} isDisabled={last?.isUnderWay === true}>
        {say(policyWords.discard)}
      </Button>
      <Button
        kind="primary"
        onPress={onReview}
        isDisabled={isWrong || orderOf(draft, now) === undefined || last?.isUnderWay === true}
      >
        {say(policyWords.review)}
      </Button>
    </section>
  )
}

const useSettings = (flow: FlowTold): readonly Setting[] => {
  const say = useSay()
  const label = say(policyWords.autonomy)
  return useMemo(
    () => [
      { name: autonomyKey, label, shape: { kind: 'fixed' }, usual: flow.autonomy, limit: {} },
      ...settingsOf(flow),
    ],
    [flow, label],
  )
}

/** What was sent from here and has come back is no change any more. */
const useDelivery = ({ draft, now, set }: DraftHere, last: FlowLife | undefined) => {
  const [isAwaited, setAwaited] = useState(false)
  if (last?.isUnderWay === true) {
    if (!isAwaited) setAwaited(true)
  } else if (isAwaited && last?.life.state === 'failed') setAwaited(false)
  else if (isAwaited && last !== undefined && now.revision > last.params.revision) {
    const { policy, autonomy } = last.params
    setAwaited(false)
    set(delivered(draft, { ...policy, [autonomyKey]: autonomy }))
  }
}

/** So has what a second person has been asked for, from this page or another. */
const useHandedOver = ({ draft, set }: DraftHere, { proposal }: FlowTold) => {
  const { name } = useMe()
  if (proposal?.state === 'open' && proposal.askedBy === name && isAskedFor(draft, proposal))
    set(delivered(draft, valuesOf(proposal)))
}

/** What the hub did not take says nothing of what has been typed since. */
const stillMeant = (last: FlowLife | undefined, draft: Draft, now: Standing): FlowLife | undefined =>
  last?.life.state === 'failed' && !isOrdered(draft, now, last.params) ? undefined : last

export const FlowPage = ({ flow }: { readonly flow: FlowTold }) => {
  const may = useMay()('flow.set')
  const settings = useSettings(flow)
  const byName = useMemo(() => new Map(settings.map((setting) => [setting.name, setting])), [settings])
  const here = useDraft(flow)
  const sent = useReviewLife(flow.id)
  useDelivery(here, sent)
  useHandedOver(here, flow)
  const [opened, setOpened] = useState<'review' | 'history'>()
  const close = useCallback(() => setOpened(undefined), [])
  const { draft, now, set } = here
  const last = stillMeant(sent, draft, now)
  const isWrong = settings.some(
    (setting) => troubleOf(setting, valueIn(draft, now, setting.name)) !== undefined,
  )
  const refused = last?.life.state === 'failed' ? last.life.error?.detail : undefined
  return (
    <div className={page.page}>
      <Head flow={flow} onHistory={() => setOpened('history')} />
      <Proposal flow={flow} settings={byName} onAgain={(values) => set(changeAll(draft, now, values))} />
      <Clashes flow={flow} settings={byName} here={here} />
      <Settings
        flow={flow.id}
        settings={settings.filter(({ name }) => name !== autonomyKey)}
        here={here}
        onChange={(name, value) => set(change(draft, now, { name, value }))}
        isDisabled={!may || last?.isUnderWay === true}
        refused={namedIn(refused, [...byName.keys()])}
      />
      <Bar here={here} last={last} isWrong={isWrong} onReview={() => setOpened('review')} />
      <Review
        flow={flow}
        settings={byName}
        here={here}
        last={last}
        isOpen={opened === 'review'}
        onClose={close}
      />
      <History
        flow={flow}
        settings={byName}
        isOpen={opened === 'history'}
        onClose={close}
        onBackTo={may ? (values) => set(changeAll(draft, now, values)) : undefined}
      />
    </div>
  )
}
