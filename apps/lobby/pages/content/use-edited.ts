/** A form about something that others change too. */
import { useMemo, useState } from 'react'
import type { z } from 'zod'
import { useMe } from '../../live/use-live.ts'
import {
  asSent,
  type Edited,
  editedOf,
  type Means,
  type Overtaken,
  onTop,
  overtakenBy,
  settled,
} from './model/edited.ts'
import { useKept } from './use-kept.ts'

export interface EditedHere<Form> {
  readonly edited: Edited<Form>
  readonly isChanged: boolean
  readonly set: (form: Form) => void
  /** It goes to the hub as it is. */
  readonly send: () => void
  readonly overtaken: Overtaken | undefined
  readonly keepMine: () => void
  readonly forget: () => void
}

export interface Of<Shape extends z.ZodType> {
  readonly key: string
  readonly shape: Shape
  /** Of the address. */
  readonly name: string
  /** How it stands in the hub; undefined: it is not there, or not any more. */
  readonly thereOf: (id: string) => Edited<z.infer<Shape>> | undefined
  /** What a new one begins with, once. */
  readonly fresh: () => Edited<z.infer<Shape>>
  readonly means: Means<z.infer<Shape>>
}

export const useEdited = <Shape extends z.ZodType>(of: Of<Shape>): EditedHere<z.infer<Shape>> => {
  const { key, shape, name, thereOf, means } = of
  const me = useMe()
  const [fresh] = useState(of.fresh)
  const kept = useKept(
    `${me.name}.${key}.${name}`,
    useMemo(() => editedOf(shape), [shape]),
    thereOf(name) ?? fresh,
  )
  const there = thereOf(kept.value.id)
  const edited = settled(kept.value, there, means)
  return {
    edited,
    isChanged: kept.isKept,
    set: (form) => kept.set((before) => ({ ...settled(before, there, means), form })),
    send: () => kept.set(() => asSent(edited)),
    overtaken: overtakenBy(kept.isKept ? edited : undefined, there),
    keepMine: () => kept.set((before) => onTop(before, there)),
    forget: kept.forget,
  }
}
