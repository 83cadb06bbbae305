/** A rule: which messages it is for, what they tell, and where in them each value stands. All of it is data. */
import { z } from 'zod'
import { ListPathSchema, PathSchema } from './path.ts'

const word = z.string().min(1).max(128)
const scalar = z.union([z.string().max(128), z.number(), z.boolean()])

/** A path, several of which the first that has a value counts, or a value that is always the same. */
const FieldSchema = z.union([
  PathSchema.transform((path) => ({ paths: [path], table: undefined, is: undefined })),
  z
    .array(PathSchema)
    .min(1)
    .max(8)
    .transform((paths) => ({ paths, table: undefined, is: undefined })),
  z
    .strictObject({
      path: z.union([PathSchema.transform((path) => [path]), z.array(PathSchema).min(1).max(8)]),
      /** Instead of the table that belongs to the field. */
      table: word.optional(),
    })
    .transform(({ path, table }) => ({ paths: path, table, is: undefined })),
  z.strictObject({ is: scalar }).transform(({ is }) => ({ paths: [], table: undefined, is: String(is) })),
])
export type Field = z.output<typeof FieldSchema>

const Condition = z.union([
  scalar.transform((one) => ({ oneOf: [String(one)], present: undefined })),
  z
    .array(scalar)
    .min(1)
    .max(64)
    .transform((all) => ({ oneOf: all.map(String), present: undefined })),
  z.strictObject({ present: z.boolean() }).transform(({ present }) => ({ oneOf: [], present })),
])

const WhenSchema = z
  .record(word, Condition)
  .default({})
  .transform((conditions, context) =>
    Object.entries(conditions).map(([text, condition]) => {
      const path = PathSchema.safeParse(text)
      if (path.success) return { path: path.data, ...condition }
      context.addIssue({ code: 'custom', message: `${text}: is not a path` })
      return z.NEVER
    }),
  )

const common = {
  when: WhenSchema,
  /** The items it is for, where a message holds several. Paths then start at the item. */
  each: ListPathSchema.optional(),
  /** When it happened. */
  at: FieldSchema.optional(),
  /** The vendor's number of this message: one more each time. */
  sequence: FieldSchema.optional(),
  /** The vendor's id of this message, to know it again. */
  id: FieldSchema.optional(),
}

const ofTicket = {
  ...common,
  /** The number as printed. It may be left out of a message whose `key` is known already. */
  ticket: FieldSchema.optional(),
  /** The vendor's own id of it, for commands and for messages without the number. */
  key: FieldSchema.optional(),
}
const wait = z.enum(['ms', 's', 'min']).default('s')

export const RuleSchema = z.discriminatedUnion('tells', [
  z.strictObject({
    tells: z.literal('issued'),
    ...ofTicket,
    service: FieldSchema,
    segment: FieldSchema.optional(),
    language: FieldSchema.optional(),
  }),
  z.strictObject({
    tells: z.literal('called'),
    ...ofTicket,
    counter: FieldSchema,
    service: FieldSchema.optional(),
  }),
  /** Called, and back in the queue. */
  z.strictObject({ tells: z.literal('waits-again'), ...ofTicket, service: FieldSchema.optional() }),
  z.strictObject({ tells: z.literal('served'), ...ofTicket, counter: FieldSchema.optional() }),
  /** Called, and nobody came. */
  z.strictObject({ tells: z.literal('no-show'), ...ofTicket, counter: FieldSchema.optional() }),
  z.strictObject({ tells: z.literal('withdrawn'), ...ofTicket }),
  /** `service` is where it waits now. */
  z.strictObject({ tells: z.literal('transferred'), ...ofTicket, service: FieldSchema.optional() }),
  z.strictObject({
    tells: z.literal('counter'),
    ...common,
    counter: FieldSchema,
    state: z.enum(['open', 'paused', 'closed']),
    staffed: z.boolean().optional(),
  }),
  z.strictObject({
    tells: z.literal('snapshot'),
    ...common,
    service: FieldSchema,
    waiting: FieldSchema,
    longestWait: FieldSchema.optional(),
    announcedWait: FieldSchema.optional(),
    waitUnit: wait,
    countersOpen: FieldSchema.optional(),
    /** The waiting tickets one by one, where the system names them all. */
    tickets: z
      .strictObject({
        each: ListPathSchema,
        ticket: FieldSchema,
        key: FieldSchema.optional(),
        waited: FieldSchema.optional(),
        /** Held are those for which one of these is true. */
        held: WhenSchema.optional(),
      })
      .optional(),
  }),
  /** Known, and of no concern here. */
  z.strictObject({ tells: z.literal('nothing'), ...common }),
])
export type Rule = z.output<typeof RuleSchema>
export type When = z.output<typeof WhenSchema>
export type RuleInput = z.input<typeof RuleSchema>

/** The vendor's names → those of the branch. */
export const TablesSchema = z.record(word, z.record(word, word)).default({})
export type Tables = z.output<typeof TablesSchema>
