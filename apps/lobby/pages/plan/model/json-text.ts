/**
 * JSON with the place of everything in it. Browsers say in different words, or not at all, where a text stops being
 * JSON, and none says on which line a value stands: who wrote a file by hand is told both.
 */

export interface Spot {
  readonly line: number
  readonly column: number
}

/** `twice`: a name that its object has already, so that one of the two would silently count for nothing. */
export type JsonFault = 'unexpected' | 'ended' | 'twice' | 'deep'

export type JsonRead =
  | { readonly value: unknown; readonly spotOf: (path: readonly PropertyKey[]) => Spot }
  | { readonly fault: JsonFault; readonly spot: Spot }

interface Node {
  readonly at: number
  readonly value: unknown
  readonly parts?: ReadonlyMap<PropertyKey, Node>
}

const levelsMax = 32

const tokens = {
  space: /[ \t\r\n]*/y,
  // oxlint-disable-next-line no-control-regex -- JSON refuses them in a text
  name: /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y,
  plain: /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
} as const

class Stopped extends Error {
  readonly fault: JsonFault
  readonly at: number

  constructor(fault: JsonFault, at: number) {
    super(fault)
    this.fault = fault
    this.at = at
  }
}

const spotIn = (text: string, at: number): Spot => {
  const before = text.slice(0, at)
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: at - start + 1 }
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): Node {
    const node = this.#value(0)
    this.#skip()
    if (this.#at < this.#text.length) this.#stop()
    return node
  }

  #stop(): never {
    throw new Stopped(this.#at >= this.#text.length ? 'ended' : 'unexpected', this.#at)
  }

  #token(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const [found] = pattern.exec(this.#text) ?? []
    this.#at += found?.length ?? 0
    return found
  }

  #skip() {
    this.#token(tokens.space)
  }

  /** Goes past the sign where it comes next. */
  #has(sign: string): boolean {
    this.#skip()
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #value(level: number): Node {
    this.#skip()
    const at = this.#at
    if (level > levelsMax) throw new Stopped('deep', at)
    if (this.#has('{')) return this.#object(at, level)
    if (this.#has('[')) return this.#array(at, level)
    const token = this.#token(tokens.name) ?? this.#token(tokens.plain) ?? this.#stop()
    return { at, value: JSON.parse(token) as unknown }
  }

  /** @returns whether another one comes, after its comma */
  #goesOn(end: string): boolean {
    if (this.#has(end)) return false
    return this.#has(',') || this.#stop()
  }

  #object(at: number, level: number): Node {
    const parts = new Map<string, Node>()
    if (this.#has('}')) return { at, value: {}, parts }
    do {
      this.#skip()
      const from = this.#at
      const name = JSON.parse(this.#token(tokens.name) ?? this.#stop()) as string
      if (parts.has(name)) throw new Stopped('twice', from)
      if (!this.#has(':')) this.#stop()
      parts.set(name, this.#value(level + 1))
    } while (this.#goesOn('}'))
    return { at, value: Object.fromEntries([...parts].map(([name, { value }]) => [name, value])), parts }
  }

  #array(at: number, level: number): Node {
    const parts = new Map<number, Node>()
    if (this.#has(']')) return { at, value: [], parts }
    do parts.set(parts.size, this.#value(level + 1))
    while (this.#goesOn(']'))
    return { at, value: [...parts.values()].map(({ value }) => value), parts }
  }
}

/** Of what is missing: where it should be. */
const nearest = (root: Node, path: readonly PropertyKey[]): Node => {
  let node = root
  for (const key of path) {
    const next = node.parts?.get(key)
    if (next === undefined) return node
    node = next
  }
  return node
}

export const readJson = (text: string): JsonRead => {
  try {
    const root = new Reader(text).whole()
    return { value: root.value, spotOf: (path) => spotIn(text, nearest(root, path).at) }
  } catch (stopped) {
    if (!(stopped instanceof Stopped)) throw stopped
    return { fault: stopped.fault, spot: spotIn(text, stopped.at) }
  }
}
