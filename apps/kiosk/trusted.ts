/**
 * No text becomes markup or a program on this page: the policy of the hub says so. Only two workers may begin: the one
 * that keeps the page for a start without the hub, and the one in which the SDK counts time. Before anything else.
 */
interface ScriptTypes {
  createPolicy(name: 'default', rules: { createScriptURL: (url: string) => string | null }): unknown
}

export const workerScript = '/kiosk/worker.js'

const types = (window as { trustedTypes?: ScriptTypes }).trustedTypes
types?.createPolicy('default', {
  createScriptURL: (url) => (url === workerScript || url.startsWith('blob:') ? url : null),
})
