/** What the desk shows on each page, and on the same page again when something did not work. */
import type { DeskTongue } from '#protocol/desk/errors.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { admits, type RequestOf } from '#protocol/desk/route.ts'
import { type DeskPages, deskPages } from '#protocol/desk/routes.ts'
import { expertRoles, lobbyRoles, Next } from '#protocol/desk/shell-routes.ts'
import { UsherError } from '#protocol/errors.ts'
import { type Answers, meOf, sessionsOf } from './answers.ts'
import type { Html } from './html.ts'
import { accountPage, type PageFrame, setUpPage, signInPage, type Trouble, troublePage } from './pages.ts'
import type { OpenDesk } from './parts.ts'
import { createRecordingShown } from './recording-shown.ts'
import { notBuiltPage, type Shell, type ShellFile, type Shells } from './shell.ts'
import { deskStyle } from './style.ts'
import { sessionOf, type Visit } from './visit.ts'

export type Shown =
  | { readonly page: Html; readonly hasScript?: true }
  | { readonly to: string }
  | { readonly style: string }
  | { readonly file: ShellFile }

export type ShownPages = {
  readonly [Name in keyof DeskPages]: (
    request: RequestOf<DeskPages[Name]>,
    visit: Visit,
  ) => Promise<Shown> | Shown
}

/** What was asked of a page that could not do it. */
export interface Failed {
  readonly name: keyof DeskPages
  readonly raw: Readonly<Record<string, unknown>>
  readonly visit: Visit
  readonly trouble: Trouble
}

export interface PageSide {
  readonly pages: ShownPages
  /** The same page again with what went wrong; where it has none, the page of what went wrong. */
  again(failed: Failed): Html
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 64) : '')

const signInFrame = (tongue: DeskTongue, next: string | undefined, trouble?: Trouble): PageFrame => ({
  tongue,
  here: { path: '/sign-in', ...(next !== undefined && { query: { next } }) },
  trouble,
})

const showAccount = (
  desk: OpenDesk,
  visit: Visit,
  more: { trouble?: Trouble; isChanged?: boolean },
): Html => {
  const own = sessionOf(visit)
  return accountPage(
    { tongue: visit.tongue, here: { path: '/account' }, trouble: more.trouble },
    {
      me: meOf(desk, own),
      sessions: sessionsOf(desk, own),
      timeZone: desk.side.timeZone(),
      isChanged: more.isChanged === true,
    },
  )
}

const showSetUp = (desk: OpenDesk, visit: Visit, { code, trouble }: { code: string; trouble?: Trouble }) =>
  setUpPage(
    { tongue: visit.tongue, here: { path: '/set-up', query: { code } }, trouble },
    { code, name: desk.accounts.ownerOf(code) },
  )

/** Where somebody works; who has no page of his own yet has his account. */
const homeOf = (roles: readonly DeskRole[]): string => {
  if (admits(lobbyRoles, roles)) return '/lobby'
  return admits(expertRoles, roles) ? '/expert' : '/account'
}

const showShell = (shell: Shell, path: string): Shown => {
  const file = shell.file(path)
  if (file !== undefined) return { file }
  if (shell.file('') !== undefined) throw new UsherError('request.unknown')
  return { page: notBuiltPage() }
}

/** After a form the browser is sent to a page: going back and forth sends nothing twice. */
const createShown = (desk: OpenDesk, answers: Answers, shells: Shells): ShownPages => ({
  home: (_, { asker }) => ({ to: asker.session === undefined ? '/sign-in' : homeOf(asker.session.roles) }),
  signInPage: ({ next }, { asker, tongue }) =>
    asker.session === undefined
      ? { page: signInPage(signInFrame(tongue, next)) }
      : { to: next ?? homeOf(asker.session.roles) },
  signInForm: async ({ next, ...wish }, visit) => {
    const { roles } = await answers.signIn(wish, visit)
    return { to: next ?? homeOf(roles) }
  },
  setUpPage: ({ code }, visit) => ({ page: showSetUp(desk, visit, { code }) }),
  setUpForm: async (wish, visit) => {
    await answers.setUp(wish, visit)
    return { to: '/account' }
  },
  accountPage: ({ changed }, visit) => ({ page: showAccount(desk, visit, { isChanged: changed === 'yes' }) }),
  passwordForm: async (wish, visit) => {
    await answers.changePassword(wish, visit)
    return { to: '/account?changed=yes' }
  },
  endSessionForm: async (wish, visit) => {
    await answers.endSession(wish, visit)
    return { to: '/account' }
  },
  signOutForm: async (_, visit) => {
    await answers.signOut({}, visit)
    return { to: '/sign-in' }
  },
  signOutEverywhereForm: async (_, visit) => {
    await answers.signOutEverywhere({}, visit)
    return { to: '/sign-in' }
  },
  ...createRecordingShown(desk, answers),
  style: () => ({ style: deskStyle }),
  lobby: () => showShell(shells.lobby, ''),
  lobbyFile: ({ '*': path }) => showShell(shells.lobby, path),
  expert: () => showShell(shells.expert, ''),
  expertFile: ({ '*': path }) => showShell(shells.expert, path),
  screen: () => showShell(shells.screen, ''),
  screenFile: ({ '*': path }) => showShell(shells.screen, path),
  kiosk: () => showShell(shells.kiosk, ''),
  kioskFile: ({ '*': path }) => showShell(shells.kiosk, path),
})

export const createPages = (desk: OpenDesk, answers: Answers, shells: Shells): PageSide => {
  const onAccount = ({ visit, trouble }: Failed): Html => showAccount(desk, visit, { trouble })
  const again: Partial<Record<keyof DeskPages, (failed: Failed) => Html>> = {
    signInForm: ({ raw, visit: { tongue }, trouble }) =>
      signInPage(signInFrame(tongue, Next.parse(raw['next']), trouble), textOf(raw['name'])),
    setUpForm: ({ raw, visit, trouble }) => showSetUp(desk, visit, { code: textOf(raw['code']), trouble }),
    passwordForm: onAccount,
    endSessionForm: onAccount,
  }
  /** A link that is spent has no page to come back to; what fails at the door may not be shown at all. */
  const hasPage = ({ name, trouble, visit }: Failed): boolean => {
    const { admits: admitted } = deskPages[name]
    const isIn = admitted === 'anyone' || visit.asker.session !== undefined
    return (
      isIn && again[name] !== undefined && trouble.code !== 'link.spent' && trouble.code !== 'request.origin'
    )
  }
  const troubled = ({ visit: { tongue }, trouble }: Failed): Html =>
    troublePage({ tongue, here: { path: '/' }, trouble })
  return {
    pages: createShown(desk, answers, shells),
    again: (failed) => {
      if (!hasPage(failed)) return troubled(failed)
      try {
        return again[failed.name]?.(failed) ?? troubled(failed)
      } catch {
        // What it would have shown is gone meanwhile: the link, or the session.
        return troubled(failed)
      }
    },
  }
}
