/** The page and its service worker: a new build is fetched behind a page, and begins when one is started. */

/** Where the hub asks for it, a page may name this one script as one to run. */
const policy = () => {
  const types = (window as { trustedTypes?: TrustedTypeFactory }).trustedTypes
  return types?.createPolicy('usher-worker', { createScriptURL: (url) => url })
}
interface TrustedTypeFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): unknown }
}

const script = '/lobby/worker.js'
const scope = '/lobby'

/** Once, at the start. Where no worker can be (no HTTPS), the page lives without. */
export const startWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  const url = (policy()?.createScriptURL(script) ?? script) as string
  await navigator.serviceWorker.register(url, { scope, updateViaCache: 'none' })
}

/** Whether all of its build came. */
const isFetched = (worker: ServiceWorker) =>
  new Promise<boolean>((resolve) => {
    const look = () => worker.state !== 'installing' && resolve(worker.state !== 'redundant')
    worker.addEventListener('statechange', look)
    look()
  })

/** A newer build is fetched if there is one, and a page is started from the newest that is here. */
export const renewPage = async (): Promise<void> => {
  const known = await navigator.serviceWorker?.getRegistration(scope)
  await known?.update().catch(() => undefined)
  if (known?.installing != null) await isFetched(known.installing)
  window.location.reload()
}

const lookEveryMs = 60_000

/** From now on looks for a newer build, and starts it once it is here. A page is not started for the same build again. */
export const renewOnceNewer = async (): Promise<void> => {
  const known = await navigator.serviceWorker?.getRegistration(scope)
  if (known === undefined) return
  const look = () => void known.update().catch(() => undefined)
  known.addEventListener('updatefound', () => {
    const { installing } = known
    if (installing !== null) void isFetched(installing).then((isHere) => isHere && window.location.reload())
  })
  setInterval(look, lookEveryMs)
  look()
}
