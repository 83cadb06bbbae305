/** What stands in a corner while the screen plays on: how it is let in, who it is. */
import { type Pair, words } from '../words.ts'
import { element } from './element.ts'

/** As apps/device tells it. */
export type Notice =
  | { readonly at: 'code'; readonly code: string }
  | { readonly at: 'line'; readonly pair: Pair }
  | undefined

export interface Overlay {
  readonly element: HTMLElement
  tell(notice: Notice): void
  /** @param name how the branch calls it; undefined: it is nobody yet */
  identify(name: string | undefined, forMs: number): void
}

/** Three and three are easier to read than six. */
const spaced = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`

const bothOf = (pair: Pair) => [
  element('p', { text: pair.zh, lang: 'zh-CN' }),
  element('p', { text: pair.en, lang: 'en' }),
]

const drawn = (notice: Notice): HTMLElement | undefined => {
  if (notice === undefined) return undefined
  if (notice.at === 'line') return element('div', { class: 'note line' }, bothOf(notice.pair))
  return element('div', { class: 'note code' }, [
    element('strong', { text: spaced(notice.code), lang: 'zxx' }),
    ...bothOf(words.pairing),
  ])
}

export const createOverlay = (): Overlay => {
  const place = element('aside', { class: 'overlay' })
  place.setAttribute('aria-live', 'polite')
  let note: HTMLElement | undefined
  let name: HTMLElement | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    element: place,
    tell(notice) {
      note?.remove()
      note = drawn(notice)
      if (note !== undefined) place.append(note)
    },
    identify(device, forMs) {
      clearTimeout(timer)
      name?.remove()
      name = element('div', { class: 'note name' }, [element('strong', { text: device ?? '?', lang: 'zxx' })])
      place.append(name)
      timer = setTimeout(() => name?.remove(), forMs)
    },
  }
}
