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

/** Once, at the start. Where no worker can be (no HTTPS), the page lives without. */
export const startWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  const url = (policy()?.createScriptURL(script) ?? script) as string
  await navigator.serviceWorker.register(url, { scope: '/lobby', updateViaCache: 'none' })
}

const isFetched = (worker: ServiceWorker) =>
  new Promise<void>((resolve) => {
    const look = () => worker.state !== 'installing' && resolve()
    worker.addEventListener('statechange', look)
    look()
  })

/** The hub goes on with a newer page only: that one is fetched, and started. */
export const renewPage = async (): Promise<void> => {
  const known = await navigator.serviceWorker?.getRegistration('/lobby')
  await known?.update().catch(() => undefined)
  if (known?.installing != null) await isFetched(known.installing)
  window.location.reload()
}
