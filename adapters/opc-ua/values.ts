/** Values and node ids between the stack's own classes and plain ones. */
import { DataType, type DataValue, type NodeId, resolveNodeId, Variant } from 'node-opcua'
import type { Given } from './arguments.ts'
import type { Reading } from './reading.ts'

type Plain = boolean | number | string

/** @returns undefined for what the adapter has no use for: lists, structures, dates, bytes */
export const plainValue = (value: unknown): Plain | undefined => {
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || !('text' in value)) return undefined
  return typeof value.text === 'string' ? value.text : undefined
}

/** The two highest bits of a status code (OPC 10000-4, 7.39.1). */
const severities = ['good', 'uncertain', 'bad', 'bad'] as const

export const readingOf = ({ statusCode, value }: DataValue): Reading => {
  const plain = plainValue((value as Variant | null)?.value)
  return {
    quality: severities[statusCode.value >>> 30] ?? 'bad',
    status: statusCode.name,
    ...(plain !== undefined && { value: plain }),
  }
}

export const variantOf = ({ type, value }: Given): Variant => new Variant({ dataType: DataType[type], value })

/** Namespaces by their number in this session: they may differ after each restart of the server. */
export const createNodeIds =
  (namespaces: readonly string[]) =>
  (text: string): NodeId => {
    const [, uri, rest] = /^nsu=([^;]+);(.+)$/.exec(text) ?? []
    if (uri === undefined || rest === undefined) return resolveNodeId(text)
    const index = namespaces.indexOf(uri)
    // Namespace 65535 is nobody's: the server answers that it does not know the node.
    return resolveNodeId(`ns=${index === -1 ? 65_535 : index};${rest}`)
  }

export type NodeIds = ReturnType<typeof createNodeIds>
