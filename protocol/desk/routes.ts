/** Every address of the desk, with who may ask it what. The hub serves these and no others. */
import { z } from 'zod'
import {
  AccountName,
  AccountView,
  LinkCode,
  Me,
  OneTimeLink,
  Password,
  SessionName,
  SessionView,
} from './account.ts'
import { boardRoutes } from './board-routes.ts'
import { callRoutes } from './call-routes.ts'
import { contentRoutes } from './content-routes.ts'
import { dryRunRoutes } from './dry-run-route.ts'
import type { DeskErrorCode } from './errors.ts'
import { lookRoutes } from './look-routes.ts'
import { pairingRoutes } from './pairing-routes.ts'
import { recordingPages, recordingRoutes } from './recording-routes.ts'
import { DeskRoles } from './roles.ts'
import { deskRoute } from './route.ts'
import { saleRoutes } from './sale-routes.ts'
import { Next, shellPages } from './shell-routes.ts'

const Nothing = z.strictObject({})
const Done = z.object({ done: z.literal(true) })
const Lang = z.enum(['zh', 'en'])

/** A query or a form may carry more than is asked for: browsers and bank proxies add their own. */
const Query = z.object({ lang: Lang.optional() })

const signInErrors = ['sign-in.wrong', 'sign-in.wait', 'sign-in.busy'] as const
const passwordErrors = ['password.short', 'password.long', 'password.obvious'] as const
const setUpErrors = [
  'link.spent',
  'account.exists',
  'account.reserved',
  'sign-in.busy',
  ...passwordErrors,
] as const

/** Whatever the route: what the hub may answer before it looks at it. */
export const commonDeskErrors: readonly DeskErrorCode[] = [
  'request.host',
  'request.invalid',
  'request.too-large',
  'request.type',
  'desk.accounts-unreadable',
  'hub.bug',
  'hub.busy',
  'hub.stopping',
  'store.full',
]

const SignIn = z.object({ name: z.string().min(1).max(64), password: Password })
const PasswordChange = z.object({ current: Password, next: Password })
/** `name` only with the very first link, which belongs to nobody yet. */
const SetUp = z.object({ code: LinkCode, name: AccountName.optional(), password: Password })
const Named = z.strictObject({ name: AccountName })
const WithRoles = z.strictObject({ name: AccountName, roles: DeskRoles })

const own = {
  me: deskRoute({
    method: 'GET',
    path: '/api/me',
    admits: 'signed-in',
    request: Query,
    response: Me,
    errors: [],
  }),
  signIn: deskRoute({
    method: 'POST',
    path: '/api/sign-in',
    admits: 'anyone',
    request: SignIn,
    response: Me,
    errors: signInErrors,
  }),
  setUp: deskRoute({
    method: 'POST',
    path: '/api/set-up',
    admits: 'anyone',
    request: SetUp,
    response: Me,
    errors: setUpErrors,
  }),
  signOut: deskRoute({
    method: 'POST',
    path: '/api/sign-out',
    admits: 'signed-in',
    request: Nothing,
    response: Done,
    errors: [],
  }),
  signOutEverywhere: deskRoute({
    method: 'POST',
    path: '/api/sign-out-everywhere',
    admits: 'signed-in',
    request: Nothing,
    response: Done,
    errors: [],
  }),
  sessions: deskRoute({
    method: 'GET',
    path: '/api/sessions',
    admits: 'signed-in',
    request: Query,
    response: z.array(SessionView),
    errors: [],
  }),
  endSession: deskRoute({
    method: 'POST',
    path: '/api/sessions/end',
    admits: 'signed-in',
    request: z.strictObject({ session: SessionName }),
    response: Done,
    errors: ['session.unknown'],
  }),
  changePassword: deskRoute({
    method: 'POST',
    path: '/api/password',
    admits: 'signed-in',
    request: PasswordChange,
    response: Me,
    errors: [...signInErrors, ...passwordErrors],
  }),
}

