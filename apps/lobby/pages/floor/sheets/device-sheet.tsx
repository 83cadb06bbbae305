/** One device: how it is, since when and why, what it does, and what can be done with it. */
import { Hand, RotateCw, ScanEye, Undo2, Wrench } from 'lucide-react'
import type { LiveDevice } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { remoteCapability } from '#protocol/remote.ts'
import { useFormat } from '../../../../ui/format.ts'
import { healthWords, linkWords, willingWords } from '../../../../ui/state-words.ts'
import { useSay, useTitle } from '../../../../ui/words.ts'
import { useHubWords } from '../../../live/hub-words.ts'
import { useNow, useRow } from '../../../live/use-live.ts'
import { useNames } from '../../../said/use-said.ts'
import { WhyButton } from '../../../why/why-button.tsx'
import { Act, type Way } from './act.tsx'
import { Asks, isAskKind } from './asks.tsx'
import { Fact, Facts, Part } from './facts.tsx'
import { Gone } from './gone.tsx'
import styles from './sheets.module.css'
import { Sign, type SignKind } from './sign.tsx'
import { TaskLine } from './task-line.tsx'
import { sheetWords } from './words.ts'

interface OfDevice {
  readonly device: LiveDevice
}

const healthSigns = {
  ok: 'check',
  degraded: 'triangle',
  faulted: 'cross',
  updating: 'arrows',
} as const satisfies Record<LiveDevice['health'], SignKind>
const linkSigns = {
  online: 'full',
  offline: 'ring',
  lost: 'dashed',
  unknown: 'dashed',
} as const satisfies Record<LiveDevice['link'], SignKind>
const healthTones = { ok: 'good', degraded: 'high', faulted: 'urgent', updating: 'normal' } as const
const linkTones = { online: 'good', offline: 'high', lost: 'urgent', unknown: 'soft' } as const

const Standing = ({ device }: OfDevice) => {
  const say = useSay()
  const words = useHubWords()
  const now = useNow()
  const { person } = useNames()
  const { clock, duration } = useFormat()
  const forTime = (at: number) => say(sheetWords.forTime, { time: duration(now - at) })
  const { link, linkAt, health, healthAt, healthReasons, willingness, willingnessBy, heldUntil } = device
  const isKnown = link === 'online'
  const until =
    heldUntil === null ? say(sheetWords.untilReleased) : say(sheetWords.until, { at: clock(heldUntil) })
  return (
    <>
      <Fact of={sheetWords.link}>
        <Sign kind={linkSigns[link]} tone={linkTones[link]} />
        {say(linkWords[link])}
        <span className={styles.soft}>{forTime(linkAt)}</span>
      </Fact>
      <Fact of={sheetWords.health}>
        <Sign kind={healthSigns[health]} tone={isKnown ? healthTones[health] : 'soft'} />
        <span className={isKnown ? undefined : styles.soft}>{say(healthWords[health])}</span>
        <span className={styles.soft}>{forTime(healthAt)}</span>
        {healthReasons.map((code) => (
          <span key={code} className={styles.reason}>
            {words.reason({ code })}
          </span>
        ))}
      </Fact>
      <Fact of={sheetWords.willingness}>
        {willingness !== 'open' && <Sign kind={willingness === 'held' ? 'hand' : 'bar'} tone="normal" />}
        {say(willingWords[willingness], { who: willingnessBy === null ? '' : person(willingnessBy) })}
        {willingness === 'held' && <span className={styles.soft}>{until}</span>}
      </Fact>
    </>
  )
}

const Movement = ({ device: { blockedSince, inKeepClearSince } }: OfDevice) => {
  const say = useSay()
  const now = useNow()
  const { duration } = useFormat()
  if (blockedSince === null && inKeepClearSince === null) return null
  return (
    <Fact of={sheetWords.blocked}>
      <Sign kind="triangle" tone={inKeepClearSince === null ? 'high' : 'urgent'} />
      {inKeepClearSince === null
        ? say(sheetWords.blockedFor, { time: duration(now - (blockedSince ?? now)) })
        : say(sheetWords.keepClearFor, { time: duration(now - inKeepClearSince) })}
    </Fact>
  )
}

const Session = ({ device: { session } }: OfDevice) => {
  const say = useSay()
  const now = useNow()
  const { duration } = useFormat()
  const titleOf = useTitle()
  const service = useRow('services', session?.service)
  if (session === null) return null
  const parts = [
    say(sheetWords.sessionFor, { time: duration(now - session.since) }),
    session.ticket === null ? '' : say(sheetWords.ticket, { ticket: session.ticket }),
    service === undefined ? '' : titleOf(service.title, service.id),
  ]
  return <Fact of={sheetWords.session}>{parts.filter((part) => part !== '').join(' · ')}</Fact>
}

