/** The pages of the desk, as HTML that needs no script. */
import type { Me, SessionView } from '#protocol/desk/account.ts'
import { type DeskErrorCode, type DeskTongue, deskErrorText } from '#protocol/desk/errors.ts'
import { recordingPages } from '#protocol/desk/recording-routes.ts'
import { admits } from '#protocol/desk/route.ts'
import { expertRoles, lobbyRoles } from '#protocol/desk/shell-routes.ts'
import { type Html, html } from './html.ts'
import { pageWords, roleWords } from './words.ts'

/** What went wrong with what was just asked. */
export interface Trouble {
  readonly code: DeskErrorCode
  readonly detail: string | undefined
  readonly request: string
}

export interface PageFrame {
  readonly tongue: DeskTongue
  /** Where one is, with what it needs to be asked again in the other language. */
  readonly here: { readonly path: string; readonly query?: Readonly<Record<string, string>> }
  readonly trouble?: Trouble | undefined
}

const locales = { zh: 'zh-CN', en: 'en' } as const

const switchTo = ({ tongue, here }: PageFrame): string =>
  `${here.path}?${new URLSearchParams({ ...here.query, lang: tongue === 'zh' ? 'en' : 'zh' }).toString()}`

const troubleOf = ({ trouble, tongue }: PageFrame): Html | undefined => {
  if (trouble === undefined) return undefined
  const { code, detail } = trouble
  // Details are for whoever reads English; waiting times are for everybody.
  const seconds = code === 'sign-in.wait' ? /(\d+) s/.exec(detail ?? '')?.[1] : undefined
  const wait = seconds === undefined ? '' : tongue === 'zh' ? `（${seconds} 秒）` : ` (${seconds} s)`
  return html`<p class="bad" role="alert">${deskErrorText(code, tongue)}${wait}</p>`
}

export const framePage = (frame: PageFrame, about: { title: string; narrow?: boolean; body: Html }): Html => {
  const words = pageWords[frame.tongue]
  const other = frame.tongue === 'zh' ? 'en' : 'zh-CN'
  return html`<!doctype html>
<html lang="${locales[frame.tongue]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${about.title} · ${words.product}</title>
<link rel="stylesheet" href="/desk.css">
<link rel="icon" href="data:,">
</head>
<body>
<header><strong>${words.product}</strong><a href="${switchTo(frame)}" lang="${other}" hreflang="${other}">${words.otherTongue}</a></header>
<main${about.narrow === true ? html` class="narrow"` : undefined}>
${about.body}
</main>
</body>
</html>
`
}

/** Where it goes on to afterwards. */
const nextField = ({ here }: PageFrame): Html | undefined => {
  const next = here.query?.['next']
  return next === undefined ? undefined : html`<input type="hidden" name="next" value="${next}">`
}

/** `name`: as it was typed. */
export const signInPage = (frame: PageFrame, name = ''): Html => {
  const words = pageWords[frame.tongue]
  return framePage(frame, {
    title: words.signIn,
    narrow: true,
    body: html`<section><h1>${words.signIn}</h1>
${troubleOf(frame)}
<form method="post" action="/sign-in">
${nextField(frame)}
<label for="name">${words.name}</label>
<input id="name" name="name" value="${name}" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false" autofocus>
<label for="password">${words.password}</label>
<input id="password" name="password" type="password" required maxlength="256" autocomplete="current-password">
<button class="wide" type="submit">${words.signIn}</button>
</form></section>`,
  })
}

const newPasswordField = (tongue: DeskTongue, name: string): Html => {
  const words = pageWords[tongue]
  return html`<label for="${name}">${words.newPassword}</label>
<input id="${name}" name="${name}" type="password" required minlength="15" maxlength="256" autocomplete="new-password" aria-describedby="${name}-hint">
<p class="hint" id="${name}-hint">${words.passwordHint}</p>`
}

/** `name`: whose link it is; null for the first administrator, who chooses one. */
export const setUpPage = (frame: PageFrame, link: { code: string; name: string | null }): Html => {
  const words = pageWords[frame.tongue]
  const title = link.name === null ? words.setUpFirst : words.setUp
  const who =
    link.name === null
      ? html`<label for="name">${words.name}</label>
<input id="name" name="name" required maxlength="64" pattern="[a-z0-9][a-z0-9\\-]{0,63}" autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby="name-hint" autofocus>
<p class="hint" id="name-hint">${words.nameHint}</p>`
      : html`<dl><dt>${words.setUpFor}</dt><dd>${link.name}</dd></dl>
<input type="text" hidden autocomplete="username" value="${link.name}" readonly>`
  return framePage(frame, {
    title,
    narrow: true,
    body: html`<section><h1>${title}</h1>
${troubleOf(frame)}
<form method="post" action="/set-up">
<input type="hidden" name="code" value="${link.code}">
${who}
${newPasswordField(frame.tongue, 'password')}
<button class="wide" type="submit">${words.save}</button>
</form></section>`,
  })
}

