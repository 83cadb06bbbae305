/** Alerts: what needs a name on top, what somebody has below it, and folded away what wants nobody just now. */
import { BellOff, CircleCheck } from 'lucide-react'
import { type ReactNode, type RefObject, useId, useMemo, useRef, useState } from 'react'
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'
import { Empty } from '../../../ui/empty.tsx'
import { type Pair, useSay } from '../../../ui/words.ts'
import { useSearch } from '../../frame/router.ts'
import { useTable } from '../../live/use-live.ts'
import { FreshPill } from '../../said/fresh-pill.tsx'
import { useSaid } from '../../said/use-said.ts'
import { useBusy, useHeld } from '../../said/use-steady.ts'
import { AlertCard } from './alert-card.tsx'
import { type Entry, listAlerts } from './alert-list.ts'
import styles from './alerts.module.css'
import { FloodCard } from './flood-card.tsx'
import { ClearedAlert, ShelvedAlert } from './quiet-alerts.tsx'
import { Shelve } from './shelve.tsx'
import { alertsWords } from './words.ts'

const Nothing = ({ isQuiet }: { readonly isQuiet: boolean }) => {
  const say = useSay()
  return isQuiet ? (
    <Empty
      icon={<BellOff aria-hidden size={40} />}
      title={say(alertsWords.empty)}
      text={say(alertsWords.emptyText)}
    />
  ) : (
    <Empty icon={<CircleCheck aria-hidden size={40} />} title={say(alertsWords.allClaimed)} />
  )
}

interface FoldProps {
  readonly title: Pair
  readonly count: number
  readonly isOpen?: boolean
  readonly children: ReactNode
}

const Fold = ({ title, count, isOpen = false, children }: FoldProps) => {
  const say = useSay()
  if (count === 0) return null
  return (
    <details className={styles.fold} open={isOpen}>
      <summary className={styles.heading}>
        {say(title)}
        <span className={styles.soft}>{say(alertsWords.count, { count })}</span>
      </summary>
      <ul className={styles.list}>{children}</ul>
    </details>
  )
}

/** An entry that was shown stays for as long as its alert is open, whoever has it meanwhile. */
const entryOf = (id: string, entries: readonly Entry[], alerts: readonly LiveAlert[]): Entry | undefined => {
  const listed = entries.find((entry) => entry.id === id)
  if (listed !== undefined) return listed
  const alert = alerts.find((one) => one.id === id)
  return alert === undefined ? undefined : { id, alerts: [alert] }
}

const useLists = (list: RefObject<HTMLElement | null>) => {
  const alerts = useTable('alerts')
  const listed = useMemo(() => listAlerts(alerts), [alerts])
  const { isBusy, release } = useBusy(list)
  const unclaimed = useHeld(
    listed.unclaimed.map(({ id }) => id),
    isBusy,
  )
  const claimed = useHeld(
    listed.claimed.map(({ id }) => id),
    isBusy,
  )
  return {
    alerts,
    listed,
    release,
    waiting: unclaimed.waiting,
    entries: unclaimed.shown
      .map((id) => entryOf(id, listed.unclaimed, alerts))
      .filter((entry) => entry !== undefined),
    taken: claimed.shown
      .map((id) => alerts.find((alert) => alert.id === id))
      .filter((alert) => alert !== undefined),
  }
}

const Part = ({ title, children }: { readonly title: Pair; readonly children: ReactNode }) => {
  const say = useSay()
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {say(title)}
      </h2>
      <ul className={styles.list}>{children}</ul>
    </section>
  )
}

export const Page = () => {
  const say = useSay()
  const said = useSaid()
  const list = useRef<HTMLDivElement>(null)
  const wanted = useSearch().get('alert')
  const [shelving, setShelving] = useState<string>()
  const { alerts, listed, entries, taken, waiting, release } = useLists(list)
  const shelved = alerts.find(({ id }) => id === shelving)
  const card = (alert: LiveAlert) => (
    <AlertCard key={alert.id} alert={alert} isWanted={alert.id === wanted} onShelve={setShelving} />
  )
  const flood = ({ id, alerts: of }: Entry) => (
    <FloodCard key={id} alerts={of} wanted={wanted} onShelve={setShelving} />
  )
  return (
    <div ref={list} className={styles.page}>
      <h1>{say(alertsWords.title)}</h1>
      <FreshPill text={say(alertsWords.fresh, { count: waiting })} isShown={waiting > 0} onPress={release} />
      {entries.length === 0 && <Nothing isQuiet={taken.length === 0} />}
      {entries.length > 0 && (
        <Part title={alertsWords.unclaimed}>
          {entries.map((entry) => (entry.alerts.length > 1 ? flood(entry) : entry.alerts.map(card)))}
        </Part>
      )}
      {taken.length > 0 && <Part title={alertsWords.claimed}>{taken.map(card)}</Part>}
      <Fold title={alertsWords.shelved} count={listed.shelved.length}>
        {listed.shelved.map((alert) => (
          <ShelvedAlert key={alert.id} alert={alert} />
        ))}
      </Fold>
      <Fold title={alertsWords.cleared} count={listed.cleared.length} isOpen>
        {listed.cleared.map((alert) => (
          <ClearedAlert key={alert.id} alert={alert} />
        ))}
      </Fold>
      <Shelve
        alert={shelved?.id}
        title={shelved === undefined ? '' : said.alert(shelved).title}
        onClose={() => setShelving(undefined)}
      />
    </div>
  )
}
