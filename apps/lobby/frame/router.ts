/** Where one is: the path below /lobby, kept in the address, so that back, reload and links work. */
import { useSyncExternalStore } from 'react'

export const base = '/lobby'

const went = 'usher-went'
const leaves = 'usher-leaves'

const pathNow = () => window.location.pathname.slice(base.length).replace(/\/+$/, '') || '/'

const subscribe = (tell: () => void) => {
  window.addEventListener('popstate', tell)
  window.addEventListener(went, tell)
  return () => {
    window.removeEventListener('popstate', tell)
    window.removeEventListener(went, tell)
  }
}

/** `/floor`; `/` is the first page. */
export const usePath = (): string => useSyncExternalStore(subscribe, pathNow)

const searchNow = () => window.location.search

/** What stands behind the path: `useSearch().get('device')`. */
export const useSearch = (): URLSearchParams =>
  new URLSearchParams(useSyncExternalStore(subscribe, searchNow))

/** Asked before one leaves by something on the page. `mayLeave` says no where a person has to be asked first. */
export const askBeforeLeaving = (mayLeave: (path: string) => boolean): (() => void) => {
  const ask = (event: Event) => {
    if (!mayLeave((event as CustomEvent<string>).detail)) event.preventDefault()
  }
  window.addEventListener(leaves, ask)
  return () => window.removeEventListener(leaves, ask)
}

/** To `/queues` or `/floor?device=r1`. `replace`: without a step to go back to. */
export const go = (path: string, how: 'push' | 'replace' = 'push'): void => {
  if (!window.dispatchEvent(new CustomEvent(leaves, { detail: path, cancelable: true }))) return
  const address = base + path
  if (how === 'replace') window.history.replaceState(null, '', address)
  else window.history.pushState(null, '', address)
  window.dispatchEvent(new Event(went))
}

/** For a real link, which can also be opened beside. */
export const addressOf = (path: string): string => base + path
