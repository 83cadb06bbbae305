/**
 * Requests held against a CMS' own description of its interface (`web/swagger.json`, OpenAPI 3), which is not part of this
 * repository: its licence is another one.
 */
import { z } from 'zod'
import type { RequestShape } from './requests.ts'

const Schema = z.object({
  type: z.string().optional(),
  required: z.array(z.string()).default([]),
  properties: z.record(z.string(), z.object({ type: z.string().optional() })).default({}),
  items: z
    .object({ properties: z.record(z.string(), z.object({ type: z.string().optional() })).default({}) })
    .optional(),
})
const Operation = z.object({
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().default(false),
        schema: z
          .object({ type: z.string().optional(), items: z.object({ type: z.string() }).optional() })
          .optional(),
      }),
    )
    .default([]),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: Schema })) }).optional(),
})
type Operation = z.infer<typeof Operation>
type BodySchema = z.infer<typeof Schema>

export const Description = z.object({
  servers: z.array(z.object({ url: z.string() })).min(1),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ securitySchemes: z.unknown() }).optional(),
})
export type Description = z.infer<typeof Description>

export interface Verdict {
  readonly what: string
  /** It contradicts the description. */
  readonly wrong: readonly string[]
  /** The description does not know it. */
  readonly undescribed: readonly string[]
}

const fitsType = (value: unknown, type: string | undefined): boolean => {
  if (type === 'integer')
    return Number.isInteger(typeof value === 'string' && value !== '' ? Number(value) : value)
  if (type === 'string') return typeof value === 'string'
  return true
}

/** `/displaygroup/criteria[/{id}]`: a part in brackets may be left out. */
const patternOf = (template: string) =>
  new RegExp(
    `^${template
      .replaceAll('[', '(?:')
      .replaceAll(']', ')?')
      .replaceAll(/\{[^}]+\}/g, '(\\d+)')}$`,
  )

const operationFor = (description: Description, { path, method }: RequestShape): Operation | undefined => {
  const base = description.servers[0]?.url ?? ''
  if (!path.startsWith(base)) return undefined
  const found = Object.entries(description.paths).find(
    ([template, methods]) =>
      patternOf(template).test(path.slice(base.length)) && Object.hasOwn(methods, method.toLowerCase()),
  )
  return found === undefined ? undefined : Operation.parse(found[1][method.toLowerCase()])
}

/** `dataSetColumnId_ID` stands for one of these for each column. */
const described = (schema: { readonly properties: BodySchema['properties'] }, key: string) =>
  schema.properties[key] ?? schema.properties[key.replace(/_\d+$/, '_ID')]

const isThere = (body: Readonly<Record<string, unknown>>, name: string) =>
  Object.hasOwn(body, name) || Object.keys(body).some((key) => key.replace(/_\d+$/, '_ID') === name)

const ofObject = (body: Readonly<Record<string, unknown>>, schema: BodySchema) => {
  const keys = Object.keys(body)
  return {
    wrong: [
      ...schema.required.filter((name) => !isThere(body, name)).map((name) => `without ${name}`),
      ...keys
        .filter(
          (key) => described(schema, key) !== undefined && !fitsType(body[key], described(schema, key)?.type),
        )
        .map((key) => `${key} has the wrong type`),
    ],
    undescribed: keys.filter((key) => described(schema, key) === undefined),
  }
}

const ofBody = ({ body, contentType }: RequestShape, { requestBody }: Operation) => {
  const schema = requestBody?.content[contentType ?? '']?.schema
  if (body === null) return { wrong: requestBody === undefined ? [] : ['without a body'], undescribed: [] }
  if (schema === undefined) return { wrong: [`a body of type ${String(contentType)}`], undescribed: [] }
  if (schema.type !== 'array') return ofObject(body as Record<string, unknown>, schema)
  if (!Array.isArray(body)) return { wrong: ['the body is not a list'], undescribed: [] }
  const item: BodySchema = { required: [], properties: schema.items?.properties ?? {} }
  const each = (body as Record<string, unknown>[]).map((one) => ofObject(one, item))
  return {
    wrong: each.flatMap(({ wrong }) => wrong),
    undescribed: each.flatMap(({ undescribed }) => undescribed),
  }
}

const ofQuery = ({ query }: RequestShape, { parameters }: Operation) => {
  const find = (name: string) =>
    parameters.find((one) => one.in === 'query' && one.name === name.replace('[]', ''))
  return {
    wrong: query
      .filter(([name, value]) => {
        const schema = find(name)?.schema
        return schema !== undefined && !fitsType(value, schema.items?.type ?? schema.type)
      })
      .map(([name]) => `${name} has the wrong type`),
    undescribed: query.filter(([name]) => find(name) === undefined).map(([name]) => name),
  }
}

const tokenUrls = (description: Description): readonly string[] =>
  JSON.stringify(description.components ?? {}).match(/(?<="tokenUrl":")[^"]+/g) ?? []

export const judge = (description: Description, request: RequestShape): Verdict => {
  const { what, path } = request
  if (tokenUrls(description).includes(path)) return { what, wrong: [], undescribed: [] }
  const operation = operationFor(description, request)
  if (operation === undefined) return { what, wrong: ['there is no such call'], undescribed: [] }
  const query = ofQuery(request, operation)
  const body = ofBody(request, operation)
  return {
    what,
    wrong: [...query.wrong, ...body.wrong],
    undescribed: [...new Set([...query.undescribed, ...body.undescribed])],
  }
}
