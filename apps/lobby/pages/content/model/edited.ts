/**
 * Something of the hub's that somebody changes, held against how it stands there: what another person saved meanwhile is
 * told, and nothing that was typed is lost.
 */
import { z } from 'zod'

export interface Edited<Form> {
  /** Given to a new one when it is begun: sent twice, it is still one. */
  readonly id: string
  /** Of what it was begun from; 0: it is new. */
  readonly revision: number
  readonly form: Form
}

export const editedOf = <Form extends z.ZodType>(form: Form): z.ZodType<Edited<z.infer<Form>>> =>
  z.object({ id: z.string(), revision: z.int(), form }) as unknown as z.ZodType<Edited<z.infer<Form>>>

/** `gone`: somebody deleted it. */
export type Overtaken = 'changed' | 'gone'

export const overtakenBy = (
  edited: Edited<unknown> | undefined,
  there: Edited<unknown> | undefined,
): Overtaken | undefined => {
  if (edited === undefined) return undefined
  if (there === undefined) return edited.revision === 0 ? undefined : 'gone'
  const isSame = JSON.stringify(edited.form) === JSON.stringify(there.form)
  return there.revision !== edited.revision && !isSame ? 'changed' : undefined
}

/** One's own, on top of what is there now. */
export const onTop = <Form>(edited: Edited<Form>, there: Edited<Form> | undefined): Edited<Form> => ({
  ...edited,
  revision: there?.revision ?? 0,
})
