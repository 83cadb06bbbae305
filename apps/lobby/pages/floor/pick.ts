/** What of the floor is open in a sheet: it stands in the address, so that back closes it and a link opens it. */
import { go, useSearch } from '../../frame/router.ts'

export const pickKinds = ['device', 'visit', 'track', 'zone'] as const
export interface Pick {
  readonly kind: (typeof pickKinds)[number]
  readonly id: string
}

const path = '/floor'

export const usePick = (): Pick | undefined => {
  const search = useSearch()
  for (const kind of pickKinds) {
    const id = search.get(kind)
    if (id !== null) return { kind, id }
  }
  return undefined
}

/** From one sheet into the next one goes without a step between: back leads to the plan. */
export const pick = ({ kind, id }: Pick): void =>
  go(`${path}?${kind}=${encodeURIComponent(id)}`, window.location.search === '' ? 'push' : 'replace')

export const unpick = (): void => go(path, 'replace')
