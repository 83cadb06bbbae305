/** What holds for the whole page: said above it for as long as it holds, with who, since when, and the way out. */
import { CloudOff, LogOut, OctagonX, Pause, Siren } from 'lucide-react'
import { type ReactNode, useSyncExternalStore } from 'react'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import { useLive } from '../live/context.ts'
import { useLives, useMay, useSend } from '../live/use-commands.ts'
import { useBranch, useConnection } from '../live/use-live.ts'
import { useNames } from '../said/use-said.ts'
import styles from './banners.module.css'
import { useDataAge } from './link-state.tsx'
import { frameWords } from './words.ts'

interface BannerProps {
  readonly tone: 'urgent' | 'high' | 'plain'
  readonly icon: ReactNode
  readonly title: string
  readonly text?: string | undefined
  readonly action?: ReactNode
}

const Banner = ({ tone, icon, title, text, action }: BannerProps) => (
  <div className={classes(styles.banner, styles[tone])} role={tone === 'urgent' ? 'alert' : 'status'}>
    {icon}
    <p className={styles.words}>
      <strong>{title}</strong>
      {text !== undefined && <span>{text}</span>}
    </p>
    {action}
  </div>
)

const Stopped = () => {
  const say = useSay()
  const format = useFormat()
  const { person } = useNames()
  const branch = useBranch()
  const may = useMay()
  const send = useSend()
  const isWaiting =
    useLives(({ command, state }) => command.name === 'stop-movement' && state === 'queued').length > 0
  const { state } = useConnection()
  if (branch?.stopped != null) {
    const { by, at } = branch.stopped
    return (
      <Banner
        tone="urgent"
        icon={<OctagonX aria-hidden />}
        title={say(frameWords.stopped)}
        text={say(frameWords.pausedBy, { who: person(by), at: format.clock(at) })}
        action={
          may('allow-movement') && (
            <Button onPress={() => send({ name: 'allow-movement', params: {} })}>
              {say(frameWords.allowMovement)}
            </Button>
          )
        }
      />
    )
  }
  if (!isWaiting || state === 'live') return null
  return <Banner tone="urgent" icon={<OctagonX aria-hidden />} title={say(frameWords.stopWaiting)} />
}

const Emergency = () => {
  const say = useSay()
  const branch = useBranch()
  const may = useMay()
  const send = useSend()
  if (branch?.mode !== 'emergency') return null
  return (
    <Banner
      tone="urgent"
      icon={<Siren aria-hidden />}
      title={say(frameWords.emergency)}
      text={say(frameWords.emergencyText)}
      action={
        may('end-emergency') && (
          <Button onPress={() => send({ name: 'end-emergency', params: {} })}>
            {say(frameWords.endEmergency)}
          </Button>
        )
      }
    />
  )
}

const Paused = () => {
  const say = useSay()
  const format = useFormat()
  const { person } = useNames()
  const branch = useBranch()
  const may = useMay()
  const send = useSend()
  if (branch?.paused == null) return null
  const { by, at, until } = branch.paused
  return (
    <Banner
      tone="high"
      icon={<Pause aria-hidden />}
      title={
        until === null
          ? say(frameWords.pausedOpen)
          : say(frameWords.pausedUntil, { until: format.clock(until) })
      }
      text={say(frameWords.pausedBy, { who: person(by), at: format.clock(at) })}
      action={
        may('resume') && (
          <Button onPress={() => send({ name: 'resume', params: {} })}>{say(frameWords.resume)}</Button>
        )
      }
    />
  )
}

const Offline = () => {
  const say = useSay()
  const format = useFormat()
  const { state } = useConnection()
  const age = useDataAge()
  const waiting = useLives((life) => life.state === 'queued' || life.state === 'sent').length
  if (state !== 'offline') return null
  const text =
    age === undefined
      ? say(frameWords.offlineNoData)
      : say(frameWords.offlineText, { age: format.duration(age) })
  return (
    <Banner
      tone="plain"
      icon={<CloudOff aria-hidden />}
      title={say(frameWords.offlineTitle)}
      text={waiting === 0 ? text : `${text} ${say(frameWords.waitingCount, { count: waiting })}`}
    />
  )
}

/** A touch anywhere keeps it; the button is for who reads first. */
const SessionEnding = () => {
  const say = useSay()
  const format = useFormat()
  const { session } = useLive()
  const end = useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => session.get(),
  )
  if (end === undefined) return null
  const isIdle = end.why === 'idle'
  return (
    <Banner
      tone="high"
      icon={<LogOut aria-hidden />}
      title={say(frameWords.sessionEnds, { at: format.clock(end.at) })}
      text={isIdle ? undefined : say(frameWords.sessionOfDay)}
      action={isIdle && <Button onPress={() => session.touched()}>{say(frameWords.staySignedIn)}</Button>}
    />
  )
}

export const Banners = () => (
  <div className={styles.banners}>
    <Emergency />
    <Stopped />
    <Paused />
    <Offline />
    <SessionEnding />
  </div>
)
