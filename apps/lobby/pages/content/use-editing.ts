/** Saving and deleting a loop or a campaign: what was typed is kept until the hub has it, and what was deleted can come back. */
import { useState } from 'react'
import type { z } from 'zod'
import type { Library } from '#protocol/desk/content-routes.ts'
import { useSay } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import { askHub } from '../../live/ask-hub.ts'
import { type Edited, putOnce } from './model/edited.ts'
import { useTell } from './notice.tsx'
import { isConflict } from './use-delivery.ts'
import { type Doing, useDoing } from './use-doing.ts'
import { type EditedHere, type Of, useEdited } from './use-edited.ts'
import { contentWords } from './words.ts'

type Rows = Pick<Library, 'playlists' | 'campaigns'>

interface Titled {
  readonly title: string
}

interface Kind<Shape extends z.ZodType<Titled>> extends Omit<Of<Shape>, 'thereOf' | 'means'> {
  readonly library: Rows
  readonly again: () => void
  /** The page of all of its kind. */
  readonly list: string
  readonly thereIn: (library: Rows, id: string) => Edited<z.infer<Shape>> | undefined
  /** What the hub is asked for. */
  readonly asked: (edited: Edited<z.infer<Shape>>) => object
  readonly put: (edited: Edited<z.infer<Shape>>) => Promise<unknown>
  readonly drop: (of: { readonly id: string; readonly revision: number }) => Promise<unknown>
  /** How much of it is still to be put right. */
  readonly wrongIn: (form: z.infer<Shape>) => number
}

export interface Editing<Form> {
  readonly here: EditedHere<Form>
  readonly doing: Doing
  /** Somebody wanted to save it: what is wrong with it is said from now on. */
  readonly isAsked: boolean
  readonly save: () => Promise<void>
  /** undefined: there is nothing to delete. */
  readonly drop: (() => Promise<void>) | undefined
}

export const useEditing = <Shape extends z.ZodType<Titled>>(kind: Kind<Shape>): Editing<z.infer<Shape>> => {
  type Here = Edited<z.infer<Shape>>
  const { library, again, list, thereIn, asked, put, name } = kind
  const say = useSay()
  const tell = useTell()
  const [isAsked, setAsked] = useState(false)
  const means = (form: z.infer<Shape>) => JSON.stringify(asked({ id: '', revision: 0, form }))
  const here = useEdited({ ...kind, means, thereOf: (id) => thereIn(library, id) })
  const doing = useDoing(again)
  const there = thereIn(library, name)
  const putHere = (edited: Here) =>
    putOnce(edited, {
      means,
      put,
      look: async (id) => thereIn(await askHub('library', {}), id),
      isConflict,
    })
  const over = (words: string, undo?: () => Promise<unknown>) => {
    here.forget()
    tell({ at: list, words, ...(undo !== undefined && { undo }) })
    go(list)
  }
  const save = async () => {
    setAsked(true)
    const { edited } = here
    if (kind.wrongIn(edited.form) > 0) return
    here.send()
    if (await doing.run(() => putHere(edited))) over(say(contentWords.saved))
  }
  const drop = async (dropped: Here) => {
    if (!(await doing.run(() => kind.drop(dropped)))) return
    const { title } = dropped.form
    over(say(contentWords.dropped, { title }), () => putHere({ ...dropped, revision: 0 }))
  }
  return { here, doing, isAsked, save, drop: there && (() => drop(there)) }
}
