/** The plan of the branch: its ground, who walks on it, and what stands in it, from below to above. */
import { memo, type ReactNode, type RefObject, useEffect, useId, useMemo, useRef } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveRow } from '#protocol/desk/live/tables.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { useSay } from '../../../../ui/words.ts'
import { useNow, useTable } from '../../../live/use-live.ts'
import { useDeviceSaid } from '../device-said.ts'
import { crowdOf } from '../model/crowd.ts'
import { type Box, boxAround, titleCorner } from '../model/geometry.ts'
import { heldRank, saidRank, troubleRank } from '../model/labels.ts'
import { rankOf } from '../model/trouble.ts'
import type { Pick as Picked } from '../pick.ts'
import { useSame } from '../use-same.ts'
import { floorWords } from '../words.ts'
import { CounterMark } from './counter-mark.tsx'
import { MovingMark, StillMark } from './device-mark.tsx'
import { Ground } from './ground.tsx'
import { HeatLayer } from './heat-layer.tsx'
import { isShownPlace, PlaceMark } from './place-mark.tsx'
import styles from './plan.module.css'
import { type Stage, wholePixels } from './stage.ts'
import { useLabels } from './use-labels.ts'
import { useMotion } from './use-motion.ts'
import { usePicking } from './use-picking.ts'
import type { Plan } from './use-plan.ts'
import type { StageHandle } from './use-stage.ts'
import { ZoneTitle } from './zone-title.tsx'

interface PartProps {
  readonly stage: Stage
  readonly plan: Plan
}

const highOf = (corners: readonly Point[]) => {
  const box = boxAround(corners)
  return box === undefined ? 0 : box.bottom - box.top
}

/** Counts grow old with the clock, so that this alone is looked at each second. */
const ZoneTitles = memo(({ stage, plan }: PartProps) => {
  const zones = useTable('zones')
  const visits = useTable('visits')
  const now = useNow()
  return plan.shapes.map(({ id, corners }) => {
    const zone = zones.find((one) => one.id === id)
    if (zone === undefined) return null
    return (
      <ZoneTitle
        key={id}
        stage={stage}
        zone={zone}
        at={titleCorner(corners)}
        high={highOf(corners)}
        crowd={crowdOf(zone, visits, now)}
      />
    )
  })
})

const Fixtures = memo(({ stage, plan }: PartProps) => {
  const places = useTable('places')
  const counters = useTable('counters')
  return (
    <>
      {places.filter(isShownPlace).map(({ id, kind, at }) => (
        <PlaceMark key={id} stage={stage} id={id} kind={kind} x={at.x} y={at.y} />
      ))}
      {counters.map((counter) => {
        const at = plan.counters.get(counter.id)
        return at && <CounterMark key={counter.id} stage={stage} counter={counter} at={at} />
      })}
    </>
  )
})

/** Trouble and a person's hand first; then whatever there is to say; of mere names those that walk about. */
const nameRank = (device: LiveRow<'devices'>, short: string) => {
  if (rankOf(device) < troubleRank) return rankOf(device)
  if (device.willingness === 'held') return heldRank
  if (short !== '') return saidRank
  return isMover(device) ? 3.5 : 4
}

interface LayerProps {
  readonly stage: Stage
  readonly className: string | undefined
  /** In metres; otherwise in pixels from where the plan begins. */
  readonly isScaled?: boolean
  readonly children: ReactNode
}

const Layer = ({ stage, className, isScaled = false, children }: LayerProps) => {
  const group = useRef<SVGGElement>(null)
  useEffect(
    () =>
      stage.onView(({ k, x, y }) =>
        group.current?.setAttribute('transform', `translate(${x} ${y})${isScaled ? ` scale(${k})` : ''}`),
      ),
    [stage, isScaled],
  )
  return (
    <svg className={className} aria-hidden={isScaled || undefined}>
      <g ref={group}>{children}</g>
    </svg>
  )
}

