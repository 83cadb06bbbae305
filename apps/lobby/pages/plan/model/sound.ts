/** Where one is heard: zones of one sound zone share the air, and only one voice at a time speaks there. */
import { freeId, setZone } from './edits.ts'
import { type Plan, soundOf, type Zone } from './plan.ts'

export const heardWith = ({ zones }: Plan, zone: Zone): readonly Zone[] =>
  zones.filter((one) => one.id !== zone.id && soundOf(one) === soundOf(zone))

export interface SoundZone {
  readonly sound: string
  readonly zones: readonly Zone[]
}

/** Those that the zone could share, or shares. */
export const soundsBeside = ({ zones }: Plan, zone: Zone): readonly SoundZone[] => {
  const others = zones.filter(({ id }) => id !== zone.id)
  return [...new Set(others.map(soundOf))].map((sound) => ({
    sound,
    zones: others.filter((one) => soundOf(one) === sound),
  }))
}

/** undefined: it is heard in no other zone. */
export const sharedSound = (plan: Plan, zone: Zone): string | undefined =>
  heardWith(plan, zone).length === 0 ? undefined : soundOf(zone)

/** @param sound undefined: in no other zone */
export const setSound = (plan: Plan, zone: Zone, sound: string | undefined): Plan => {
  const taken = soundsBeside(plan, zone).map((one) => ({ id: one.sound }))
  // Another may go by the name of this one.
  const own = taken.some(({ id }) => id === zone.id) ? freeId(zone.id, taken) : undefined
  const next = sound ?? own
  return setZone(plan, zone.id, ({ sound: _, ...one }) =>
    next === undefined || next === zone.id ? one : { ...one, sound: next },
  )
}
