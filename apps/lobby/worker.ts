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
  readonly clients: { claim(): Promise<void> }
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

const dropOthers = async () => {
  for (const name of await caches.keys())
    if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name)
}

const answerFrom = async (path: string, request: Request): Promise<Response> => {
  const kept = await (await caches.open(cacheName)).match(path)
  return kept ?? fetch(request)
}

scope.addEventListener('install', (event) => (event as WorkerEvent).waitUntil(keepAll()))
scope.addEventListener('activate', (event) => (event as WorkerEvent).waitUntil(dropOthers()))
scope.addEventListener('fetch', (event) => {
  const { request } = event as AskEvent
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== scope.location.origin) return
  if (!`${pathname}/`.startsWith(base)) return
  const isPage = request.mode === 'navigate'
  const path = isPage ? `${base}index.html` : pathname
  ;(event as AskEvent).respondWith(answerFrom(path, request))
})
