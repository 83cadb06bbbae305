/** Reads one source file with a parser: what it imports, in whichever way, and which globals it touches. */
import { type Node, parseSync, Visitor } from 'oxc-parser'

export interface Source {
  /** Import specifiers; undefined for one that is computed when it runs. */
  readonly imports: readonly (string | undefined)[]
  readonly globals: ReadonlySet<string>
  readonly hasDefaultExport: boolean
  readonly errors: readonly string[]
}

const literal = (node: Node): string | undefined =>
  node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

const nameOf = (node: Node): string | undefined => {
  if (node.type === 'Identifier') return node.name
  return literal(node)
}

/** Names that stand for a property, not for a global of the same name. */
const propertyStarts = (add: (start: number) => void) => {
  const key = (node: { key: Node; computed: boolean }) => {
    if (!node.computed) add(node.key.start)
  }
  return {
    MemberExpression: (node: { property: Node; computed: boolean }) => {
      if (!node.computed) add(node.property.start)
    },
    Property: (node: { key: Node; computed: boolean; shorthand: boolean }) => {
      if (!node.shorthand) key(node)
    },
    PropertyDefinition: key,
    MethodDefinition: key,
    TSPropertySignature: key,
    TSMethodSignature: key,
  }
}

export const readSource = (path: string, text: string): Source => {
  const { program, errors } = parseSync(path, text)
  const imports: (string | undefined)[] = []
  const globals = new Set<string>()
  const properties = new Set<number>()
  let hasDefaultExport = false
  const marks = propertyStarts((start) => properties.add(start))
  new Visitor({
    ...marks,
    ImportDeclaration: (node) => imports.push(node.source.value),
    ExportAllDeclaration: (node) => imports.push(node.source.value),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) imports.push(node.source.value)
      if (node.specifiers.some((specifier) => nameOf(specifier.exported) === 'default'))
        hasDefaultExport = true
    },
    ImportExpression: (node) => imports.push(literal(node.source)),
    TSImportType: (node) => imports.push(node.source.value),
    TSExternalModuleReference: (node) => imports.push(literal(node.expression)),
    ExportDefaultDeclaration: () => {
      hasDefaultExport = true
    },
    CallExpression: (node) => {
      const name = nameOf(node.callee)
      if (name === 'require')
        imports.push(node.arguments[0] === undefined ? undefined : literal(node.arguments[0]))
    },
    MemberExpression: (node) => {
      marks.MemberExpression(node)
      const object = nameOf(node.object)
      const property = nameOf(node.property)
      if (object === 'Math' && property === 'random') globals.add('Math.random')
    },
    Identifier: (node) => {
      if (!properties.has(node.start)) globals.add(node.name)
    },
  }).visit(program)
  return { imports, globals, hasDefaultExport, errors: errors.map((error) => error.message) }
}
