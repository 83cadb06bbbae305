/** Doors and chargers: what helps to read the plan. Other places are only where something stands. */
import { DoorOpen, PlugZap } from 'lucide-react'
import { memo } from 'react'
import type { LiveRow } from '#protocol/desk/live/tables.ts'
import { useSay } from '../../../../ui/words.ts'
import { floorWords } from '../words.ts'
import styles from './plan.module.css'
import type { Stage } from './stage.ts'
import { useMark } from './use-mark.ts'

const shown = {
  door: { Icon: DoorOpen, words: floorWords.door },
  charger: { Icon: PlugZap, words: floorWords.charger },
} as const

export const isShownPlace = (
  place: LiveRow<'places'>,
): place is LiveRow<'places'> & { kind: keyof typeof shown; at: NonNullable<LiveRow<'places'>['at']> } =>
  place.at !== null && place.kind in shown

interface PlaceMarkProps {
  readonly stage: Stage
  readonly id: string
  readonly kind: keyof typeof shown
  readonly x: number
  readonly y: number
}

export const PlaceMark = memo(({ stage, id, kind, x, y }: PlaceMarkProps) => {
  const say = useSay()
  const ref = useMark(stage, `place/${id}`, { x, y })
  const { Icon, words } = shown[kind]
  return (
    <g
      ref={ref}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no such element
      role="img"
      aria-label={say(words)}
      className={styles.place}
    >
      <Icon x={-9} y={-9} width={18} height={18} aria-hidden />
    </g>
  )
})
