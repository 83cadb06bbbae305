/** One request as the desk's handlers see it: who asks, from where, in which language, and what becomes of the cookie. */
import type { DeskTongue } from '#protocol/desk/errors.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Session } from './sessions.ts'
import type { Asker, SignedIn } from './sign-in.ts'

export interface Visit {
  readonly asker: Asker
  readonly tongue: DeskTongue
  /** Who has just come in; null: who has just left. Undefined: as before. */
  change: SignedIn | null | undefined
}

/** The one of the request. @throws UsherError `sign-in.needed` */
export const sessionOf = ({ asker }: Visit): Session => {
  if (asker.session === undefined) throw new UsherError('sign-in.needed')
  return asker.session
}

export const askerOf = (visit: Visit): Asker & { session: Session } => ({
  ...visit.asker,
  session: sessionOf(visit),
})
