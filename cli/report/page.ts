/** A report as one file: everything in it, nothing fetched, nothing run. */
import { html, Markup } from '#adapters/conformance/report/markup.ts'
import { locales, type Tongue } from '../io/language.ts'
import { style } from './style.ts'

export interface PageWishes {
  readonly tongue: Tongue
  readonly title: string
  /** The small line above the title. */
  readonly over: string
  readonly lead: string
  readonly body: readonly Markup[]
}

/** Even a page that was tampered with runs and fetches nothing. */
const policy = "default-src 'none'; style-src 'unsafe-inline'"

export const page = ({ tongue, title, over, lead, body }: PageWishes): string =>
  html`<!doctype html>
<html lang="${locales[tongue]}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width,initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="${policy}"/>
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
<header><p class="over">${over}</p><h1>${title}</h1><p>${lead}</p></header>
${body}
</main>
</body>
</html>
`.text
