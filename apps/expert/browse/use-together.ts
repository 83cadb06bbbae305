/** What the kiosk of a call shows its expert, for as long as the page is in the call. */
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { BrowseLine, CallMedia, CallView } from '../../call/port.ts'
import { type TogetherSeen, TogetherStore } from './store.ts'

export interface Together {
  readonly store: TogetherStore
  readonly seen: TogetherSeen
}

const storeOf = (line: BrowseLine): TogetherStore =>
  new TogetherStore({ line, newId: () => crypto.randomUUID(), nowMs: () => performance.now() })

export const useTogether = (media: CallMedia, view: CallView): Together => {
  const store = useMemo(() => storeOf(media.browse), [media])
  useEffect(() => store.open(), [store])
  const hasKiosk = view.others.some(({ id }) => id.startsWith('kiosk:'))
  useEffect(() => {
    if (!hasKiosk) store.lost()
  }, [store, hasKiosk])
  return { store, seen: useSyncExternalStore(store.subscribe, store.get) }
}
