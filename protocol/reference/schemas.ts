/** The JSON Schemas of the contract, made from the zod schemas, so that vendors can check without our code. */
import { z } from 'zod'
import { CapabilityKey, capabilities, vendorCapability } from '../capabilities.ts'
import { channels } from '../channels.ts'
import { Media } from '../content.ts'
import { DeviceKind } from '../device-kinds.ts'
import { Segment } from '../events.ts'
import { BootId, DurationMs, Id, Language, TicketNo, TrackId } from '../ids.ts'
import { Content, Spot, Words } from '../targets.ts'

export type JsonSchema = { readonly [key: string]: unknown }

const words = {
  BootId,
  CapabilityKey,
  Content,
  DeviceKind,
  DurationMs,
  Id,
  Language,
  Segment,
  Spot,
  TicketNo,
  TrackId,
  Media,
  Words,
}

const parts = ['command', 'progress', 'result'] as const

const capabilitySchemas = (): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.entries({ ...capabilities, vendor: vendorCapability }).flatMap(([name, capability]) =>
      // One schema may serve several capabilities; a copy gives each a name of its own.
      parts.map((part) => [`capability.${name}.${part}`, capability[part].clone()]),
    ),
  )

/** Every schema of the contract by the name of its file, in the order of the names. */
export const contractSchemas = (): ReadonlyMap<string, z.ZodType> => {
  const all: Record<string, z.ZodType> = { ...words, ...capabilitySchemas() }
  for (const channel of Object.values(channels))
    for (const [name, schema] of Object.entries(channel.messages))
      all[name] = name.startsWith('vendor.') ? schema.clone() : schema
  return new Map(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** JSON Schema cannot say "one of the table, or x-…" through a refinement: the pattern says it. */
const capabilityKeyPattern = `^(?:${Object.keys(capabilities).join('|')}|x-[a-z0-9-]{0,62})$`

const anyJson = { description: 'Any JSON value' }

type Generated = { schemas: Record<string, JsonSchema> }

const toJsonSchemas = (): Generated['schemas'] => {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of contractSchemas()) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, {
    target: 'draft-7',
    // What is sent, not what parsing makes of it: a default is then not required.
    io: 'input',
    uri: (id) => `${id}.json`,
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === CapabilityKey) jsonSchema.pattern = capabilityKeyPattern
    },
  }) as Generated
  return schemas
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mapRefs = (value: unknown, map: (ref: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item) => mapRefs(item, map))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string' ? map(item) : mapRefs(item, map),
    ]),
  )
}

const sharedRef = /^__shared\.json#/

/** What zod could not name is only "any JSON": anything else is a schema that the list above forgot. */
const namedRef = (ref: string, shared: Record<string, unknown>): string => {
  if (!sharedRef.test(ref)) return ref
  const name = ref.slice(ref.lastIndexOf('/') + 1)
  if (!/^schema\d+$/.test(name) || !isRecord(shared[name]) || !('anyOf' in shared[name]))
    throw new Error(`the schema ${name} is used by the contract but not listed with a name`)
  return 'JsonValue.json'
}

/** Self-contained files: `$id` is the file's name, and references name sibling files. */
export const jsonSchemas = (): ReadonlyMap<string, JsonSchema> => {
  const { __shared, ...schemas } = toJsonSchemas()
  const shared = isRecord(__shared?.['definitions']) ? __shared['definitions'] : {}
  const named = Object.entries(schemas).map(
    ([id, schema]) => [id, mapRefs(schema, (ref) => namedRef(ref, shared)) as JsonSchema] as const,
  )
  const jsonValue: JsonSchema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'JsonValue.json',
    ...anyJson,
  }
  return new Map([...named, ['JsonValue', jsonValue] as const].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The same schemas as components of one document. */
export const componentSchemas = (): Record<string, JsonSchema> =>
  Object.fromEntries(
    [...jsonSchemas()].map(([id, { $schema: _dialect, $id: _file, ...schema }]) => [
      id,
      mapRefs(schema, (ref) => `#/components/schemas/${ref.replace(/\.json$/, '')}`) as JsonSchema,
    ]),
  )
