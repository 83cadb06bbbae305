/** The plan in metres: zones and places, dragged by hand or moved by keys, over a grid and, for tracing, a drawing. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { classes } from '../../../ui/classes.ts'
import { useSay } from '../../../ui/words.ts'
import { pathOf, type ZoneShape, zoneShapes } from '../floor/model/geometry.ts'
import styles from './canvas.module.css'
import { Corners } from './corners.tsx'
import { Grid } from './grid.tsx'
import { stepOf } from './keys.ts'
import { addZone, movePlace, moveZone } from './model/edits.ts'
import { rectangle, shifted, snapPoint } from './model/grid.ts'
import type { Picked, Plan, Zone } from './model/plan.ts'
import { PlaceMark } from './place-mark.tsx'
import { TracedImage, type Tracing } from './tracing.tsx'
import { type Grip, useDrag } from './use-drag.ts'
import type { Names } from './use-names.ts'
import type { PlanView } from './use-view.ts'
import { planWords } from './words.ts'

export interface CanvasProps {
  readonly plan: Plan
  readonly names: Names
  readonly view: PlanView
  readonly picked: Picked | undefined
  readonly onPick: (picked: Picked | undefined) => void
  /** undefined: it is only looked at. */
  readonly onEdit: ((next: Plan) => void) | undefined
  /** A rectangle is about to be drawn. */
  readonly draws: boolean
  readonly onDrawn: () => void
  readonly wrong: ReadonlySet<string>
  readonly tracing: Tracing | undefined
}

const shapesOf = (zones: readonly Zone[]) =>
  zoneShapes(zones.map(({ id, area, at }) => ({ id, area: area ?? null, at: at ?? null })))

/** While something is dragged the plan is shown as it would be; it is changed when it is let go. */
const usePreview = ({ plan, onEdit }: CanvasProps) => {
  const [preview, setPreview] = useState<Plan>()
  const latest = useRef<Plan>(undefined)
  const show = (next: Plan | undefined) => {
    latest.current = next
    setPreview(next)
  }
  const gripOf = (at: (way: Point, to: Point) => Plan): Grip => ({
    drag: (way, to) => show(at(way, to)),
    end: () => {
      if (latest.current !== undefined) onEdit?.(latest.current)
      show(undefined)
    },
    cancel: () => show(undefined),
  })
  return { shown: preview ?? plan, gripOf }
}

const useDrawing = ({ plan, onEdit, onPick, onDrawn }: CanvasProps) => {
  const [band, setBand] = useState<readonly [Point, Point]>()
  const latest = useRef<readonly [Point, Point]>(undefined)
  const show = (next: readonly [Point, Point] | undefined) => {
    latest.current = next
    setBand(next)
  }
  const grip = (from: Point): Grip => ({
    drag: (_, to) => show([from, to]),
    end: () => {
      const [a, b] = latest.current ?? [from, from]
      show(undefined)
      if (a.x === b.x || a.y === b.y) return
      const added = addZone(plan, a, b)
      onEdit?.(added.plan)
      onPick({ kind: 'zone', id: added.id })
      onDrawn()
    },
    cancel: () => show(undefined),
  })
  return { band, grip }
}

/** Everything that is drawn, and what may be done with it. */
interface Scene extends CanvasProps {
  /** As it would be while something is dragged. */
  readonly shown: Plan
  readonly gripOf: (at: (way: Point, to: Point) => Plan) => Grip
  readonly drag: ReturnType<typeof useDrag>
}

const isPicked = ({ picked }: Scene, kind: Picked['kind'], id: string) =>
  picked?.kind === kind && picked.id === id

const moveByKey = (event: KeyboardEvent, onEdit: CanvasProps['onEdit'], move: (step: Point) => Plan) => {
  const step = stepOf(event)
  if (step === undefined || onEdit === undefined) return
  event.preventDefault()
  onEdit(move(step))
}

/** Their floors, for fingers and the mouse. Below everything else, so that no zone covers the corners of another. */
const Floors = ({ scene, shapes }: { readonly scene: Scene; readonly shapes: readonly ZoneShape[] }) => {
  const { plan, onPick, onEdit, draws, wrong, drag, gripOf } = scene
  const onDown = (event: PointerEvent<SVGElement>, id: string) => {
    if (draws) return
    const isAgain = isPicked(scene, 'zone', id)
    onPick({ kind: 'zone', id })
    const outline = event.currentTarget.ownerSVGElement?.querySelector<SVGElement>(`[data-zone-key="${id}"]`)
    // Where it is touched it is seen: nothing is scrolled away from under the finger.
    outline?.focus({ preventScroll: true })
    event.preventDefault()
    // With a finger the first touch chooses and may scroll; a mouse takes at once.
    if (onEdit !== undefined && (isAgain || event.pointerType === 'mouse'))
      drag.take(event, () => gripOf((way) => moveZone(plan, id, way)))
  }
  return shapes.map(({ id, corners, isGuess }) => (
    <path
      key={id}
      d={pathOf(corners)}
      className={styles.zone}
      data-picked={isPicked(scene, 'zone', id) || undefined}
      data-wrong={wrong.has(`zone/${id}`) || undefined}
      data-guess={isGuess || undefined}
      onPointerDown={(event) => onDown(event, id)}
    />
  ))
}