/** What of it moves is drawn by itself. */
const MoverLayer = ({ stage, children }: Pick<LayerProps, 'stage' | 'children'>) => {
  const group = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      stage.onView(({ x, y }) => {
        if (group.current !== null)
          group.current.style.transform = `translate(${wholePixels(x)}px, ${wholePixels(y)}px)`
      }),
    [stage],
  )
  return (
    <div className={styles.movers}>
      <div ref={group}>{children}</div>
    </div>
  )
}

const isMover = ({ kind }: LiveRow<'devices'>) => kind === 'robot'

interface DevicesProps extends PartProps {
  readonly work: ReadonlyMap<string, LiveTask>
  readonly selected: string | undefined
  readonly element: RefObject<HTMLElement | null>
}

const Devices = memo(({ stage, plan, work, selected, element }: DevicesProps) => {
  const devices = useTable('devices')
  const said = useDeviceSaid()
  const named = useSame(
    devices.map((device) => {
      const { title, short } = said(device, work.get(device.id))
      return { id: device.id, title, short, rank: nameRank(device, short), isMover: isMover(device) }
    }),
  )
  useLabels(element, stage, named)
  const markOf = (device: LiveRow<'devices'>) => {
    const standing = plan.standings.get(device.id)
    if (standing === undefined) return null
    const task = work.get(device.id)
    const Mark = isMover(device) ? MovingMark : StillMark
    return (
      <Mark
        key={device.id}
        stage={stage}
        device={device}
        said={said(device, task)}
        standing={standing}
        isBusy={task !== undefined}
        isSelected={selected === device.id}
      />
    )
  }
  return (
    <>
      <Layer stage={stage} className={styles.marks}>
        <Fixtures stage={stage} plan={plan} />
        {devices.filter((device) => !isMover(device)).map(markOf)}
      </Layer>
      <MoverLayer stage={stage}>{devices.filter(isMover).map(markOf)}</MoverLayer>
    </>
  )
})

const useFull = () => {
  const zones = useTable('zones')
  const visits = useTable('visits')
  const now = useNow()
  const full = zones.filter((zone) => crowdOf(zone, visits, now).level === 'full').map(({ id }) => id)
  const key = full.join(' ')
  return useMemo(() => new Set(key.split(' ')), [key])
}

const PlanGround = memo(({ plan, selected }: { plan: Plan; selected: string | undefined }) => {
  const zones = useTable('zones')
  const full = useFull()
  const staffOnly = useMemo(
    () => new Set(zones.filter((zone) => zone.staffOnly).map(({ id }) => id)),
    [zones],
  )
  return <Ground shapes={plan.shapes} staffOnly={staffOnly} full={full} selected={selected} />
})

export interface PlanMapProps {
  readonly plan: Plan
  readonly box: Box
  readonly handle: StageHandle
  /** The window itself. */
  readonly element: RefObject<HTMLElement | null>
  readonly work: ReadonlyMap<string, LiveTask>
  readonly showsHeat: boolean
  readonly selected: Picked | undefined
  readonly onPick: (pick: Picked) => void
}

export const PlanMap = ({ plan, box, handle, element, work, showsHeat, selected, onPick }: PlanMapProps) => {
  const say = useSay()
  const { stage } = handle
  const { motion, ref, canvas } = useMotion(stage, plan)
  usePicking({ handle, element, motion: ref, onPick })
  const hint = useId()
  const idOf = (kind: Picked['kind']) => (selected?.kind === kind ? selected.id : undefined)
  return (
    <section
      ref={element}
      className={styles.stage}
      aria-label={say(floorWords.plan)}
      aria-describedby={hint}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keys that move it need a place to go
      tabIndex={0}
    >
      <p id={hint} hidden>
        {say(floorWords.keys)}
      </p>
      <Layer stage={stage} className={styles.layer} isScaled>
        <PlanGround plan={plan} selected={idOf('zone')} />
      </Layer>
      {showsHeat && motion !== undefined && <HeatLayer stage={stage} box={box} motion={motion} />}
      <canvas ref={canvas} className={styles.people} aria-hidden="true" />
      <Layer stage={stage} className={styles.titles}>
        <ZoneTitles stage={stage} plan={plan} />
      </Layer>
      <Devices stage={stage} plan={plan} work={work} selected={idOf('device')} element={element} />
    </section>
  )
}
