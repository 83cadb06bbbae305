/** What the desk does on each route for programs. Pages do the same things and show them. */
import type { Me, OneTimeLink, SessionView } from '#protocol/desk/account.ts'
import type { RequestOf, ResponseOf } from '#protocol/desk/route.ts'
import type { DeskApi } from '#protocol/desk/routes.ts'
import type { Link } from './accounts.ts'
import { createCallAnswers } from './call-answers.ts'
import { createContentAnswers } from './content-answers.ts'
import { createDryRunAnswers } from './dry-run.ts'
import { linkPath } from './link-path.ts'
import { createLookAnswers } from './look-answers.ts'
import { createPairingAnswers } from './pairing-answers.ts'
import type { OpenDesk } from './parts.ts'
import { createRecordingAnswers } from './recording-answers.ts'
import { createSaleAnswers } from './sale-answers.ts'
import type { Session } from './sessions.ts'
import type { SignedIn } from './sign-in.ts'
import { askerOf, sessionOf, type Visit } from './visit.ts'

export type Answers = {
  readonly [Name in keyof DeskApi]: (
    request: RequestOf<DeskApi[Name]>,
    visit: Visit,
  ) => Promise<ResponseOf<DeskApi[Name]>> | ResponseOf<DeskApi[Name]>
}

export const meOf = ({ side }: OpenDesk, { name, roles, idleUntil, until }: Session): Me => ({
  name,
  title: { ...side.titleOf(name) },
  roles: [...roles],
  idleUntil,
  until,
})

export const sessionsOf = ({ sessions }: OpenDesk, own: Session): SessionView[] =>
  sessions.of(own.name).map(({ session, since, seen, address, agent }) => ({
    session,
    since,
    seen,
    address,
    agent,
    isThis: session === own.session,
  }))

export const linkView = ({ name, code, until }: Link): OneTimeLink => ({ name, path: linkPath(code), until })

const done = { done: true } as const

export const createAnswers = (desk: OpenDesk): Answers => {
  const { accounts, signIn } = desk
  const entered = (visit: Visit, signedIn: SignedIn): Me => {
    visit.change = signedIn
    return meOf(desk, signedIn.session)
  }
  /** Whatever an administrator does is done in his name. */
  const by = (visit: Visit) => sessionOf(visit).name
  return {
    ...createLookAnswers(desk.look),
    ...createDryRunAnswers(desk.look),
    ...createPairingAnswers(desk.pairing),
    ...createContentAnswers(desk),
    ...createCallAnswers(desk),
    ...createRecordingAnswers(desk),
    ...createSaleAnswers(desk),
    me: (_, visit) => meOf(desk, sessionOf(visit)),
    signIn: async (wish, visit) => entered(visit, await signIn.signIn(wish, visit.asker)),
    setUp: async (wish, visit) => entered(visit, await signIn.setUp(wish, visit.asker)),
    signOut: async (_, visit) => {
      await signIn.signOut(sessionOf(visit))
      visit.change = null
      return done
    },
    signOutEverywhere: async (_, visit) => {
      await signIn.signOutEverywhere(sessionOf(visit))
      visit.change = null
      return done
    },
    sessions: (_, visit) => sessionsOf(desk, sessionOf(visit)),
    endSession: async ({ session }, visit) => {
      const own = sessionOf(visit)
      await signIn.endOwn(own, session)
      if (own.session === session) visit.change = null
      return done
    },
    changePassword: async (wish, visit) => entered(visit, await signIn.changePassword(wish, askerOf(visit))),
    accounts: () => [...accounts.list()],
    invite: async (wish, visit) => linkView(await accounts.invite({ ...wish, by: by(visit) })),
    setRoles: async (wish, visit) => {
      await accounts.setRoles({ ...wish, by: by(visit) })
      return done
    },
    disable: async (wish, visit) => {
      await accounts.disable({ ...wish, by: by(visit) })
      return done
    },
    enable: async (wish, visit) => {
      await accounts.enable({ ...wish, by: by(visit) })
      return done
    },
    reset: async (wish, visit) => linkView(await accounts.reset({ ...wish, by: by(visit) })),
  }
}
