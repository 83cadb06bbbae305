/** Where things of the library are shown, below /lobby. */
export const libraryPath = '/content'
export const addPath = '/content/add'
export const waitingPath = '/content/waiting'
export const loopsPath = '/content/loops'
export const campaignsPath = '/content/campaigns'
export const itemPath = (item: string): string => `/content/items/${item}`
export const versionPath = (item: string): string => `/content/items/${item}/add`
export const loopPath = (playlist: string): string => `${loopsPath}/${playlist}`
export const campaignPath = (campaign: string): string => `${campaignsPath}/${campaign}`

/** No name of the hub's begins so. */
export const newOne = '-new'

export type Place =
  | { readonly at: 'library' | 'add' | 'waiting' | 'loops' | 'campaigns' }
  | { readonly at: 'item' | 'version' | 'loop' | 'campaign'; readonly id: string }

const named = { items: 'item', loops: 'loop', campaigns: 'campaign' } as const
const plain = ['add', 'waiting', 'loops', 'campaigns'] as const

/** Whatever is none of these is the library. */
export const placeOf = (path: string): Place => {
  const [, , part, id, more] = path.split('/')
  if (id !== undefined && part !== undefined && Object.hasOwn(named, part)) {
    const at = named[part as keyof typeof named]
    return { at: at === 'item' && more === 'add' ? 'version' : at, id }
  }
  return { at: plain.find((one) => one === part) ?? 'library' }
}
