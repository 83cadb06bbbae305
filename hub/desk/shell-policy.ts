/** What a page of scripts may do, as its content security policy says: load what is ours, and speak with us. */
import type { ShellName } from '#protocol/desk/shell-routes.ts'

const common = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // `default` lets an element be emptied, and nothing be written into one.
  'trusted-types usher-worker default',
]

const signedIn = (host: string, isSecure: boolean) => [
  ...common,
  // Older Safari does not take a socket of the same origin for 'self'.
  `connect-src 'self' ${isSecure ? 'wss' : 'ws'}://${host}`,
  // Previews of the library: videos, and pages in a frame that may do nothing.
  "media-src 'self'",
  "frame-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
]

/** The door for pages that are devices is another port of the same machine: MQTT, and the question who they are. */
const device = (host: string, isSecure: boolean) => {
  const name = host.replace(/:\d+$/, '')
  const schemes = isSecure ? ['wss', 'https'] : ['ws', 'http', 'wss', 'https']
  return [
    ...common,
    `connect-src 'self' ${schemes.map((scheme) => `${scheme}://${name}:*`).join(' ')}`,
    // What it shows is files that it keeps, and pages of the library in a frame of their own.
    "media-src 'self' blob:",
    "frame-src 'self'",
    // A worker keeps the time of a page that nobody looks at.
    "worker-src 'self' blob:",
    "form-action 'none'",
  ]
}

export const shellPolicy = (app: ShellName, host: string, isSecure: boolean): string =>
  (app === 'lobby' || app === 'expert' ? signedIn : device)(host, isSecure).join('; ')

/** Whoever stands in a call is seen and heard there; a screen neither sees nor hears. */
export const shellPermissions = (app: ShellName): string => {
  const own = app === 'screen' ? '' : 'self'
  return `camera=(${own}), microphone=(${own}), geolocation=(), payment=(), usb=(), display-capture=()`
}
