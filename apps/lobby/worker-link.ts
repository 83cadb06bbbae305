/** The page and its service worker: a new build is taken up when the page starts, never while somebody works with it. */

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

const waitingIn = (registration: ServiceWorkerRegistration): Promise<ServiceWorker | undefined> =>
  new Promise((resolve) => {
    const { waiting, installing } = registration
    if (waiting !== null) return resolve(waiting)
    if (installing === null) return resolve(undefined)
    installing.addEventListener('statechange', () => {
      if (installing.state === 'installed') resolve(installing)
      if (installing.state === 'redundant' || installing.state === 'activated') resolve(undefined)
    })
  })

/** @returns whether the page is about to load itself anew. */
const takeUp = async (registration: ServiceWorkerRegistration): Promise<boolean> => {
  const next = await waitingIn(registration)
  if (next === undefined || navigator.serviceWorker.controller === null) return false
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin
  next.postMessage('take-over')
  return true
}

/** Once, at the start. Where no worker can be (no HTTPS), the page lives without. */
export const startWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  const known = await navigator.serviceWorker.getRegistration('/lobby')
  // What was fetched behind an earlier start is taken up before anything is shown for long.
  if (known?.waiting != null && (await takeUp(known))) return
  const url = (policy()?.createScriptURL(script) ?? script) as string
  await navigator.serviceWorker.register(url, { scope: '/lobby', updateViaCache: 'none' })
}

/** The hub goes on with a newer page only: that one is fetched, and takes over. */
export const renewPage = async (): Promise<void> => {
  const known = await navigator.serviceWorker?.getRegistration('/lobby')
  await known?.update().catch(() => undefined)
  if (known !== undefined && (await takeUp(known))) return
  window.location.reload()
}
