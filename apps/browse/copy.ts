/**
 * A page as the expert of a call may see it: by what is listed in the protocol, and nothing else of it. A field is told as
 * a field, never with what stands in it; what is marked as private is told as dots; a page with a secret is not told at all.
 */
import {
  browseMost,
  type CopiedAttribute,
  type CopiedElement,
  type CopiedFrame,
  type CopiedNode,
  type CopiedTag,
  copiedAttributes,
  copiedTags,
  drawnTags,
} from '#protocol/calls/browse.ts'

/** Instead of whatever it is, and however long. */
export const dots = '•••'

/** Whatever else a page says of itself: what is typed there is nobody's to see. */
const secrets = '[data-secret], [type=password i], [autocomplete~=one-time-code], [autocomplete~=cc-csc]'

/** A signature is drawn by them too. */
const drawn: ReadonlySet<string> = new Set(drawnTags)

/** However it is grouped, and in whichever letters. */
const squeezed = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

/** Shorter entries stand in half of all texts, and tell nothing; of Chinese names most have two characters. */
const isTelling = (entry: string) => entry.length >= (/\p{Script=Han}/u.test(entry) ? 2 : 3)

const isEditedInPlace = (element: Element) => element instanceof HTMLElement && element.isContentEditable

const tags: ReadonlySet<string> = new Set(copiedTags)
const attributes: ReadonlySet<string> = new Set(copiedAttributes)
const inputs = { radio: 'radio', checkbox: 'checkbox' } as const

export interface Copied {
  readonly frame: CopiedFrame
  readonly nodes: readonly CopiedNode[]
}
export type Copy = Copied | 'secret' | 'too-large'

export interface CopierParts {
  readonly page: Document
  readonly root: Element
  /** What the visitor has entered, wherever it might stand. */
  readonly personal: () => readonly string[]
}

class TooLarge extends Error {}

const attributesOf = (element: Element): Partial<Record<CopiedAttribute, string>> =>
  Object.fromEntries(
    [...element.attributes]
      .filter(({ name, value }) => attributes.has(name) && value.length <= browseMost.attribute)
      .map(({ name, value }) => [name, value]),
  )

const inputOf = (element: Element): Pick<CopiedElement, 'input' | 'filled'> => {
  if (!(element instanceof HTMLInputElement)) return {}
  const { type, value } = element
  // Which of several is chosen is an entry as well.
  if (type === 'radio' || type === 'checkbox') return { input: inputs[type] }
  return { input: 'line', ...(value !== '' && { filled: true as const }) }
}

const pictureOf = (element: Element): Pick<CopiedElement, 'picture'> => {
  if (!(element instanceof HTMLImageElement)) return {}
  const [, picture] = /^\/content\/([0-9a-f]{64})$/.exec(pathOf(element.src)) ?? []
  return picture === undefined ? {} : { picture }
}

/** Of no address there is none. */
const pathOf = (address: string): string => {
  try {
    return new URL(address).pathname
  } catch {
    return ''
  }
}

const scrolledOf = ({ scrollLeft, scrollTop }: Element): Pick<CopiedElement, 'scrolled'> =>
  scrollLeft === 0 && scrollTop === 0 ? {} : { scrolled: [Math.round(scrollLeft), Math.round(scrollTop)] }

export class PageCopier {
  readonly #parts: CopierParts
  readonly #ids = new WeakMap<Node, number>()
  #last = 0
  /** Of the last copy: where somebody points. */
  #elements = new Map<number, Element>()

  constructor(parts: CopierParts) {
    this.#parts = parts
  }

  copy(): Copy {
    const { page, root, personal } = this.#parts
    if (page.querySelector(secrets) !== null) return 'secret'
    const nodes: CopiedNode[] = []
    this.#elements = new Map()
    const entries = personal().map(squeezed).filter(isTelling)
    try {
      const id = this.#element(root, { nodes, entries, isPrivate: false })
      return id === undefined ? 'too-large' : { frame: this.#frame(id), nodes }
    } catch (error) {
      if (error instanceof TooLarge) return 'too-large'
      throw error
    }
  }

  elementOf(id: number): Element | undefined {
    return this.#elements.get(id)
  }

  #frame(root: number): CopiedFrame {
    const { documentElement: html, defaultView } = this.#parts.page
    return {
      root,
      width: defaultView?.innerWidth ?? 0,
      height: defaultView?.innerHeight ?? 0,
      foot: Number.parseFloat(html.style.getPropertyValue('--foot')) || 0,
      attributes: attributesOf(html),
    }
  }

  #idOf(node: Node): number {
    const known = this.#ids.get(node)
    if (known !== undefined) return known
    this.#last += 1
    this.#ids.set(node, this.#last)
    return this.#last
  }

  #put(to: Into, node: CopiedNode): number {
    to.nodes.push(node)
    if (to.nodes.length > browseMost.nodes) throw new TooLarge()
    return node.id
  }

  /** @returns undefined: nothing of it is told. */
  #element(element: Element, into: Into): number | undefined {
    const tag = element.localName
    if (!tags.has(tag) || element.hasAttribute('data-unseen')) return undefined
    const id = this.#idOf(element)
    const entries = into.entries.filter(isIn(element))
    const isPrivate =
      into.isPrivate ||
      element.hasAttribute('data-private') ||
      isEditedInPlace(element) ||
      entries.some((entry) => ![...element.childNodes].some((kid) => isIn(kid)(entry)))
    if (isPrivate && drawn.has(tag)) return undefined
    this.#elements.set(id, element)
    const inside = { ...into, entries, isPrivate }
    const kids = [...element.childNodes].flatMap((kid) => this.#kid(kid, inside) ?? [])
    return this.#put(into, {
      id,
      tag: tag as CopiedTag,
      attributes: attributesOf(element),
      kids,
      ...inputOf(element),
      ...(!isPrivate && pictureOf(element)),
      ...scrolledOf(element),
    })
  }

  #kid(kid: Node, into: Into): number | undefined {
    if (kid instanceof Element) return this.#element(kid, into)
    if (!(kid instanceof Text) || kid.data === '') return undefined
    return this.#put(into, { id: this.#idOf(kid), text: textOf(kid.data, into) })
  }
}

/** Its text is squeezed once, and not at all where nothing was entered. */
const isIn = (node: Node) => {
  let text: string | undefined
  return (entry: string): boolean => {
    text ??= squeezed(node.textContent ?? '')
    return text.includes(entry)
  }
}

interface Into {
  readonly nodes: CopiedNode[]
  /** Squeezed, those that stand somewhere in it. Of one that no single node has, all of it is private: it was put together there. */
  readonly entries: readonly string[]
  readonly isPrivate: boolean
}

const textOf = (data: string, { entries, isPrivate }: Into): string => {
  if (data.trim() === '') return ' '
  const isTheirs = isPrivate || entries.some((entry) => squeezed(data).includes(entry))
  return isTheirs ? dots : data.slice(0, browseMost.text)
}
