/** Everything about one zone, to type and to choose. */
import { Plus, Trash2 } from 'lucide-react'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { useSay } from '../../../ui/words.ts'
import { boxAround } from '../floor/model/geometry.ts'
import { CornerFields } from './corner-fields.tsx'
import { Metres } from './metres.tsx'
import { addPlace, moveZone, removeZone, renameZone, setCorners, setTitle, setZone } from './model/edits.ts'
import { exact, rectangle, snapPoint } from './model/grid.ts'
import type { Zone } from './model/plan.ts'
import { NameField } from './name-field.tsx'
import styles from './panel.module.css'
import type { FieldsProps } from './things.ts'
import { planWords } from './words.ts'
import { ZoneRules } from './zone-rules.tsx'

type ZoneProps = FieldsProps & { readonly zone: Zone }

/** Where it begins and how far it goes; what it holds is stretched with it. */
const Extent = ({ zone, plan, onEdit, isDisabled }: ZoneProps) => {
  const say = useSay()
  const box = boxAround(zone.area ?? [])
  if (zone.area === undefined || box === undefined) {
    const { x, y } = snapPoint(zone.at ?? { x: 2, y: 2 })
    const around = rectangle({ x: x - 2, y: y - 2 }, { x: x + 2, y: y + 2 })
    return (
      <Button isDisabled={isDisabled} onPress={() => onEdit(setCorners(plan, zone.id, around))}>
        {say(planWords.giveOutline)}
      </Button>
    )
  }
  const { area } = zone
  const size = { x: box.right - box.left, y: box.bottom - box.top }
  const stretch = (to: { readonly x: number; readonly y: number }) =>
    onEdit(
      setCorners(
        plan,
        zone.id,
        area.map(({ x, y }) => ({
          x: exact(box.left + ((x - box.left) * to.x) / Math.max(size.x, 0.01)),
          y: exact(box.top + ((y - box.top) * to.y) / Math.max(size.y, 0.01)),
        })),
      ),
    )
  const move = (x: number, y: number) => onEdit(moveZone(plan, zone.id, { x: exact(x), y: exact(y) }))
  return (
    <div className={styles.pairs}>
      <Metres
        isDisabled={isDisabled}
        label={say(planWords.left)}
        value={box.left}
        onChange={(x) => move(x - box.left, 0)}
      />
      <Metres
        isDisabled={isDisabled}
        label={say(planWords.top)}
        value={box.top}
        onChange={(y) => move(0, y - box.top)}
      />
      <Metres
        isDisabled={isDisabled}
        label={say(planWords.wide)}
        value={exact(size.x)}
        min={0.1}
        onChange={(x) => stretch({ ...size, x })}
      />
      <Metres
        isDisabled={isDisabled}
        label={say(planWords.high)}
        value={exact(size.y)}
        min={0.1}
        onChange={(y) => stretch({ ...size, y })}
      />
    </div>
  )
}

const Words = ({ zone, plan, onEdit, isDisabled }: ZoneProps) => {
  const say = useSay()
  const title = zone.title as Readonly<Record<string, string>>
  const set = (language: string, words: string) =>
    onEdit(
      setZone(plan, zone.id, (one) => setTitle(one, language, words)),
      `title/${zone.id}/${language}`,
    )
  if (isDisabled) return null
  return (
    <>
      <Field
        label={say(planWords.titleZh)}
        value={title['zh'] ?? ''}
        maxLength={80}
        onChange={(words) => set('zh', words)}
      />
      <Field
        label={say(planWords.titleEn)}
        value={title['en'] ?? ''}
        maxLength={80}
        onChange={(words) => set('en', words)}
      />
    </>
  )
}

export const ZoneFields = (props: ZoneProps) => {
  const { zone, plan, base, onEdit, onPick, isDisabled } = props
  const say = useSay()
  const isNew = !base.zones.some(({ id }) => id === zone.id)
  return (
    <>
      {isNew && (
        <NameField
          id={zone.id}
          taken={plan.zones.map(({ id }) => id)}
          onRename={(id) => {
            onEdit(renameZone(plan, zone.id, id), 'rename')
            onPick({ kind: 'zone', id })
          }}
        />
      )}
      <Words {...props} />
      <ZoneRules {...props} />
      <h3>{say(planWords.outline)}</h3>
      <Extent {...props} />
      {!isDisabled && zone.area !== undefined && <CornerFields {...props} area={zone.area} />}
      {!isDisabled && (
        <div className={styles.stack}>
          <Button
            icon={<Plus aria-hidden size={20} />}
            onPress={() => {
              const added = addPlace(plan, zone)
              onEdit(added.plan)
              onPick({ kind: 'place', id: added.id })
            }}
          >
            {say(planWords.addPlace)}
          </Button>
          <Button
            icon={<Trash2 aria-hidden size={20} />}
            onPress={() => {
              onEdit(removeZone(plan, zone.id))
              onPick(undefined)
            }}
          >
            {say(planWords.removeZone)}
          </Button>
        </div>
      )}
    </>
  )
}
