/**
 * The kiosk's page on its way to the expert: whole once, then what has changed, a few times a second at most. Loaded when
 * the visitor has agreed to it.
 */
import { type BrowseFromKiosk, browseMost, type CopiedNode, type Sight } from '#protocol/calls/browse.ts'
import { changesSince, type Known, knownOf } from './changes.ts'
import { type CopierParts, PageCopier } from './copy.ts'

export interface StreamParts extends CopierParts {
  /** @returns false: there is no line now. */
  readonly send: (said: BrowseFromKiosk) => boolean
  /** Whether there is anything to see. */
  readonly onSight: (sight: Extract<Sight, 'on' | 'paused' | 'too-large'>) => void
  readonly newRun: () => string
}

export interface PageStream {
  /** Everything once more, from the beginning. */
  again(): void
  elementOf(run: string, id: number): Element | undefined
  stop(): void
}

/** Faster than anybody reads, slower than anybody types. */
const everyMs = 180
const againEveryMs = 1_000
/** What is lost on the way is noticed by the number of the next one: so there always is one. */
const restMs = 1_500

const watched = { subtree: true, childList: true, characterData: true, attributes: true } as const

/** What cannot be read is somebody else's. */
const rulesIn = (sheet: CSSStyleSheet): readonly string[] => {
  try {
    return [...sheet.cssRules].map(({ cssText }) => cssText)
  } catch {
    return []
  }
}

/** Between rules, so that each piece can be put behind the one before. */
const piecesOf = (page: Document): readonly string[] => {
  const pieces: string[] = ['']
  for (const rule of [...page.styleSheets].flatMap(rulesIn)) {
    if (rule.length > browseMost.styles) continue
    const last = pieces.at(-1) ?? ''
    if (last.length + rule.length < browseMost.styles) pieces[pieces.length - 1] = `${last}${rule}\n`
    else pieces.push(`${rule}\n`)
  }
  return pieces
}

class LivePage implements PageStream {
  readonly #parts: StreamParts
  readonly #copier: PageCopier
  readonly #watch = new MutationObserver(() => this.#soon())
  #run = ''
  #seq = 0
  #known: Known = new Map()
  #frame = ''
  #sheets = 0
  #isWhole = true
  #againAt = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined
  #rest: ReturnType<typeof setTimeout> | undefined
  #sight: Sight = 'off'

  constructor(parts: StreamParts) {
    this.#parts = parts
    this.#copier = new PageCopier(parts)
  }

  open(): this {
    const { page, root } = this.#parts
    this.#watch.observe(page.documentElement, { attributes: true })
    this.#watch.observe(root, watched)
    // What is typed changes no element, and a page that is moved neither.
    for (const name of ['input', 'scroll', 'load'] as const) page.addEventListener(name, this.#soon, true)
    page.defaultView?.addEventListener('resize', this.#soon)
    this.#look()
    return this
  }

  again(): void {
    this.#isWhole = true
    this.#soon()
  }

  elementOf(run: string, id: number): Element | undefined {
    return run === this.#run ? this.#copier.elementOf(id) : undefined
  }

  stop(): void {
    const { page } = this.#parts
    clearTimeout(this.#timer)
    clearTimeout(this.#rest)
    this.#watch.disconnect()
    for (const name of ['input', 'scroll', 'load'] as const) page.removeEventListener(name, this.#soon, true)
    page.defaultView?.removeEventListener('resize', this.#soon)
  }

  readonly #soon = () => {
    // A secret is looked for at once: not even the frame before it may go out late.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#look()
    }, everyMs)
  }

  #show(sight: Extract<Sight, 'on' | 'paused' | 'too-large'>) {
    if (sight === this.#sight) return
    this.#sight = sight
    this.#parts.onSight(sight)
  }

  #look(isRest = false) {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#look(true), restMs)
    const copy = this.#copier.copy()
    if (copy === 'secret' || copy === 'too-large') {
      // Whoever sees it again begins with a whole one.
      this.#isWhole = true
      return this.#show(copy === 'secret' ? 'paused' : 'too-large')
    }
    if (this.#sheets !== this.#parts.page.styleSheets.length) this.#isWhole = true
    const waitMs = this.#againAt + againEveryMs - performance.now()
    if (this.#isWhole && waitMs > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined
        this.#look()
      }, waitMs)
      return
    }
    const frame = JSON.stringify(copy.frame)
    const nodes = this.#isWhole ? copy.nodes : changesSince(this.#known, copy.nodes)
    const isSame = !this.#isWhole && nodes.length === 0 && frame === this.#frame
    if (isSame && !isRest) return
    const said = this.#page(copy.frame, nodes)
    if (JSON.stringify(said).length > browseMost.bytes) {
      this.#isWhole = true
      return this.#show('too-large')
    }
    this.#show('on')
    if (said.whole) this.#begin()
    this.#frame = frame
    this.#known = knownOf(copy.nodes)
    // What did not go out is missed by nobody: the line begins anew with a whole one.
    this.#isWhole = !this.#parts.send({ ...said, run: this.#run, seq: this.#seq })
  }

  #page(frame: PageSaid['frame'], nodes: readonly CopiedNode[]): PageSaid {
    if (!this.#isWhole) this.#seq += 1
    return { kind: 'page', run: this.#run, seq: this.#seq, whole: this.#isWhole, frame, nodes: [...nodes] }
  }

  #begin() {
    const { page, newRun, send } = this.#parts
    this.#run = newRun()
    this.#seq = 0
    this.#againAt = performance.now()
    this.#sheets = page.styleSheets.length
    const pieces = piecesOf(page)
    pieces.forEach((text, part) => {
      send({ kind: 'styles', run: this.#run, part, parts: pieces.length, text })
    })
  }
}

type PageSaid = Extract<BrowseFromKiosk, { kind: 'page' }>

export const openStream = (parts: StreamParts): PageStream => new LivePage(parts).open()
