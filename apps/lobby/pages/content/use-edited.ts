/** A form about something that others change too. */
import { useMemo } from 'react'
import type { z } from 'zod'
import { useMe } from '../../live/use-live.ts'
import { type Edited, editedOf, type Overtaken, onTop, overtakenBy } from './model/edited.ts'
import { useKept } from './use-kept.ts'

export interface EditedHere<Form> {
  readonly edited: Edited<Form>
  readonly isChanged: boolean
  readonly set: (form: Form) => void
  readonly overtaken: Overtaken | undefined
  readonly keepMine: () => void
  readonly forget: () => void
}

interface Of<Shape extends z.ZodType> {
  readonly key: string
  readonly shape: Shape
  /** undefined: it is not there, or not any more. */
  readonly there: Edited<z.infer<Shape>> | undefined
  /** What a new one begins with. */
  readonly fresh: Edited<z.infer<Shape>>
}

export const useEdited = <Shape extends z.ZodType>({
  key,
  shape,
  there,
  fresh,
}: Of<Shape>): EditedHere<z.infer<Shape>> => {
  const { name } = useMe()
  const kept = useKept(
    `${name}.${key}`,
    useMemo(() => editedOf(shape), [shape]),
    there ?? fresh,
  )
  const edited = kept.value
  return {
    edited,
    isChanged: kept.isKept,
    set: (form) => kept.set((before) => ({ ...before, form })),
    overtaken: overtakenBy(kept.isKept ? edited : undefined, there),
    keepMine: () => kept.set((before) => onTop(before, there)),
    forget: kept.forget,
  }
}
