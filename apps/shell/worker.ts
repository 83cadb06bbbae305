/**
 * The service worker of each page: keeps one whole build of it, so that it starts without a line, and always with files
 * that belong together. Questions to the hub never pass it.
 */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface AskEvent extends WorkerEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface WorkerScope extends EventTarget {
  readonly location: Location
}

const scope = globalThis as unknown as WorkerScope

/** Both are put in when it is built. */
const build: string = '%BUILD%'
const files = JSON.parse('"%FILES%"') as readonly string[]

/** Which page it is, its own address says. */
const base = new URL('.', scope.location.href).pathname
const prefix = `usher-${base.slice(1, -1)}-`
const cacheName = prefix + build
const firstPage = 'index.html'

/** Past what the browser keeps by itself, and never the way to signing in instead of a file. */
const asked = (path: string) => new Request(base + path, { cache: 'reload', redirect: 'error' })

/** The first page is put in last: a cache that has one has its whole build. */
const fill = async () => {
  const cache = await caches.open(cacheName)
  const page = await fetch(asked(firstPage))
  if (!page.ok) throw new Error(`${page.status}`)
  await cache.addAll(files.filter((path) => path !== firstPage).map(asked))
  await cache.put(base + firstPage, page)
}

/** Made anew, so that the names of the caches stand in the order in which their builds came, also for one that comes back. */
const keepAll = async () => {
  await caches.delete(cacheName)
  try {
    await fill()
  } catch (error) {
    // No hub, no room, nobody signed in: what did come takes no room from what is whole.
    await caches.delete(cacheName)
    throw error
  }
}

const kept = async () => (await caches.keys()).filter((name) => name.startsWith(prefix))

/** It begins once no page is open that another worker looks after: nobody asks for older builds any more. */
const dropOlder = async () => {
  const names = await kept()
  for (const name of names.slice(0, Math.max(0, names.indexOf(cacheName)))) await caches.delete(name)
}

/**
 * From the newest build that is here whole, whichever worker answers: when a browser lets the next worker in is its own
 * affair (half a minute and more after it was told to), and a page must start with files that belong together. Files
 * that change carry their build in their names.
 */
const keptFor = async (request: Request): Promise<Response | undefined> => {
  const wanted = request.mode === 'navigate' ? base + firstPage : request
  for (const cacheName of (await kept()).reverse()) {
    const found = await caches.match(wanted, { cacheName, ignoreVary: true })
    if (found !== undefined) return found
  }
  return undefined
}

/** A page of the content library, as it was fetched and checked: words and pictures, and nothing that runs. */
const libraryPolicy = [
  'sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'media-src data:',
].join('; ')

const libraryPage = /^page\/([0-9a-f]{64})$/

const answerFromLibrary = async (sha256: string): Promise<Response> => {
  const cacheName = `usher-media${base.slice(0, -1).replace('/', '-')}`
  const found = await caches.match(`/content/${sha256}`, { cacheName })
  return new Response(found === undefined ? '' : await found.blob(), {
    status: found === undefined ? 404 : 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': libraryPolicy,
      'x-content-type-options': 'nosniff',
    },
  })
}

/** Where what is kept cannot be read there is still the hub. */
const answerFor = async (request: Request): Promise<Response> =>
  (await keptFor(request).catch(() => undefined)) ?? fetch(request)

scope.addEventListener('install', (event) => (event as WorkerEvent).waitUntil(keepAll()))
scope.addEventListener('activate', (event) => (event as WorkerEvent).waitUntil(dropOlder()))
scope.addEventListener('fetch', (event) => {
  const { request } = event as AskEvent
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== scope.location.origin) return
  if (!`${pathname}/`.startsWith(base)) return
  const [, sha256] = libraryPage.exec(pathname.slice(base.length)) ?? []
  ;(event as AskEvent).respondWith(sha256 === undefined ? answerFor(request) : answerFromLibrary(sha256))
})
