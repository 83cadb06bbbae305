/** One thing to choose: tiles for thumbs, a search where there are many, and afterwards one line that can be changed. */
import {
  BadgePercent,
  Bot,
  type LucideIcon,
  MapPin,
  MonitorSmartphone,
  SquareUserRound,
  UserRound,
} from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { Field } from '../../../ui/field.tsx'
import { useSay } from '../../../ui/words.ts'
import styles from './act.module.css'
import { type Draft, forms, isFilled, type Slot } from './forms.ts'
import { isChosen, type Option, type Sign, search } from './options.ts'
import type { ActPrefill } from './prefill.ts'
import { useOptions } from './use-options.ts'
import { actWords } from './words.ts'

const signs: Readonly<Record<Sign, LucideIcon>> = {
  visitor: UserRound,
  zone: MapPin,
  counter: SquareUserRound,
  kiosk: MonitorSmartphone,
  campaign: BadgePercent,
  robot: Bot,
}

/** As many as one look takes in; whoever wants another one searches or asks for more. */
const shownMax = 9

interface TileProps {
  readonly option: Option
  readonly isChosen: boolean
  readonly onPress: () => void
}

const OptionTile = ({ option, isChosen: chosen, onPress }: TileProps) => {
  const Icon = signs[option.sign]
  return (
    <AriaButton
      className={classes(styles.option, chosen && styles.chosen)}
      aria-pressed={chosen}
      onPress={onPress}
    >
      <Icon aria-hidden size={20} />
      <span className={styles.optionWords}>
        <span className={styles.strong}>{option.title}</span>
        {option.note !== '' && <span className={styles.note}>{option.note}</span>}
      </span>
    </AriaButton>
  )
}

export const SlotHead = ({ slot, draft }: { readonly slot: Slot; readonly draft: Draft }) => {
  const say = useSay()
  const isNeeded = forms[draft.what].needs.includes(slot)
  return (
    <h3 className={styles.slotHead}>
      {say(actWords[`slot.${slot}`])}
      {!isNeeded && <span className={styles.note}>{say(actWords.optional)}</span>}
    </h3>
  )
}

export interface PickProps {
  readonly slot: Slot
  readonly draft: Draft
  readonly onPick: (patch: ActPrefill) => void
}

const Choosing = ({ slot, draft, onPick }: PickProps) => {
  const say = useSay()
  const [typed, setTyped] = useState('')
  const [max, setMax] = useState(shownMax)
  const options = useOptions(slot)
  const found = search(options, typed)
  if (options.length === 0) return <p className={styles.note}>{say(actWords.none)}</p>
  return (
    <>
      {options.length > shownMax && (
        <Field label={say(actWords.search)} type="search" value={typed} onChange={setTyped} />
      )}
      {found.length === 0 && <p className={styles.note}>{say(actWords.noneFound)}</p>}
      <div className={styles.options}>
        {found.slice(0, max).map((option) => (
          <OptionTile
            key={`${option.sign}-${option.id}`}
            option={option}
            isChosen={isChosen(option, draft)}
            onPress={() => onPick(option.patch)}
          />
        ))}
      </div>
      {found.length > max && (
        <Button kind="quiet" onPress={() => setMax(max + shownMax * 3)}>
          {say(actWords.more, { count: found.length - max })}
        </Button>
      )}
    </>
  )
}

export const Pick = (props: PickProps) => {
  const say = useSay()
  const { slot, draft } = props
  const options = useOptions(slot)
  const [isOpen, setOpen] = useState(!isFilled(draft, slot))
  const chosen = options.find((option) => isChosen(option, draft))
  const pick = (patch: ActPrefill) => {
    setOpen(false)
    props.onPick(patch)
  }
  return (
    <section className={styles.slot}>
      <SlotHead slot={slot} draft={draft} />
      {!isOpen && chosen !== undefined ? (
        <p className={styles.picked}>
          <span className={styles.strong}>{chosen.title}</span>
          <Button kind="quiet" onPress={() => setOpen(true)}>
            {say(actWords.change)}
          </Button>
        </p>
      ) : (
        <Choosing {...props} onPick={pick} />
      )}
    </section>
  )
}
