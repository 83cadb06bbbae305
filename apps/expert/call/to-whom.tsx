/** One of the experts, or whoever of a group is free. */
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useTable } from '../../lobby/live/use-live.ts'
import { classes } from '../../ui/classes.ts'
import { useSay, useTitle } from '../../ui/words.ts'
import { usePlan } from '../desk/plan.ts'
import { standingOf, teamOf } from '../model/queue.ts'
import { expertWords } from '../words.ts'
import choose from './choose-one.module.css'
import { callWords } from './words.ts'

interface Choice {
  /** `group/…` or `expert/…`. */
  readonly id: string
  readonly text: string
  readonly isFree: boolean
}

/** Colleagues who cannot take it now are seen, and not chosen; whoever has it already is none of them. */
const useChoices = (call: LiveCall): readonly Choice[] => {
  const say = useSay()
  const titleOf = useTitle()
  const experts = useTable('experts')
  const { plan } = usePlan()
  const groups = plan?.groups ?? []
  return [
    ...groups.map(({ id, title }) => ({
      id: `group/${id}`,
      text: say(callWords.anyoneOf, { group: titleOf(title, id) }),
      isFree: true,
    })),
    ...teamOf(experts)
      .filter(({ id }) => id !== call.expert)
      .map((expert) => {
        const standing = standingOf(expert)
        const isFree = standing === 'free'
        const name = titleOf(expert.title, expert.id)
        return {
          id: `expert/${expert.id}`,
          text: isFree ? name : `${name} · ${say(expertWords[`standing.${standing}`])}`,
          isFree,
        }
      }),
  ]
}

interface ToWhomProps {
  readonly call: LiveCall
  readonly label: string
  readonly to: string | undefined
  readonly onChoose: (to: string) => void
}

export const ToWhom = ({ call, label, to, onChoose }: ToWhomProps) => {
  const choices = useChoices(call)
  return (
    <RadioGroup className={classes(choose.radios)} value={to ?? null} onChange={onChoose}>
      <Label className={classes(choose.label)}>{label}</Label>
      {choices.map(({ id, text, isFree }, nth) => (
        <Radio
          key={id}
          value={id}
          isDisabled={!isFree}
          autoFocus={nth === 0}
          className={classes(choose.radio)}
        >
          <span className={choose.dot} />
          {text}
        </Radio>
      ))}
    </RadioGroup>
  )
}

/** As commands name them. */
export interface Whom {
  readonly group: string | null
  readonly expert: string | null
}

/** @returns undefined: nobody is chosen. */
export const whomOf = (to: string | undefined): Whom | undefined => {
  const [kind, id] = to?.split('/') ?? []
  if (id === undefined) return undefined
  return { group: kind === 'group' ? id : null, expert: kind === 'expert' ? id : null }
}
