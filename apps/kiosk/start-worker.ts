import { workerScript } from './trusted.ts'

/** Keeps one whole build for a start without the hub. Where no worker can be (no HTTPS), the page lives without. */
export const startWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register(workerScript, { scope: '/kiosk', updateViaCache: 'none' })
}
