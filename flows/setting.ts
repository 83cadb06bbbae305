/** How a flow's policy describes each setting to the people who change it, in English and Chinese. */
import { z } from 'zod'
import { Language, text } from '#protocol/ids.ts'

/** Call it last, after bounds and default: the description belongs to the schema it is given. */
export const setting = <S extends z.ZodType>(schema: S, en: string, zh: string): S =>
  schema.meta({ description: en, descriptionZh: zh })

export const descriptionOf = (
  schema: z.ZodType,
): { readonly en: string; readonly zh: string } | undefined => {
  const meta = schema.meta()
  const zh = meta?.['descriptionZh']
  return typeof meta?.description === 'string' && typeof zh === 'string'
    ? { en: meta.description, zh }
    : undefined
}

/** A duration a manager sets, between two bounds. */
export const span = (minMs: number, maxMs: number) => z.int().min(minMs).max(maxMs)

/** One sentence in every language it is known in. */
export const Phrase = z
  .record(Language, text(240))
  .refine((words) => Object.keys(words).length > 0, 'no words')
export type Phrase = Readonly<Record<string, string>>
