/** What is read of the answers of the CMS. Numbers may come as text, fields may be missing or null; the rest is dropped unread. */
import { z } from 'zod'

/** PHP and its drivers send numbers either way. */
const id = z.coerce.number().int().min(0)
const flag = z.union([z.boolean().transform(Number), z.coerce.number().int()])
const idOrNone = z
  .union([id, z.literal('').transform(() => 0), z.null().transform(() => 0)])
  .optional()
  .transform((value) => (value === 0 ? undefined : value))

const Display = z.object({
  displayId: id,
  licensed: flag.catch(1),
  loggedIn: flag,
  lastAccessed: z.unknown(),
  currentLayoutId: idOrNone,
  /** 1 up to date, 2 downloading, 3 out of date. */
  mediaInventoryStatus: z.coerce.number().int().catch(1),
})
export type DisplayRow = z.infer<typeof Display>

const Play = z.object({
  /** The CMS sends it, its own description of the interface leaves it out. A number, or 24 hex digits. */
  id: z.union([z.number().int().transform(String), z.string().regex(/^[0-9a-f]{1,32}$/)]),
  displayId: id,
  layoutId: idOrNone,
  campaignId: idOrNone,
  numberPlays: z.coerce.number().int().min(0).catch(1),
  /** Seconds; nothing is shown for longer than a year without a break. */
  duration: z.coerce.number().min(0).max(31_536_000).catch(0),
  start: z.unknown(),
  end: z.unknown(),
})
export type PlayRow = z.infer<typeof Play>

const Layout = z.object({ layoutId: id, campaignId: id.optional(), publishedStatusId: id.catch(1) })
export type LayoutOfCms = z.infer<typeof Layout>

/** Rows that make sense, and how many did not; undefined where the answer is no list at all. */
const rowsOf =
  <Row>(schema: z.ZodType<Row>) =>
  (body: unknown): { readonly rows: readonly Row[]; readonly odd: number } | undefined => {
    if (!Array.isArray(body)) return undefined
    const rows = body.flatMap((one) => {
      const parsed = schema.safeParse(one)
      return parsed.success ? [parsed.data] : []
    })
    return { rows, odd: body.length - rows.length }
  }

export const displaysIn = rowsOf(Display)
export const playsIn = rowsOf(Play)
export const layoutsIn = rowsOf(Layout)
