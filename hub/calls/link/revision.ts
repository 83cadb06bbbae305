/**
 * One row, one revision: the newest replaces what came before it, so that what is sent twice, late or in another order
 * changes nothing, and what waits while the line is down never grows beyond the calls there are.
 */
import type { Revision } from '#protocol/calls/link.ts'

/** A restored journal counts on from an older number, in a later epoch. */
export const isNewer = (one: Revision, than: Revision | null): boolean =>
  than === null || one.epoch > than.epoch || (one.epoch === than.epoch && one.n > than.n)

export const nextRevision = (before: Revision | null, epoch: number): Revision => ({
  epoch,
  n: before?.epoch === epoch ? before.n + 1 : 1,
})
