/**
 * A device on the plan. Its link is a dot, a ring or a broken ring; its health a triangle or a cross when it is not well;
 * a hand says that a person has it; it is filled while it has work. Whatever wants somebody is also said below it.
 */
import { memo } from 'react'
import type { LiveDevice } from '#protocol/desk/live/lobby-rows.ts'
import { classes } from '../../../../ui/classes.ts'
import type { DeviceSaid } from '../device-said.ts'
import { kindIcons } from '../kind-icons.ts'
import type { Standing } from '../model/standing.ts'
import styles from './plan.module.css'
import type { Stage } from './stage.ts'
import { useMark } from './use-mark.ts'
import { between } from './zone-title.tsx'

const badges = {
  degraded: 'M0-5.5 6 5H-6Z',
  faulted: 'M-4-4 4 4M4-4-4 4',
  updating: 'M4 0a4 4 0 1 1-1.2-2.9M4-5v3h-3',
  hand: 'M-2.6.4v-3.1a.9.9 0 0 1 1.8 0v2.5-3.7a.9.9 0 0 1 1.8 0v3.7-3a.9.9 0 0 1 1.8 0v4.6a3.6 3.6 0 0 1-6.3 2.2l-1.7-2.2a.9.9 0 0 1 1.4-1.1l1.2 1',
  bar: 'M-4 0H4',
} as const

const Badge = ({ at, kind, tone }: { at: string; kind: keyof typeof badges; tone: string }) => (
  <g transform={at} className={styles.badge} data-tone={tone}>
    <circle r={8.5} />
    <path d={badges[kind]} />
  </g>
)

const healthTones = { degraded: 'high', faulted: 'urgent', updating: 'normal' } as const

export interface DeviceMarkProps {
  readonly stage: Stage
  readonly device: LiveDevice
  readonly said: Pick<DeviceSaid, 'title' | 'short' | 'tone' | 'label'>
  readonly standing: Standing
  readonly isBusy: boolean
  readonly isSelected: boolean
}

const isSameMark = (a: DeviceMarkProps, b: DeviceMarkProps) =>
  a.stage === b.stage &&
  a.isBusy === b.isBusy &&
  a.isSelected === b.isSelected &&
  a.said.label === b.said.label &&
  a.said.short === b.said.short &&
  a.said.tone === b.said.tone &&
  a.device.link === b.device.link &&
  a.device.health === b.device.health &&
  a.device.willingness === b.device.willingness &&
  a.standing.x === b.standing.x &&
  a.standing.y === b.standing.y &&
  a.standing.theta === b.standing.theta

/** What is drawn, around the point where it stands. */
const Sign = ({ device, said, standing }: DeviceMarkProps) => {
  const Icon = kindIcons[device.kind]
  const { health, link, willingness } = device
  return (
    <>
      <circle className={styles.target} r={24} />
      <g className={styles.body}>
        {standing.theta !== null && (
          <path
            className={styles.heading}
            d="M19-6 27 0 19 6Z"
            transform={`rotate(${(standing.theta * 180) / Math.PI})`}
          />
        )}
        <rect className={styles.plate} x={-18} y={-18} width={36} height={36} rx={10} />
        <g className={styles.link}>
          <circle className={styles.linkEdge} cx={16} cy={16} r={7} />
          <circle cx={16} cy={16} r={4} />
        </g>
        <Icon className={styles.icon} x={-11} y={-11} width={22} height={22} aria-hidden />
        {link === 'online' && health !== 'ok' && (
          <Badge at="translate(16 -16)" kind={health} tone={healthTones[health]} />
        )}
        {willingness !== 'open' && (
          <Badge at="translate(-16 16)" kind={willingness === 'held' ? 'hand' : 'bar'} tone="normal" />
        )}
      </g>
      <g className={styles.label}>
        <text className={styles.name}>{said.title}</text>
        {between}
        {said.short !== '' && (
          <text className={styles.state} y={17}>
            {said.short}
          </text>
        )}
      </g>
    </>
  )
}

/** A button for whoever hears the page: SVG has no element of its own for that. */
const attributesOf = ({ device, said, isBusy, isSelected }: DeviceMarkProps) => ({
  role: 'button',
  tabIndex: 0,
  'aria-label': said.label,
  'data-device': device.id,
  'data-link': device.link,
  'data-tone': said.tone,
  'data-busy': isBusy || undefined,
  'data-selected': isSelected || undefined,
  'data-out': device.willingness === 'out-of-service' || undefined,
})

/** One that stands still: drawn with all the others of its layer. */
export const StillMark = memo((props: DeviceMarkProps) => {
  const ref = useMark(props.stage, props.device.id, props.standing)
  return (
    <g ref={ref} className={styles.device} {...attributesOf(props)}>
      <Sign {...props} />
    </g>
  )
}, isSameMark)

/** One that walks about is a picture of its own: drawn once, it is only put elsewhere. */
export const MovingMark = memo((props: DeviceMarkProps) => {
  const ref = useMark<SVGSVGElement>(props.stage, props.device.id, props.standing)
  return (
    <svg
      ref={ref}
      viewBox="-24 -24 48 48"
      className={classes(styles.device, styles.mover)}
      {...attributesOf(props)}
    >
      <Sign {...props} />
    </svg>
  )
}, isSameMark)
