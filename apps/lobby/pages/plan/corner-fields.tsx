/** The corners of a zone as numbers, with one more or one less. */
import { CornerDownRight, X } from 'lucide-react'
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useSay } from '../../../ui/words.ts'
import { Metres } from './metres.tsx'
import { addCorner, moveCorner, removeCorner } from './model/edits.ts'
import type { Zone } from './model/plan.ts'
import styles from './panel.module.css'
import type { FieldsProps } from './things.ts'
import { planWords } from './words.ts'

type CornerProps = FieldsProps & { readonly zone: Zone; readonly area: readonly Point[] }

const leastCorners = 3
const mostCorners = 64

export const CornerFields = ({ zone, area, plan, onEdit }: CornerProps) => {
  const say = useSay()
  return (
    <ol className={styles.corners}>
      {area.map(({ x, y }, index) => {
        const nth = index + 1
        const what = say(planWords.corner, { nth })
        const move = (to: Point) => onEdit(moveCorner(plan, { id: zone.id, nth: index }, to))
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a corner is known by its number
          <li key={index} className={styles.cornerRow}>
            <Metres label={say(planWords.x, { what })} value={x} onChange={(next) => move({ x: next, y })} />
            <Metres label={say(planWords.y, { what })} value={y} onChange={(next) => move({ x, y: next })} />
            <IconButton
              label={say(planWords.addCorner, { nth })}
              icon={<CornerDownRight aria-hidden />}
              isDisabled={area.length >= mostCorners}
              onPress={() => onEdit(addCorner(plan, zone.id, index))}
            />
            <IconButton
              label={say(planWords.removeCorner, { nth })}
              icon={<X aria-hidden />}
              isDisabled={area.length <= leastCorners}
              onPress={() => onEdit(removeCorner(plan, zone.id, index))}
            />
          </li>
        )
      })}
    </ol>
  )
}