const accounts = {
  accounts: deskRoute({
    method: 'GET',
    path: '/api/accounts',
    admits: ['admin', 'auditor'],
    request: Query,
    response: z.array(AccountView),
    errors: [],
  }),
  invite: deskRoute({
    method: 'POST',
    path: '/api/accounts/invite',
    admits: ['admin'],
    request: WithRoles,
    response: OneTimeLink,
    errors: ['account.exists', 'account.reserved'],
  }),
  setRoles: deskRoute({
    method: 'POST',
    path: '/api/accounts/roles',
    admits: ['admin'],
    request: WithRoles,
    response: Done,
    errors: ['account.unknown', 'account.last-admin'],
  }),
  disable: deskRoute({
    method: 'POST',
    path: '/api/accounts/disable',
    admits: ['admin'],
    request: Named,
    response: Done,
    errors: ['account.unknown', 'account.last-admin'],
  }),
  enable: deskRoute({
    method: 'POST',
    path: '/api/accounts/enable',
    admits: ['admin'],
    request: Named,
    response: Done,
    errors: ['account.unknown'],
  }),
  reset: deskRoute({
    method: 'POST',
    path: '/api/accounts/reset',
    admits: ['admin'],
    request: Named,
    response: OneTimeLink,
    errors: ['account.unknown', 'account.disabled'],
  }),
}

/** For people, also in a browser without JavaScript. */
const pages = {
  home: deskRoute({
    method: 'GET',
    path: '/',
    admits: 'anyone',
    request: Query,
    response: 'page',
    errors: [],
  }),
  signInPage: deskRoute({
    method: 'GET',
    path: '/sign-in',
    admits: 'anyone',
    request: Query.extend({ next: Next }),
    response: 'page',
    errors: [],
  }),
  signInForm: deskRoute({
    method: 'POST',
    path: '/sign-in',
    admits: 'anyone',
    request: SignIn.extend({ next: Next }),
    response: 'page',
    errors: signInErrors,
  }),
  setUpPage: deskRoute({
    method: 'GET',
    path: '/set-up',
    admits: 'anyone',
    request: Query.extend({ code: LinkCode }),
    response: 'page',
    errors: ['link.spent'],
  }),
  setUpForm: deskRoute({
    method: 'POST',
    path: '/set-up',
    admits: 'anyone',
    request: SetUp,
    response: 'page',
    errors: setUpErrors,
  }),
  accountPage: deskRoute({
    method: 'GET',
    path: '/account',
    admits: 'signed-in',
    request: Query.extend({ changed: z.literal('yes').optional() }),
    response: 'page',
    errors: [],
  }),
  passwordForm: deskRoute({
    method: 'POST',
    path: '/account/password',
    admits: 'signed-in',
    request: PasswordChange,
    response: 'page',
    errors: [...signInErrors, ...passwordErrors],
  }),
  endSessionForm: deskRoute({
    method: 'POST',
    path: '/account/sessions/end',
    admits: 'signed-in',
    request: z.object({ session: SessionName }),
    response: 'page',
    errors: ['session.unknown'],
  }),
  signOutForm: deskRoute({
    method: 'POST',
    path: '/sign-out',
    admits: 'signed-in',
    request: z.object({}),
    response: 'page',
    errors: [],
  }),
  signOutEverywhereForm: deskRoute({
    method: 'POST',
    path: '/sign-out-everywhere',
    admits: 'signed-in',
    request: z.object({}),
    response: 'page',
    errors: [],
  }),
  style: deskRoute({
    method: 'GET',
    path: '/desk.css',
    admits: 'anyone',
    request: z.object({}),
    response: 'style',
    errors: [],
  }),
}

/** For programs: JSON in, JSON out. */
export const deskApi = {
  ...own,
  ...accounts,
  ...lookRoutes,
  ...dryRunRoutes,
  ...contentRoutes,
  ...boardRoutes,
  ...pairingRoutes,
  ...callRoutes,
  ...recordingRoutes,
  ...saleRoutes,
}
export type DeskApi = typeof deskApi
/** For browsers. */
export const deskPages = { ...pages, ...recordingPages, ...shellPages }
export type DeskPages = typeof deskPages

export const deskRoutes = { ...deskApi, ...deskPages }
export type DeskRouteName = keyof typeof deskRoutes
