/** One alert: what it is, how long it lasts, who is on it, and what can be done. */
import { CheckCheck, Clock3, Ellipsis, Eye, Undo2, UserRound } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { MenuTrigger } from 'react-aria-components'
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Life } from '../../../ui/life.tsx'
import { PriorityMark } from '../../../ui/priority-mark.tsx'
import { useSay } from '../../../ui/words.ts'
import { useMay } from '../../live/use-commands.ts'
import { useMe, useNow } from '../../live/use-live.ts'
import { ActionMenu, type MenuAction } from '../../said/action-menu.tsx'
import { useSaid } from '../../said/use-said.ts'
import { spanOf } from './alert-list.ts'
import styles from './alerts.module.css'
import { StepButtons } from './step-buttons.tsx'
import { useAlertCommands, useAlertLife, useIsAlertBusy } from './use-alert-commands.ts'
import { alertsWords } from './words.ts'

export const Ages = ({ alerts }: { readonly alerts: readonly LiveAlert[] }) => {
  const say = useSay()
  const { minutes } = useFormat()
  const now = useNow()
  const said = useSaid()
  const { count, since, lastAt } = spanOf(alerts)
  const parts = [
    ...alerts.slice(0, 1).map(({ priority }) => said.word('priorities', priority)),
    say(alertsWords.since, { age: minutes(now - since) }),
    ...(count > 1 ? [say(alertsWords.times, { count })] : []),
    ...(lastAt - since >= 60_000 ? [say(alertsWords.last, { age: minutes(now - lastAt) })] : []),
  ]
  return <span className={styles.soft}>{parts.join(' · ')}</span>
}

const Claimed = ({ alert }: { readonly alert: LiveAlert }) => {
  const say = useSay()
  const me = useMe()
  const { names } = useSaid()
  const { minutes } = useFormat()
  const now = useNow()
  const isMine = alert.claimedBy === me.name
  const who = names.person(alert.claimedBy ?? '')
  const words =
    alert.claimedAt === null || now - alert.claimedAt < 60_000
      ? say(isMine ? alertsWords.claimedByMe : alertsWords.claimedBy, { who })
      : say(isMine ? alertsWords.claimedForMe : alertsWords.claimedFor, {
          who,
          time: minutes(now - alert.claimedAt),
        })
  return (
    <span className={styles.owner}>
      <UserRound aria-hidden size={18} />
      {words}
    </span>
  )
}

const Owner = ({ alert }: { readonly alert: LiveAlert }) => {
  const say = useSay()
  const me = useMe()
  const { names } = useSaid()
  if (alert.claimedBy !== null) return <Claimed alert={alert} />
  return (
    <>
      {alert.turnOf !== null && (
        <span className={classes(styles.owner, alert.turnOf === me.name && styles.yours)}>
          <Clock3 aria-hidden size={18} />
          {alert.turnOf === me.name
            ? say(alertsWords.turnOfMe)
            : say(alertsWords.turnOf, { who: names.person(alert.turnOf) })}
        </span>
      )}
      {alert.acknowledgedBy !== null && (
        <span className={styles.owner}>
          <Eye aria-hidden size={18} />
          {say(alertsWords.seenBy, { who: names.person(alert.acknowledgedBy) })}
        </span>
      )}
    </>
  )
}

/** Two wanted it: who came second reads who was first. */
const Fate = ({ alert }: { readonly alert: LiveAlert }) => {
  const say = useSay()
  const me = useMe()
  const { names } = useSaid()
  const life = useAlertLife(alert.id)
  if (life === undefined) return null
  const isLost =
    life.state === 'failed' &&
    life.command.name === 'alert.claim' &&
    alert.claimedBy !== null &&
    alert.claimedBy !== me.name
  if (!isLost) return <Life of={life} />
  return (
    <output className={styles.lost}>
      {say(alertsWords.firstWas, { who: names.person(alert.claimedBy ?? '') })}
    </output>
  )
}

interface ActionProps {
  readonly alert: LiveAlert
  readonly onShelve: (alert: string) => void
}

const useMenu = ({ alert, onShelve }: ActionProps): readonly MenuAction[] => {
  const say = useSay()
  const me = useMe()
  const may = useMay()
  const { acknowledge, resolve } = useAlertCommands()
  const isMine = alert.claimedBy === me.name
  const action = (name: 'acknowledge' | 'resolve' | 'shelve', act: () => void): MenuAction => ({
    id: name,
    text: say(alertsWords[name]),
    icon: { acknowledge: Eye, resolve: CheckCheck, shelve: Clock3 }[name],
    act,
  })
  return [
    ...(alert.acknowledgedBy === null && may('alert.acknowledge') && !isMine
      ? [action('acknowledge', () => acknowledge(alert.id))]
      : []),
    ...(may('alert.resolve') && !isMine ? [action('resolve', () => resolve(alert.id))] : []),
    ...(may('alert.shelve') ? [action('shelve', () => onShelve(alert.id))] : []),
  ]
}

const More = (props: ActionProps) => {
  const say = useSay()
  const menu = useMenu(props)
  if (menu.length === 0) return null
  return (
    <MenuTrigger>
      <IconButton label={say(alertsWords.more)} icon={<Ellipsis aria-hidden />} />
      <ActionMenu label={say(alertsWords.more)} actions={menu} />
    </MenuTrigger>
  )
}

const Actions = ({ alert }: Pick<ActionProps, 'alert'>) => {
  const say = useSay()
  const me = useMe()
  const may = useMay()
  const { claim, release, resolve } = useAlertCommands()
  const isBusy = useIsAlertBusy([alert.id])
  const isMine = alert.claimedBy === me.name
  return (
    <>
      {alert.claimedBy === null && may('alert.claim') && (
        <Button kind="primary" isDisabled={isBusy} onPress={() => claim(alert.id)}>
          {say(alertsWords.claim)}
        </Button>
      )}
      {isMine && may('alert.resolve') && (
        <Button
          kind="primary"
          icon={<CheckCheck aria-hidden size={20} />}
          isDisabled={isBusy}
          onPress={() => resolve(alert.id)}
        >
          {say(alertsWords.resolve)}
        </Button>
      )}
      <StepButtons alert={alert} />
      {isMine && (
        <Button
          kind="quiet"
          icon={<Undo2 aria-hidden size={20} />}
          isDisabled={isBusy}
          onPress={() => release(alert.id)}
        >
          {say(alertsWords.release)}
        </Button>
      )}
    </>
  )
}

export interface AlertCardProps extends ActionProps {
  /** Somebody came here for this one. */
  readonly isWanted: boolean
}

export const AlertCard = ({ alert, isWanted, onShelve }: AlertCardProps) => {
  const said = useSaid()
  const { title, text } = said.alert(alert)
  const tone = alert.claimedBy === null ? styles[alert.priority] : undefined
  const card = useRef<HTMLLIElement>(null)
  // Once: whoever reads on is not brought back by the next change.
  useEffect(() => {
    if (isWanted) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isWanted])
  return (
    <li className={classes(styles.card, tone, isWanted && styles.wanted)} data-alert={alert.id} ref={card}>
      <PriorityMark of={alert.priority} />
      <div className={styles.body}>
        <p className={styles.line}>
          <span className={styles.name}>{title}</span>
          <Ages alerts={[alert]} />
        </p>
        {text !== '' && <p>{text}</p>}
        <p className={styles.line}>
          <Owner alert={alert} />
          <Fate alert={alert} />
        </p>
        <div className={styles.steps}>
          <Actions alert={alert} />
        </div>
      </div>
      <More alert={alert} onShelve={onShelve} />
    </li>
  )
}
