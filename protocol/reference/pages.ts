/** The reference pages for people, made from the tables of the contract. */
import { capabilities, type RepeatRule } from '../capabilities.ts'
import { channels } from '../channels.ts'
import { type ErrorRow, errors } from '../errors.ts'
import { type JsonSchema, jsonSchemas } from './schemas.ts'

const made = '<!-- Made by `npm run docs`; change the table it is made from. -->'

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

const page = (...blocks: readonly string[]) => `${[made, ...blocks].join('\n\n')}\n`

const retryWords: Record<ErrorRow['retry'], string> = {
  no: 'no',
  later: 'later, unchanged',
  'after-change': 'after a change',
}

export const errorsPage = (): string => {
  const rows = Object.entries<ErrorRow>(errors).sort(([a], [b]) => (a < b ? -1 : 1))
  return page(
    '# Error codes',
    'Every error Usher answers with has a code that stays the same; the text may become clearer. Decide by the code. *Whose* names who can mend it.',
    table(
      ['Code', 'What happened', 'Whose', 'Try again', 'What to do'],
      rows.map(([code, row]) => [`\`${code}\``, row.summary, row.fault, retryWords[row.retry], row.remedy]),
    ),
  )
}

const range = (schema: JsonSchema, [low, high]: readonly [string, string], unit = ''): string => {
  const limit = (name: string) => (typeof schema[name] === 'number' ? schema[name] : undefined)
  const min = limit(low)
  const max = limit(high) === Number.MAX_SAFE_INTEGER ? undefined : limit(high)
  if (min === undefined) return max === undefined ? '' : `, at most ${max}${unit}`
  return max === undefined ? `, at least ${min}${unit}` : `, ${min} to ${max}${unit}`
}

const refName = (schema: JsonSchema): string | undefined => {
  const inner = (schema['allOf'] as JsonSchema[] | undefined)?.[0] ?? schema
  const ref = inner['$ref']
  return typeof ref === 'string' ? ref.replace(/\.json$/, '') : undefined
}

const typeOf = (schema: JsonSchema): string => {
  const name = refName(schema)
  if (name !== undefined) return `[${name}](schemas/${name}.json)`
  const choices = schema['enum'] as string[] | undefined
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ')
  const type = typeof schema['type'] === 'string' ? schema['type'] : 'any JSON'
  if (type === 'array')
    return `list of ${typeOf(schema['items'] as JsonSchema)}${range(schema, ['minItems', 'maxItems'])}`
  if (type === 'string') return `text${range(schema, ['minLength', 'maxLength'], ' characters')}`
  return `${type}${range(schema, ['minimum', 'maximum'])}`
}

const fields = (schema: JsonSchema): string => {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)
  const required = new Set((schema['required'] ?? []) as string[])
  return table(
    ['Field', 'Type', 'Required'],
    properties.map(([name, property]) => [
      `\`${name}\``,
      typeOf(property),
      required.has(name) ? 'yes' : 'no',
    ]),
  )
}

const repeatWords: Record<RepeatRule, string> = {
  'at-most-once':
    '**At most once.** Started and then lost, it is never given to another member unless the device says that it did not begin; it ends as `unknown`, and staff can see it.',
  'until-done': '**Until done.** Started and then lost, it is given to the next member.',
}

const capabilityBlocks = (schemas: ReadonlyMap<string, JsonSchema>): string[] =>
  Object.entries(capabilities).flatMap(([name, capability]) => {
    const part = (kind: 'command' | 'progress' | 'result') => {
      const id = `capability.${name}.${kind}`
      const title = kind[0]?.toUpperCase() + kind.slice(1)
      return `${title} ([schema](schemas/${id}.json)):\n\n${fields(schemas.get(id) ?? {})}`
    }
    const traits = [
      capability.moves ? 'It moves a machine: "stop all movement" refuses and cancels it.' : '',
      capability.speaks ? 'It uses a voice: one voice at a time in a sound zone.' : '',
    ].filter((trait) => trait !== '')
    return [
      `## ${name}`,
      `${capability.summary}.`,
      [repeatWords[capability.repeat], ...traits].join(' '),
      part('command'),
      part('progress'),
      part('result'),
    ]
  })

export const capabilitiesPage = (): string =>
  page(
    '# Capabilities',
    "A capability is a named thing that a device or a person can do. A device lists those it has in its manifest; the hub offers it tasks for these only. A name that starts with `x-` is a vendor's own: its command, progress and result are any JSON object, and it is treated as *at most once* unless the manifest says otherwise.",
    ...capabilityBlocks(jsonSchemas()),
  )

const schemaLink = (name: string) => `[${name}](schemas/${name}.json)`

export const topicsPage = (): string =>
  page(
    '# MQTT topics',
    'Contract v1. The same as a document for programs: [asyncapi.json](asyncapi.json). A device publishes under its own name only, and reads its own topics and the topic of the hub only.',
    table(
      ['Topic', 'From', 'QoS', 'Retained', 'Message', 'What it is'],
      Object.entries(channels).map(([key, channel]) => [
        `\`${channel.address}\``,
        channel.from,
        String(channel.qos),
        channel.retain ? 'yes' : 'no',
        key === 'event' ? 'see below' : Object.keys(channel.messages).map(schemaLink).join(', '),
        channel.summary,
      ]),
    ),
    '## Events',
    "The last level of the topic names the event. A name that starts with `x-` is a vendor's own: it is journalled and shown, and no shipped flow decides on it.",
    Object.keys(channels.event.messages)
      .map((name) => `- ${schemaLink(name)}`)
      .join('\n'),
  )
