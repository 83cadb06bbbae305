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
}

const scope = globalThis as unknown as WorkerScope

/** Both are put in when it is built. */
const build: string = '%BUILD%'
const files = JSON.parse('"%FILES%"') as readonly string[]

const prefix = 'usher-lobby-'
const cacheName = prefix + build
const base = '/lobby/'

/** Made anew, so that the names of the caches stand in the order in which their builds came, also for one that comes back. */
const keepAll = async () => {
  await caches.delete(cacheName)
  const cache = await caches.open(cacheName)
  await cache.addAll(files.map((path) => new Request(base + path, { cache: 'reload' })))
}

const kept = async () => (await caches.keys()).filter((name) => name.startsWith(prefix))

/** The one before stays too: a page of it may still be open, and loads more of its own files. */
const dropOlder = async () => {
  const others = (await kept()).filter((name) => name !== cacheName)
  for (const name of others.slice(0, -1)) await caches.delete(name)
}

/**
 * From the newest build that is here whole, whichever worker answers: when a browser lets the next worker in is its own
 * affair (half a minute and more after it was told to), and a page must start with files that belong together. All
 * files of a build arrive at once, and those that change carry their build in their names.
 */
const answerFor = async (request: Request): Promise<Response> => {
  const wanted = request.mode === 'navigate' ? `${base}index.html` : request
  for (const name of (await kept()).reverse()) {
    const found = await (await caches.open(name)).match(wanted, { ignoreVary: true })
    if (found !== undefined) return found
  }
  return fetch(request)
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
