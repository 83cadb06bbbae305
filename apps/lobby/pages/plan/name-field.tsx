/** The name of something new: taken over when it is whole, so that no half name is ever in the plan. */
import { useState } from 'react'
import { idPattern } from '#protocol/ids.ts'
import { Field } from '../../../ui/field.tsx'
import { useSay } from '../../../ui/words.ts'
import { planWords } from './words.ts'

export interface NameFieldProps {
  readonly id: string
  readonly taken: readonly string[]
  readonly onRename: (id: string) => void
}

export const NameField = ({ id, taken, onRename }: NameFieldProps) => {
  const say = useSay()
  const [typed, setTyped] = useState(id)
  const [seen, setSeen] = useState(id)
  if (seen !== id) {
    // Another thing, or undone: not what was just typed here.
    setSeen(id)
    setTyped(id)
  }
  const isTaken = typed !== id && taken.includes(typed)
  const isBad = !idPattern.test(typed)
  const trouble = isBad ? say(planWords.idBad) : isTaken ? say(planWords.idTaken, { id: typed }) : undefined
  return (
    <Field
      label={say(planWords.id)}
      value={typed}
      maxLength={64}
      hint={say(planWords.idHint)}
      trouble={trouble}
      onChange={(next) => {
        setTyped(next)
        if (next !== id && idPattern.test(next) && !taken.includes(next)) onRename(next)
      }}
    />
  )
}
