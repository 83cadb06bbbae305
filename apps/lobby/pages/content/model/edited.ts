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
  /** What was sent of it before: perhaps only an answer was lost. */
  readonly sent?: readonly Form[] | undefined
}

export const editedOf = <Form extends z.ZodType>(form: Form): z.ZodType<Edited<z.infer<Form>>> =>
  z.object({
    id: z.string(),
    revision: z.int(),
    form,
    sent: z.array(form).optional(),
  }) as unknown as z.ZodType<Edited<z.infer<Form>>>

/** What the hub is asked for with a form, as a text: two that ask for the same are the same. */
export type Means<Form> = (form: Form) => string

/** `gone`: somebody deleted it. */
export type Overtaken = 'changed' | 'gone'

/** On top of what is there, where that is one's own or says the same: nobody is asked to choose between equals. */
export const settled = <Form>(
  edited: Edited<Form>,
  there: Edited<Form> | undefined,
  means: Means<Form>,
): Edited<Form> => {
  if (there === undefined || there.revision === edited.revision) return edited
  const said = means(there.form)
  const own = [edited.form, ...(edited.sent ?? [])]
  return own.some((form) => means(form) === said) ? onTop(edited, there) : edited
}

/** Presses without an answer before somebody gives up. */
const sentMax = 8

export const asSent = <Form>(edited: Edited<Form>): Edited<Form> => ({
  ...edited,
  sent: [...(edited.sent ?? []), edited.form].slice(-sentMax),
})

/** @param edited settled with what is there; undefined: nothing was typed */
export const overtakenBy = (
  edited: Edited<unknown> | undefined,
  there: Edited<unknown> | undefined,
): Overtaken | undefined => {
  if (edited === undefined) return undefined
  if (there === undefined) return edited.revision === 0 ? undefined : 'gone'
  return there.revision === edited.revision ? undefined : 'changed'
}

/** One's own, on top of what is there now. */
export const onTop = <Form>({ id, form }: Edited<Form>, there: Edited<Form> | undefined): Edited<Form> => ({
  id,
  form,
  revision: there?.revision ?? 0,
})

interface Putting<Form> {
  readonly means: Means<Form>
  /** Throws where the hub refuses. */
  readonly put: (edited: Edited<Form>) => Promise<unknown>
  /** As it stands in the hub at this moment. */
  readonly look: (id: string) => Promise<Edited<Form> | undefined>
  readonly isConflict: (error: unknown) => boolean
}

/** Saves it; where it was saved before and only the answer was lost, that is no conflict. */
export const putOnce = async <Form>(
  edited: Edited<Form>,
  { means, put, look, isConflict }: Putting<Form>,
): Promise<void> => {
  try {
    await put(edited)
  } catch (error) {
    if (!isConflict(error)) throw error
    const own = settled(edited, await look(edited.id), means)
    if (own.revision === edited.revision) throw error
    await put(own)
  }
}
