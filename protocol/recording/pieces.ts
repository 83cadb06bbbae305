/**
 * How a page hands over its own copy: `PUT piecesPath` with one piece after the other, and `POST piecesPath` to say that it could
 * record, or that all it had has been sent. Who sends it is said in `ticketHeader` by the ticket of the call, or of
 * the sale that has none.
 */
import { z } from 'zod'

export const piecesPath = '/api/recordings/pieces'
export const ticketHeader = 'x-call-ticket'
/** Of the answer to a piece that came too early: the number that is expected. */
export const expectedHeader = 'x-expected'
export const pieceBytesMax = 4 * 1_024 * 1_024

const Sale = z.string().min(1).max(80)

export const PieceQuery = z.strictObject({
  sale: Sale,
  /** Names what one recorder of the page made without a break. */
  part: z.string().regex(/^[A-Za-z0-9-]{8,40}$/),
  seq: z.coerce.number().int().min(0).max(1_000_000),
  /** So long ago the part began, by the page's own clock, when this was sent. */
  age: z.coerce.number().min(0).max(86_400_000),
  /** SHA-256 over the chain before it and the SHA-256 of this piece, both in hex; before the first piece 64 zeros. */
  chain: z.string().regex(/^[0-9a-f]{64}$/),
})
export type PieceQuery = z.infer<typeof PieceQuery>

export const PageSays = z.strictObject({ sale: Sale, say: z.enum(['ready', 'end']) })
export type PageSays = z.infer<typeof PageSays>

export const PieceTaken = z.object({ next: z.int() })
export type PieceTaken = z.infer<typeof PieceTaken>
