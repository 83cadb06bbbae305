/**
 * A page (HTML) as a bank's designer exports it. Read more strictly than any browser reads: what is not understood is
 * refused. It is shown in a sandbox where nothing runs and nothing is loaded, so this is so that its author hears of it
 * now, and not from an empty screen.
 */
import { UsherError } from '#protocol/errors.ts'
import { refusedWith } from '../../branch/refused-with.ts'
import {
  attributesAllowed,
  elementsAllowed,
  metaAllowed,
  neverAnywhere,
  pictureWithin,
  styleRefused,
} from './page-rules.ts'

export const pageBytesMax = 512 * 1024
const attributesMax = 100

const refused = (found: string): UsherError =>
  refusedWith('content.page', 'found', { found: found.slice(0, 120) })

/** @returns the text, or undefined: these bytes are no text. */
const textOf = (bytes: Buffer): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

const lead = /^(?:\s|<!--[\s\S]*?-->|<\?xml[^>]*>|<!doctype[^>]*>)*/i

/** @returns what the text is, as far as that can be said by how it begins. */
export const kindOfText = (bytes: Buffer): 'page' | 'svg' | undefined => {
  const text = textOf(bytes)
  if (text === undefined) return undefined
  const start = text.replace(/^\uFEFF/, '')
  const first = /^<([a-z][a-z0-9:]*)/i
    .exec(start.slice(lead.exec(start)?.[0].length ?? 0))?.[1]
    ?.toLowerCase()
  if (first === 'svg' || first?.endsWith(':svg')) return 'svg'
  if (/<!doctype\s+svg/i.test(start.slice(0, 1_024))) return 'svg'
  return /^\s*<!doctype\s+html/i.test(start) || first === 'html' || first === 'head' || first === 'body'
    ? 'page'
    : undefined
}

const plainStyle = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '')
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) => {
      const code = Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : ''
    })
    .replaceAll('\\', '')

const checkStyle = (css: string) => {
  // Escapes may not hide anything, and what they stand for may not either.
  for (const text of [css, plainStyle(css)])
    for (const [pattern, found] of styleRefused) if (pattern.test(text)) throw refused(found)
}

interface Attribute {
  readonly name: string
  readonly value: string
}

const checkAttribute = (element: string, { name, value }: Attribute) => {
  const at = `${name} in <${element}>`
  if (name.startsWith('on')) throw refused(`${at}, which would run a program`)
  if (!attributesAllowed.has(name) && !/^(?:data|aria)-[a-z0-9-]+$/.test(name)) throw refused(at)
  if (name === 'src' && (element !== 'img' || !pictureWithin.test(value)))
    throw refused(`${at}, which is no picture within the page (data:image/…)`)
  if (name === 'href' && !/^#[\w-]*$/.test(value)) throw refused(`${at}, which leads out of the page`)
  if (name === 'style') {
    if (/&(?!amp;|quot;|apos;|lt;|gt;)/i.test(value)) throw refused(at)
    checkStyle(value)
  }
}

const checkMeta = (attributes: readonly Attribute[]) => {
  const kind = attributes.find(({ name }) => name === 'name')?.value.toLowerCase()
  if (kind !== undefined && !metaAllowed.has(kind)) throw refused(`<meta name="${kind}">`)
}

const attribute = /^[\s/]*([^\s"'<>/=\0]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/

/** Walks through a page once, from tag to tag. */
class PageReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  check() {
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf('<', this.#at)
      if (next < 0) return
      this.#at = next
      this.#markup()
    }
  }

  #markup() {
    const rest = this.#text.slice(this.#at, this.#at + 16)
    if (rest.startsWith('<!--')) return this.#comment()
    if (/^<!doctype/i.test(rest)) return this.#pass('>')
    const element = /^<(\/?)([a-z][^\s/>]*)/i.exec(this.#text.slice(this.#at, this.#at + 64))
    if (element === null) {
      if (/^<[!?/]/.test(rest)) throw refused(rest)
      // A sign of comparison in the text.
      this.#at += 1
      return
    }
    const [tag, slash, name = ''] = element
    const kind = name.toLowerCase()
    if (!elementsAllowed.has(kind)) throw refused(`<${kind}>`)
    this.#at += tag.length
    const attributes = this.#attributes(kind)
    if (slash === '' && kind === 'meta') checkMeta(attributes)
    if (slash === '' && (kind === 'style' || kind === 'title')) this.#raw(kind)
  }

  #comment() {
    // The ends that browsers accept besides the regular one are what hides things.
    if (/^<!--(?:-?>)/.test(this.#text.slice(this.#at, this.#at + 6))) throw refused('a comment without end')
    const from = this.#at
    this.#pass('-->')
    if (this.#text.slice(from, this.#at).includes('--!>')) throw refused('a comment with two ends')
  }

  #pass(end: string) {
    const at = this.#text.indexOf(end, this.#at)
    if (at < 0) throw new UsherError('content.broken', 'The page ends within a tag or comment.')
    this.#at = at + end.length
  }

  #attributes(element: string): readonly Attribute[] {
    const attributes: Attribute[] = []
    for (;;) {
      const close = /^[\s/]*>/.exec(this.#text.slice(this.#at, this.#at + 4_096))
      if (close !== null) {
        this.#at += close[0].length
        return attributes
      }
      const found = attribute.exec(this.#text.slice(this.#at))
      if (found === null || attributes.length >= attributesMax)
        throw refused(`<${element} ${this.#text.slice(this.#at, this.#at + 40)}`)
      const [whole, name = '', double, single, bare] = found
      const one = { name: name.toLowerCase(), value: double ?? single ?? bare ?? '' }
      checkAttribute(element, one)
      attributes.push(one)
      this.#at += whole.length
    }
  }

  /** Up to its own end tag nothing in it is markup. */
  #raw(element: 'style' | 'title') {
    const rest = this.#text.slice(this.#at)
    const end = new RegExp(`</${element}[\\s/>]`, 'i').exec(rest)
    if (end === null) throw new UsherError('content.broken', `The page ends within <${element}>.`)
    if (element === 'style') checkStyle(rest.slice(0, end.index))
    this.#at += end.index
  }
}

/** @throws UsherError `content.page`, naming what was found. */
export const checkPage = (bytes: Buffer): void => {
  const text = textOf(bytes)
  if (text === undefined) throw new UsherError('content.broken', 'Its text is not UTF-8.')
  for (const [pattern, found] of neverAnywhere) {
    const match = pattern.exec(text)
    if (match !== null) throw refused(found === '' ? `<${match[1]?.toLowerCase()}>` : found)
  }
  new PageReader(text).check()
}
