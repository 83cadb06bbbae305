/** Everything about one place, and where a device belongs. */
import { Trash2 } from 'lucide-react'
import { Button } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/choice.tsx'
import { Toggle } from '../../../ui/toggle.tsx'
import { useSay } from '../../../ui/words.ts'
import { Metres } from './metres.tsx'
import {
  movePlace,
  placeDevice,
  putPlace,
  removePlace,
  renamePlace,
  setKeptClear,
  setPlace,
} from './model/edits.ts'
import { type Place, type Placement, placeKinds } from './model/plan.ts'
import { NameField } from './name-field.tsx'
import styles from './panel.module.css'
import type { FieldsProps } from './things.ts'
import { planWords } from './words.ts'

type PlaceProps = FieldsProps & { readonly place: Place }

const Position = ({ place, plan, onEdit, isDisabled }: PlaceProps) => {
  const say = useSay()
  const { x, y } = place.at ?? plan.zones.find(({ id }) => id === place.zone)?.at ?? { x: 0, y: 0 }
  return (
    <div className={styles.pairs}>
      <Metres
        label={say(planWords.x, { what: say(planWords.spot) })}
        value={x}
        isDisabled={isDisabled}
        onChange={(next) => onEdit(movePlace(plan, place.id, { x: next, y }))}
      />
      <Metres
        label={say(planWords.y, { what: say(planWords.spot) })}
        value={y}
        isDisabled={isDisabled}
        onChange={(next) => onEdit(movePlace(plan, place.id, { x, y: next }))}
      />
    </div>
  )
}

export const PlaceFields = (props: PlaceProps) => {
  const { place, plan, base, names, onEdit, onPick, isDisabled } = props
  const say = useSay()
  return (
    <>
      {!base.places.some(({ id }) => id === place.id) && (
        <NameField
          id={place.id}
          taken={plan.places.map(({ id }) => id)}
          onRename={(id) => {
            onEdit(renamePlace(plan, place.id, id), 'rename')
            onPick({ kind: 'place', id })
          }}
        />
      )}
      <Choice
        label={say(planWords.kind)}
        value={place.kind}
        isDisabled={isDisabled}
        options={placeKinds.map((id) => ({ id, text: say(planWords[`place.${id}`]) }))}
        onChange={(kind) =>
          onEdit(setPlace(plan, place.id, (one) => ({ ...one, kind: kind as Place['kind'] })))
        }
      />
      <Choice
        label={say(planWords.zone)}
        value={place.zone}
        isDisabled={isDisabled}
        options={plan.zones.map(({ id }) => ({ id, text: names.zone(id) }))}
        onChange={(zone) => onEdit(putPlace(plan, place.id, zone))}
      />
      <Position {...props} />
      <Toggle
        label={say(planWords.keepPlaceClear)}
        hint={say(planWords.keepClearHint)}
        isDisabled={isDisabled}
        isOn={plan.zones.some(({ id, keepClear }) => id === place.zone && keepClear.includes(place.id))}
        onChange={(isKept) => onEdit(setKeptClear(plan, { zone: place.zone, place: place.id }, isKept))}
      />
      {!isDisabled && (
        <Button
          icon={<Trash2 aria-hidden size={20} />}
          onPress={() => {
            onEdit(removePlace(plan, place.id))
            onPick(undefined)
          }}
        >
          {say(planWords.removePlace)}
        </Button>
      )}
    </>
  )
}

/** A place brings its zone along. */
export const DeviceFields = (props: FieldsProps & { readonly device: Placement }) => {
  const { device, plan, names, onEdit, isDisabled } = props
  const say = useSay()
  const none = { id: '', text: say(planWords.none) }
  const here = plan.places.filter(({ zone }) => device.zone === null || zone === device.zone)
  return (
    <>
      <Choice
        label={say(planWords.zone)}
        value={device.zone ?? ''}
        isDisabled={isDisabled}
        options={[none, ...plan.zones.map(({ id }) => ({ id, text: names.zone(id) }))]}
        onChange={(zone) =>
          onEdit(
            placeDevice(plan, {
              ...device,
              zone: zone === '' ? null : zone,
              place: zone === device.zone ? device.place : null,
            }),
          )
        }
      />
      <Choice
        label={say(planWords.place)}
        value={device.place ?? ''}
        isDisabled={isDisabled}
        options={[none, ...here.map(({ id }) => ({ id, text: id }))]}
        onChange={(place) => {
          const zone = plan.places.find(({ id }) => id === place)?.zone ?? device.zone
          onEdit(placeDevice(plan, { ...device, zone, place: place === '' ? null : place }))
        }}
      />
    </>
  )
}
