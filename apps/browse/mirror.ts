/**
 * A kiosk's page as the expert sees it, in a frame in which no program runs. It is put together from what the protocol
 * lists, element by element: nothing of it is ever read as markup. Its styles are sheets of the frame alone.
 */
import {
  type BrowseFromKiosk,
  type CopiedElement,
  type CopiedFrame,
  type CopiedNode,
  svgTags,
} from '#protocol/calls/browse.ts'

type Page = Extract<BrowseFromKiosk, { kind: 'page' }>
type Styles = Extract<BrowseFromKiosk, { kind: 'styles' }>

const svgSpace = 'http://www.w3.org/2000/svg'
const ofSvg: ReadonlySet<string> = new Set(svgTags)

const filled = '••••••'

/** What a page shows by itself in a browser, and a picture of it has to be told. */
const ownRules = `
dialog[open] { position: fixed; inset: 0; z-index: 9; margin: auto; }
* { animation: none !important; transition: none !important; caret-color: transparent; }
`

export interface Spot {
  readonly run: string
  readonly node: number
  readonly x: number
  readonly y: number
}

/** Something on the page that one can point at by its name. */
export interface Named {
  readonly node: number
  readonly text: string
}

const isElement = (node: CopiedNode): node is CopiedElement => 'tag' in node

const within = (share: number) => Math.min(1, Math.max(0, share))

export class Mirror {
  readonly #page: Document
  readonly #nodes = new Map<number, Node>()
  #told = new Map<number, CopiedNode>()
  readonly #pieces: (string | undefined)[] = []
  #stylesRun = ''
  #run = ''
  #seq = -1
  #root: number | undefined

  constructor(page: Document) {
    this.#page = page
  }

  get run(): string {
    return this.#run
  }

