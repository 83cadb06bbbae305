/**
 * The service worker: keeps one whole build of the page, so that a tablet starts without a line, and always with files
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
  skipWaiting(): Promise<void>
}

const scope = globalThis as unknown as WorkerScope

/** Both are put in when it is built. */
const build: string = '%BUILD%'
const files = JSON.parse('"%FILES%"') as readonly string[]

const prefix = 'usher-lobby-'
const cacheName = prefix + build
const base = '/lobby/'

const keepAll = async () => {
  const cache = await caches.open(cacheName)
  await cache.addAll(files.map((path) => new Request(base + path, { cache: 'reload' })))
}

/** The one before stays too: a page of it may still be open, and loads more of its own files. */
const dropOlder = async () => {
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName)
  for (const name of others.slice(0, -1)) await caches.delete(name)
}

/** The first page is that of this build; its files carry their build in their names. */
const answerFor = async (request: Request): Promise<Response> => {
  const isPage = request.mode === 'navigate'
  const kept = isPage
    ? await (await caches.open(cacheName)).match(`${base}index.html`)
    : await caches.match(request, { ignoreVary: true })
  return kept ?? fetch(request)
}

scope.addEventListener('install', (event) => (event as WorkerEvent).waitUntil(keepAll()))
scope.addEventListener('activate', (event) => (event as WorkerEvent).waitUntil(dropOlder()))
scope.addEventListener('fetch', (event) => {
  const { request } = event as AskEvent
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== scope.location.origin) return
  if (!`${pathname}/`.startsWith(base)) return
  ;(event as AskEvent).respondWith(answerFor(request))
})
scope.addEventListener('message', (event) => {
  if ((event as MessageEvent).data === 'take-over') void scope.skipWaiting()
})
