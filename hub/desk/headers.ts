/** What every answer of the desk tells the browser not to do. */

/** Pages load their style and send their forms, and that is all: no script at all runs on most of them. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  'img-src data:',
  // What was recorded of sales, for auditors.
  "media-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** Of a page with players: one script of ours keeps them in step. */
export const scriptPolicy = `${policy}; script-src 'self'`

const everywhere: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Not `no-referrer`: with it a form's own Origin would be `null` (Fetch, append a request Origin header).
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()',
  'cache-control': 'no-store',
}

/** A browser keeps to HTTPS for a year; said over HTTPS only, where it counts. */
const secure = { 'strict-transport-security': 'max-age=31536000' }

export const deskHeaders = (isSecure: boolean): Readonly<Record<string, string>> =>
  isSecure ? { ...everywhere, ...secure } : everywhere