const Rest = ({ device }: OfDevice) => {
  const say = useSay()
  const names = useNames()
  const { percent } = useFormat()
  const { battery, zone, firmware } = device
  const version = firmware?.version ?? ''
  return (
    <>
      {battery !== null && (
        <Fact of={sheetWords.battery}>
          {battery.charging
            ? say(sheetWords.charging, { share: percent(battery.percent / 100) })
            : percent(battery.percent / 100)}
        </Fact>
      )}
      {zone !== null && <Fact of={sheetWords.where}>{names.of('zone', zone)}</Fact>}
      {(firmware?.standing === 'probation' || firmware?.standing === 'declined') && (
        <Fact of={sheetWords.firmware}>{say(sheetWords[firmware.standing], { version })}</Fact>
      )}
    </>
  )
}

const holdMs = 15 * 60_000

const useWays = ({ id, willingness }: LiveDevice): { hold: readonly Way[]; service: readonly Way[] } => {
  const say = useSay()
  const hand = <Hand aria-hidden size={20} />
  const release: Way = {
    id: 'release',
    text: say(willingness === 'held' ? sheetWords.release : sheetWords.backInService),
    icon: <Undo2 aria-hidden size={20} />,
    command: { name: 'device.release', params: { device: id } },
  }
  const hold = (forMs: number | null): Way => ({
    id: forMs === null ? 'hold' : 'hold15',
    text: say(forMs === null ? sheetWords.hold : sheetWords.hold15),
    icon: hand,
    command: { name: 'device.hold', params: { device: id, forMs } },
  })
  const out: Way = {
    id: 'out',
    text: say(sheetWords.outOfService),
    icon: <Wrench aria-hidden size={20} />,
    command: { name: 'device.out-of-service', params: { device: id } },
  }
  return {
    hold: willingness === 'open' ? [hold(holdMs), hold(null)] : willingness === 'held' ? [release] : [],
    service: willingness === 'out-of-service' ? [release] : [out],
  }
}

/** What it can do to itself, of which somebody who stands before it sees the effect. */
const useRemoteWays = ({ id, capabilities }: LiveDevice): readonly Way[] => {
  const say = useSay()
  const asked = { what: 'remote', member: id } as const
  const identify: Way = {
    id: 'identify',
    text: say(sheetWords.identify),
    icon: <ScanEye aria-hidden size={20} />,
    command: { name: 'ask', params: { ...asked, action: 'identify' } },
  }
  const reload: Way = {
    id: 'reload',
    text: say(sheetWords.reload),
    icon: <RotateCw aria-hidden size={20} />,
    command: { name: 'ask', params: { ...asked, action: 'reload', anyway: true } },
  }
  return [
    ...(capabilities.includes(remoteCapability('identify')) ? [identify] : []),
    ...(capabilities.includes(remoteCapability('reload')) ? [reload] : []),
  ]
}

export interface DeviceSheetProps {
  readonly id: string
  readonly task: LiveTask | undefined
}

export const DeviceSheet = ({ id, task }: DeviceSheetProps) => {
  const device = useRow('devices', id)
  if (device === undefined) return <Gone />
  return <Known device={device} task={task} />
}

const Known = ({ device, task }: OfDevice & { readonly task: LiveTask | undefined }) => {
  const say = useSay()
  const { hold, service } = useWays(device)
  const remote = useRemoteWays(device)
  return (
    <div className={styles.sheet}>
      <Facts>
        <Standing device={device} />
        <Movement device={device} />
        <Session device={device} />
        <Rest device={device} />
        <Fact of={sheetWords.task}>
          {task === undefined ? (
            <span className={styles.soft}>{say(sheetWords.idle)}</span>
          ) : (
            <TaskLine task={task} namesMember={false} />
          )}
        </Fact>
      </Facts>
      <Part title={sheetWords.actions}>
        <Act ways={hold} />
        <Asks
          about={{ member: device.id, ...(device.zone !== null && { zone: device.zone }) }}
          can={device.capabilities.filter(isAskKind)}
        />
        <Act ways={remote} />
        <Act ways={service} />
        <div className={styles.ways}>
          <WhyButton about={{ device: device.id }} kind="quiet" />
        </div>
      </Part>
    </div>
  )
}
