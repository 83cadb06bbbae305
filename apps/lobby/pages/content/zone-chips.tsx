/** The zones of the branch by name, each with what would show it there. */
import { useSay, useTitle, useTongue } from '../../../ui/words.ts'
import { Chips } from './chips.tsx'
import { formWords } from './form-words.ts'
import { countSaid, isShownIn, type Zone } from './model/shown-on.ts'

interface ZoneChipsProps {
  readonly zones: readonly Zone[]
  readonly chosen: readonly string[]
  readonly onChange: (zones: string[]) => void
}

/** Where there is no screen nothing can be chosen, but what was chosen can be taken back. */
export const ZoneChips = ({ zones, chosen, onChange }: ZoneChipsProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const tongue = useTongue()
  const offered = zones.filter((zone) => isShownIn(zone) || chosen.includes(zone.id))
  const strangers = chosen.filter((id) => zones.every((zone) => zone.id !== id))
  return (
    <Chips
      label={say(formWords.zones)}
      hint={say(formWords.zonesHint)}
      options={[
        ...offered.map((zone) => ({
          id: zone.id,
          text: say(formWords.zone, {
            zone: titleOf(zone.title, zone.id),
            count: countSaid(zone, tongue),
          }),
        })),
        ...strangers.map((id) => ({ id, text: id })),
      ]}
      chosen={chosen}
      onChange={onChange}
    />
  )
}