  /** @returns false: something was lost, and everything is needed once more. */
  take(said: Page): boolean {
    if (said.whole) this.#clear(said)
    else if (said.run !== this.#run || said.seq !== this.#seq + 1) return false
    this.#seq = said.seq
    this.#apply(said.nodes)
    this.#put(said.frame)
    this.#forgetGone(said.frame.root)
    return true
  }

  dress({ run, part, parts, text }: Styles): void {
    if (run !== this.#stylesRun) this.#pieces.length = 0
    this.#stylesRun = run
    this.#pieces[part] = text
    if (this.#pieces.filter((piece) => piece !== undefined).length < parts) return
    const window = this.#page.defaultView
    if (window === null) return
    // Sheets that are made and adopted are no inline styles: the policy of the page stays as it is.
    const sheets = [this.#pieces.join('\n'), ownRules].map((rules) => {
      const sheet = new window.CSSStyleSheet()
      sheet.replaceSync(rules)
      return sheet
    })
    this.#page.adoptedStyleSheets = sheets
  }

  /** The innermost element there, in pixels of the kiosk. */
  spotAt(left: number, top: number): Spot | undefined {
    let found: { node: number; box: DOMRect } | undefined
    for (const [node, known] of this.#nodes) {
      if (!(this.#told.get(node) && isElementNode(known))) continue
      const box = known.getBoundingClientRect()
      const isIn = left >= box.left && left <= box.right && top >= box.top && top <= box.bottom
      const isSmaller = found === undefined || box.width * box.height <= found.box.width * found.box.height
      if (isIn && box.width > 0 && isSmaller) found = { node, box }
    }
    if (found === undefined) return undefined
    return this.#spotIn(found, { left, top })
  }

  /** A button is meant, and not the word in it. */
  #spotIn(found: { readonly node: number }, { left, top }: { left: number; top: number }): Spot | undefined {
    const element = this.#nodes.get(found.node)
    const whole = isElementNode(element) ? element.closest('button, label, legend') : null
    const node = this.#idOf(whole) ?? found.node
    const meant = this.#nodes.get(node)
    if (!isElementNode(meant)) return undefined
    const box = meant.getBoundingClientRect()
    return {
      run: this.#run,
      node,
      x: within((left - box.left) / box.width),
      y: within((top - box.top) / Math.max(1, box.height)),
    }
  }

  #idOf(element: Node | null): number | undefined {
    for (const [id, node] of this.#nodes) if (node === element) return id
    return undefined
  }

  /** Headings, fields and buttons, in their order. */
  named(): readonly Named[] {
    const all = [...this.#page.querySelectorAll('h1, h2, legend, label, button')]
    const ids = new Map([...this.#nodes].map(([id, node]) => [node, id]))
    return all.flatMap((element) => {
      const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim()
      const node = ids.get(element)
      return text === '' || node === undefined ? [] : [{ node, text: text.slice(0, 80) }]
    })
  }

  #clear({ run }: Page) {
    this.#run = run
    this.#nodes.clear()
    this.#told = new Map()
    this.#root = undefined
  }

  #apply(nodes: readonly CopiedNode[]) {
    for (const node of nodes) {
      this.#told.set(node.id, node)
      if (isElement(node)) this.#element(node)
      else this.#text(node.id, node.text)
    }
    // All of them are there now, in whatever order they were told.
    for (const node of nodes) if (isElement(node)) this.#fill(node)
    for (const node of nodes) if (isElement(node)) this.#scroll(node)
  }

  #text(id: number, text: string) {
    const known = this.#nodes.get(id)
    if (known === undefined) this.#nodes.set(id, this.#page.createTextNode(text))
    else known.textContent = text
  }

  #element(node: CopiedElement) {
    const known = this.#nodes.get(node.id)
    const element = isElementNode(known) ? known : this.#create(node)
    const wanted = new Map<string, string>(Object.entries(node.attributes))
    if (node.input !== undefined) {
      wanted.set('type', node.input === 'line' ? 'text' : node.input)
      ;(element as HTMLInputElement).value = node.filled === true ? filled : ''
    }
    if (node.picture !== undefined) wanted.set('src', `/content/${node.picture}`)
    for (const name of element.getAttributeNames()) if (!wanted.has(name)) element.removeAttribute(name)
    for (const [name, value] of wanted)
      if (element.getAttribute(name) !== value) element.setAttribute(name, value)
  }

  #create({ id, tag }: CopiedElement): Element {
    const element = ofSvg.has(tag)
      ? this.#page.createElementNS(svgSpace, tag)
      : // Of what somebody shows in the call nothing is in the copy.
        this.#page.createElement(tag === 'video' ? 'div' : tag)
    this.#nodes.set(id, element)
    return element
  }

  #fill({ id, kids }: CopiedElement) {
    const element = this.#nodes.get(id) as Element
    const wanted = kids.flatMap((kid) => this.#nodes.get(kid) ?? [])
    const isSame =
      wanted.length === element.childNodes.length && wanted.every((kid, at) => element.childNodes[at] === kid)
    if (!isSame) element.replaceChildren(...wanted)
  }

  #scroll({ id, scrolled = [0, 0] }: CopiedElement) {
    const element = this.#nodes.get(id) as Element
    ;[element.scrollLeft, element.scrollTop] = scrolled
  }

  #put({ root, foot, attributes }: CopiedFrame) {
    const { documentElement: html, body } = this.#page
    for (const name of html.getAttributeNames()) if (name !== 'style') html.removeAttribute(name)
    for (const [name, value] of Object.entries(attributes)) html.setAttribute(name, value)
    html.style.setProperty('--foot', `${foot}px`)
    const element = this.#nodes.get(root)
    if (element === undefined || this.#root === root) return
    this.#root = root
    if (isElementNode(element)) element.id = 'app'
    body.replaceChildren(element)
  }

  /** What nothing leads to any more. */
  #forgetGone(root: number) {
    const reached = new Set<number>()
    const ways = [root]
    for (let id = ways.pop(); id !== undefined; id = ways.pop()) {
      if (reached.has(id)) continue
      reached.add(id)
      const node = this.#told.get(id)
      if (node !== undefined && isElement(node)) ways.push(...node.kids)
    }
    for (const id of this.#told.keys())
      if (!reached.has(id)) {
        this.#told.delete(id)
        this.#nodes.delete(id)
      }
  }
}

/** Of another window, whose elements are none of this one's. */
const isElementNode = (node: Node | undefined): node is Element => node?.nodeType === 1
