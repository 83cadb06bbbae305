/** What holds in a zone: what it is for, how many may be in it, who is heard, and where nobody waits. */
import { Choice } from '../../../ui/choice.tsx'
import { Field } from '../../../ui/field.tsx'
import { Toggle } from '../../../ui/toggle.tsx'
import { useSay } from '../../../ui/words.ts'
import { setKeptClear, setLimit, setZone } from './model/edits.ts'
import { type Zone, zoneKinds } from './model/plan.ts'
import { setSound, sharedSound, soundsBeside } from './model/sound.ts'
import styles from './panel.module.css'
import type { FieldsProps } from './things.ts'
import { planWords } from './words.ts'

type ZoneProps = FieldsProps & { readonly zone: Zone }

const limitMax = 9_999

const Limit = ({ zone, plan, onEdit, isDisabled }: ZoneProps) => {
  const say = useSay()
  const { limit } = zone
  if (isDisabled) return <p>{say(planWords.limitIs, { limit: limit ?? say(planWords.none) })}</p>
  const set = (typed: string) => {
    const digits = typed.replace(/\D/g, '')
    const next = digits === '' ? undefined : Math.min(limitMax, Math.max(1, Number(digits)))
    onEdit(
      setZone(plan, zone.id, (one) => setLimit(one, next)),
      `limit/${zone.id}`,
    )
  }
  return (
    <Field
      label={say(planWords.limit)}
      hint={say(planWords.limitHint)}
      type="tel"
      value={limit === undefined ? '' : `${limit}`}
      onChange={set}
    />
  )
}

const Sound = ({ zone, plan, names, onEdit, isDisabled }: ZoneProps) => {
  const say = useSay()
  const groups = soundsBeside(plan, zone).map(({ sound, zones }) => ({
    id: sound,
    text: zones.map(({ id }) => names.zone(id)).join(' · '),
  }))
  return (
    <Choice
      label={say(planWords.sound)}
      hint={say(planWords.soundHint)}
      value={sharedSound(plan, zone) ?? ''}
      isDisabled={isDisabled}
      options={[{ id: '', text: say(planWords.soundOwn) }, ...groups]}
      onChange={(sound) => onEdit(setSound(plan, zone, sound === '' ? undefined : sound))}
    />
  )
}

/** Its own places, and whatever else it names, so that it can be switched off. */
const KeptClear = ({ zone, plan, onEdit, isDisabled }: ZoneProps) => {
  const say = useSay()
  const own = plan.places.filter((place) => place.zone === zone.id).map(({ id }) => id)
  const all = [...new Set([...own, ...zone.keepClear])]
  if (all.length === 0) return null
  return (
    <section className={styles.clearPlaces}>
      <h3>{say(planWords.keepClear)}</h3>
      <p className={styles.soft}>{say(planWords.keepClearHint)}</p>
      {all.map((place) => (
        <Toggle
          key={place}
          label={place}
          isDisabled={isDisabled}
          isOn={zone.keepClear.includes(place)}
          onChange={(isKept) => onEdit(setKeptClear(plan, { zone: zone.id, place }, isKept))}
        />
      ))}
    </section>
  )
}

export const ZoneRules = (props: ZoneProps) => {
  const { zone, plan, onEdit, isDisabled } = props
  const say = useSay()
  return (
    <>
      <Choice
        label={say(planWords.kind)}
        value={zone.kind}
        isDisabled={isDisabled}
        options={zoneKinds.map((id) => ({ id, text: say(planWords[`zone.${id}`]) }))}
        onChange={(kind) => onEdit(setZone(plan, zone.id, (one) => ({ ...one, kind: kind as Zone['kind'] })))}
      />
      <Limit {...props} />
      <Toggle
        label={say(planWords.staffOnly)}
        isDisabled={isDisabled}
        isOn={zone.staffOnly}
        onChange={(staffOnly) => onEdit(setZone(plan, zone.id, (one) => ({ ...one, staffOnly })))}
      />
      <Sound {...props} />
      <KeptClear {...props} />
    </>
  )
}
