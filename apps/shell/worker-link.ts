/** A page and its service worker: a new build is fetched behind a page, and begins when one is started. */

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

const lookEveryMs = 60_000

/** Whether all of its build came. */
const isFetched = (worker: ServiceWorker) =>
  new Promise<boolean>((resolve) => {
    const look = () => worker.state !== 'installing' && resolve(worker.state !== 'redundant')
    worker.addEventListener('statechange', look)
    look()
  })

export interface WorkerLink {
  /** Once, at the start. Where no worker can be (no HTTPS), the page lives without. */
  start(): Promise<void>
  /** @returns whether there is a newer build, which is here then. */
  fetchNewer(): Promise<boolean>
  /** A newer build is fetched if there is one, and a page is started from the newest that is here. */
  renew(): Promise<void>
  /** From now on looks for a newer build, and starts it once it is here. A page is not started for the same build again. */
  renewOnceNewer(): Promise<void>
}

/** @param app the first part of its address */
export const workerLinkOf = (app: string): WorkerLink => {
  const scope = `/${app}`
  const script = `${scope}/worker.js`
  const registered = () => navigator.serviceWorker?.getRegistration(scope)
  const fetchNewer = async () => {
    const known = await registered()
    await known?.update().catch(() => undefined)
    // The first of all is that of the page itself.
    if (known?.active == null) return false
    if (known.installing !== null && (await isFetched(known.installing))) return true
    return known.waiting !== null
  }
  return {
    async start() {
      if (!('serviceWorker' in navigator)) return
      const url = (policy()?.createScriptURL(script) ?? script) as string
      await navigator.serviceWorker.register(url, { scope, updateViaCache: 'none' })
    },
    fetchNewer,
    async renew() {
      await fetchNewer()
      window.location.reload()
    },
    async renewOnceNewer() {
      const known = await registered()
      if (known === undefined) return
      const look = () => void known.update().catch(() => undefined)
      known.addEventListener('updatefound', () => {
        const { installing } = known
        if (installing !== null)
          void isFetched(installing).then((isHere) => isHere && window.location.reload())
      })
      setInterval(look, lookEveryMs)
      look()
    },
  }
}
