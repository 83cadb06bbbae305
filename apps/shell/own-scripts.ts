/**
 * Under the policy of the hub only scripts that somebody vouches for are run: those are the worker of the page, and what
 * the page made itself to keep its time while nobody looks. Before anything is drawn.
 */
interface Types {
  createPolicy(name: 'default', rules: { createScriptURL: (url: string) => string | null }): unknown
}

const vouching = (window as { trustedTypes?: Types }).trustedTypes
vouching?.createPolicy('default', {
  createScriptURL: (url) => (url.startsWith(`blob:${location.origin}/`) ? url : null),
})
