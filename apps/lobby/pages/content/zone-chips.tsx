/** The zones of the branch by name, each with how many screens would show it there. */
import type { Library } from '#protocol/desk/content-routes.ts'
import { useSay, useTitle } from '../../../ui/words.ts'
import { Chips } from './chips.tsx'
import { formWords } from './form-words.ts'

interface ZoneChipsProps {
  readonly zones: Library['zones']
  readonly chosen: readonly string[]
  readonly onChange: (zones: string[]) => void
}

/** Where there is no screen nothing can be chosen, but what was chosen can be taken back. */
export const ZoneChips = ({ zones, chosen, onChange }: ZoneChipsProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const offered = zones.filter(({ id, screens }) => screens > 0 || chosen.includes(id))
  const strangers = chosen.filter((id) => zones.every((zone) => zone.id !== id))
  return (
    <Chips
      label={say(formWords.zones)}
      hint={say(formWords.zonesHint)}
      options={[
        ...offered.map(({ id, title, screens }) => ({
          id,
          text: say(formWords.zone, { zone: titleOf(title, id), count: screens }),
        })),
        ...strangers.map((id) => ({ id, text: id })),
      ]}
      chosen={chosen}
      onChange={onChange}
    />
  )
}