/** The same zone for keys and screen readers, with its title. */
const Outline = ({ scene, shape: { id, corners } }: { readonly scene: Scene; readonly shape: ZoneShape }) => {
  const { plan, names, view, onPick, onEdit } = scene
  const say = useSay()
  const { k } = view
  const x = Math.min(...corners.map((corner) => corner.x))
  const y = Math.min(...corners.map((corner) => corner.y))
  const pick = () => onPick({ kind: 'zone', id })
  return (
    <>
      <path
        d={pathOf(corners)}
        className={styles.outline}
        data-zone-key={id}
        tabIndex={0}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no such element
        role="button"
        aria-pressed={isPicked(scene, 'zone', id)}
        aria-label={say(planWords.zoneAt, { zone: names.zone(id), x, y })}
        onFocus={pick}
        onClick={pick}
        onKeyDown={(event) => moveByKey(event, onEdit, (step) => moveZone(plan, id, step))}
      />
      <text className={styles.name} x={x + 12 / k} y={y + 26 / k} fontSize={16 / k} aria-hidden>
        {names.zone(id)}
      </text>
    </>
  )
}

const Zones = (scene: Scene) => {
  const { shown, plan, names, view, onEdit, draws, drag, gripOf } = scene
  const shapes = shapesOf(shown.zones)
  return (
    <>
      <Floors scene={scene} shapes={shapes} />
      {shapes.map((shape) => (
        <g key={shape.id}>
          <Outline scene={scene} shape={shape} />
          {isPicked(scene, 'zone', shape.id) && !shape.isGuess && onEdit !== undefined && !draws && (
            <Corners
              id={shape.id}
              name={names.zone(shape.id)}
              corners={shape.corners}
              plan={plan}
              k={view.k}
              onEdit={onEdit}
              onTake={(event, at) => drag.take(event, () => gripOf(at))}
            />
          )}
        </g>
      ))}
    </>
  )
}

const Places = (scene: Scene) => {
  const { shown, plan, view, wrong, onPick, onEdit, draws, drag, gripOf } = scene
  return shown.places.map((place) => (
    <PlaceMark
      key={place.id}
      place={place}
      k={view.k}
      isPicked={isPicked(scene, 'place', place.id)}
      isWrong={wrong.has(`place/${place.id}`)}
      isClear={shown.zones.some(({ id, keepClear }) => id === place.zone && keepClear.includes(place.id))}
      onPick={() => onPick({ kind: 'place', id: place.id })}
      onKeyDown={(event, at) =>
        moveByKey(event, onEdit, (step) => movePlace(plan, place.id, shifted(at, step)))
      }
      onTake={(event, at) => {
        if (onEdit === undefined || draws) return
        drag.take(event, () =>
          gripOf((way) => movePlace(plan, place.id, snapPoint({ x: at.x + way.x, y: at.y + way.y }))),
        )
      }}
    />
  ))
}

export const Canvas = (props: CanvasProps) => {
  const { view, onPick, draws, tracing } = props
  const say = useSay()
  const preview = usePreview(props)
  const drawing = useDrawing(props)
  const surface = useRef<SVGSVGElement>(null)
  const drag = useDrag(view, surface)
  const scene: Scene = { ...props, ...preview, drag }
  const { box, k } = view
  return (
    <svg
      ref={surface}
      className={classes(styles.svg, draws && styles.draws, drag.isDragging && styles.dragging)}
      width={(box.right - box.left) * k}
      height={(box.bottom - box.top) * k}
      viewBox={`${box.left} ${box.top} ${box.right - box.left} ${box.bottom - box.top}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no such element
      role="group"
      aria-label={say(planWords.canvas)}
      onPointerDown={(event) => {
        if (draws) drag.take(event, drawing.grip)
        else if (event.target === event.currentTarget) onPick(undefined)
      }}
      onPointerMove={drag.move}
      onPointerUp={drag.up}
      onPointerCancel={drag.lose}
    >
      {tracing !== undefined && <TracedImage tracing={tracing} />}
      <Grid box={box} k={k} />
      <Zones {...scene} />
      <Places {...scene} />
      {drawing.band !== undefined && <path className={styles.band} d={pathOf(rectangle(...drawing.band))} />}
    </svg>
  )
}
