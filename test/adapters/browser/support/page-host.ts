/** The web server of a page: loopback, with the packed SDK beside it, under as strict a content policy as there is. */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { bundleForPages } from '#adapters/package/build.ts'

const root = join(import.meta.dirname, '../../../..')
const pages = join(import.meta.dirname, '../page')

export interface PageSettings {
  broker: string
  readonly branch: string
  readonly device: string
  /** Whether it has a key of its own, and asks for a claim code. */
  readonly claims: boolean
  config: Readonly<Record<string, unknown>>
}

export interface PageHost {
  readonly origin: string
  /** Read anew whenever the page is loaded. */
  readonly settings: PageSettings
  close(): Promise<void>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
}

/** No script from elsewhere, none in the page, none made from text; and one hub to talk to. */
const policyFor = (broker: string) => {
  const hub = broker === '' ? '' : new URL(broker).host
  const scheme = broker.startsWith('wss:') ? ['wss', 'https'] : ['ws', 'http']
  const connect = hub === '' ? "'self'" : ["'self'", ...scheme.map((one) => `${one}://${hub}`)].join(' ')
  return [
    "default-src 'none'",
    "script-src 'self'",
    'worker-src blob:',
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}

/**
 * @param folder where the bundle is built, unless it is there already
 * @param port what a page keeps belongs to its origin, which has a port. 0: any
 */
export const openPageHost = async (folder: string, settings: PageSettings, port = 0): Promise<PageHost> => {
  const bundle = join(folder, 'usher-adapter-sdk.js')
  if (!existsSync(bundle)) bundleForPages(root, join(root, 'adapters/sdk/browser.ts'), bundle)
  const files: Readonly<Record<string, () => string>> = {
    '/index.html': () => readFileSync(join(pages, 'index.html'), 'utf8'),
    '/greeter.js': () => readFileSync(join(pages, 'greeter.js'), 'utf8'),
    '/usher-adapter-sdk.js': () => readFileSync(bundle, 'utf8'),
    '/settings.json': () => JSON.stringify(settings),
  }
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    const file = files[path]
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': types[extname(path)] ?? 'text/plain',
      'content-security-policy': policyFor(settings.broker),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    response.end(file?.() ?? '')
  })
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${taken}`,
    settings,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