const timeText = (at: number, tongue: DeskTongue, timeZone: string): string =>
  new Intl.DateTimeFormat(locales[tongue], {
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  }).format(at)

/** Enough to know one's own devices apart; browsers say far more about themselves, most of it untrue. */
const browserOf = (agent: string): string => {
  const browser = /(Edg|Firefox|HeadlessChrome|Chrome|Version)\/(\d+)/.exec(agent)
  const system = /(Android|Windows|iPad|iPhone|Mac OS X|HarmonyOS|OpenHarmony|Linux)/.exec(agent)?.[1]
  if (browser === null) return agent.slice(0, 40)
  const name = { Edg: 'Edge', HeadlessChrome: 'Chrome', Version: 'Safari' }[browser[1] ?? ''] ?? browser[1]
  return [`${name} ${browser[2]}`, system].filter((part) => part !== undefined).join(', ')
}

const sessionRow =
  (tongue: DeskTongue, timeZone: string) =>
  ({ session, since, seen, address, agent, isThis }: SessionView): Html => {
    const words = pageWords[tongue]
    const end = isThis
      ? html`${words.thisOne}`
      : html`<form method="post" action="/account/sessions/end"><input type="hidden" name="session" value="${session}"><button class="plain" type="submit">${words.end}</button></form>`
    return html`<tr><td>${timeText(since, tongue, timeZone)}</td><td>${timeText(seen, tongue, timeZone)}</td><td>${address}</td><td>${browserOf(agent)}</td><td>${end}</td></tr>`
  }

export interface AccountPage {
  readonly me: Me
  readonly sessions: readonly SessionView[]
  readonly timeZone: string
  readonly isChanged: boolean
}

const button = (action: string, words: string): Html =>
  html`<form method="post" action="${action}"><button class="plain" type="submit">${words}</button></form>`

export const accountPage = (frame: PageFrame, { me, sessions, timeZone, isChanged }: AccountPage): Html => {
  const { tongue } = frame
  const words = pageWords[tongue]
  const title = me.title[tongue] ?? Object.values(me.title)[0]
  const roles = me.roles.map((role) => roleWords[role][tongue]).join(tongue === 'zh' ? '、' : ', ')
  const way = (path: string, name: string) =>
    html`<form method="get" action="${path}"><button type="submit">${name}</button></form>`
  const work = [
    ...(admits(lobbyRoles, me.roles) ? [way('/lobby', words.toLobby)] : []),
    ...(admits(expertRoles, me.roles) ? [way('/expert', words.toExpert)] : []),
    ...(admits(recordingPages.recordingsPage.admits, me.roles)
      ? [way('/recordings', words.toRecordings)]
      : []),
  ]
  return framePage(frame, {
    title: me.name,
    body: html`${troubleOf(frame)}${isChanged ? html`<p class="good" role="status">${words.changed}</p>` : undefined}
<section><h1>${title ?? me.name}</h1>
<dl><dt>${words.signedInAs}</dt><dd>${me.name}</dd><dt>${words.roles}</dt><dd>${roles}</dd></dl>
${work}<div class="row">${button('/sign-out', words.signOut)}${button('/sign-out-everywhere', words.signOutEverywhere)}</div></section>
<section><h2>${words.sessions}</h2>
<div class="list"><table><thead><tr><th>${words.since}</th><th>${words.seen}</th><th>${words.from}</th><th>${words.browser}</th><td></td></tr></thead>
<tbody>${sessions.map(sessionRow(tongue, timeZone))}</tbody></table></div></section>
<section><h2>${words.changePassword}</h2>
<form method="post" action="/account/password">
<input type="text" hidden autocomplete="username" value="${me.name}" readonly>
<label for="current">${words.currentPassword}</label>
<input id="current" name="current" type="password" required maxlength="256" autocomplete="current-password">
${newPasswordField(tongue, 'next')}
<button type="submit">${words.changePassword}</button>
</form></section>`,
  })
}

export const troublePage = (frame: PageFrame): Html => {
  const words = pageWords[frame.tongue]
  return framePage(frame, {
    title: words.notDone,
    narrow: true,
    body: html`<section><h1>${words.notDone}</h1>${troubleOf(frame)}
<p class="hint">${words.number}: <code>${frame.trouble?.request}</code></p>
<p><a href="/">${words.back}</a></p></section>`,
  })
}
