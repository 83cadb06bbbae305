/** The operator's page lists exactly the settings that exist, each with its default, unit, allowed values and reason. */
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { HubConfig } from '#hub/ops/config.ts'

interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly string[]
  readonly default?: string | number | boolean | object
  readonly minimum?: number
  readonly maximum?: number
  readonly unit?: string
  readonly description?: string
}

const page = new URL('../../docs/operations/settings.md', import.meta.url)

/** They have a page of their own. */
const elsewhere = 'mqtt.limits'

/** What zod writes for "no upper limit". */
const unlimited = Number.MAX_SAFE_INTEGER

const allowed = ({ type, enum: names, anyOf, minimum, maximum }: Schema): string => {
  if (anyOf !== undefined) return '`false`, or a section'
  if (names !== undefined) return names.map((name) => `\`${name}\``).join(', ')
  if (type === 'boolean') return '`true`, `false`'
  if (minimum === undefined) return type === 'array' ? 'a list' : 'a text'
  return maximum === undefined || maximum >= unlimited ? `${minimum} or more` : `${minimum} to ${maximum}`
}

const initial = (value: Schema['default']): string => {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return 'none'
  if (Array.isArray(value)) return `\`${value.join(', ')}\``
  return typeof value === 'object' ? 'the section’s' : `\`${String(value)}\``
}

const settingsOf = (schema: Schema, path: string): readonly (readonly [string, Schema])[] => {
  if (path === elsewhere) return []
  const named = schema.unit === undefined ? [] : [[path, schema] as const]
  const section = schema.anyOf?.find((one) => one.properties !== undefined) ?? schema
  const inner = Object.entries(section.properties ?? {}).flatMap(([name, one]) =>
    settingsOf(one, path === '' ? name : `${path}.${name}`),
  )
  if (named.length + inner.length === 0) throw new Error(`${path} has no unit and no reason`)
  return [...named, ...inner]
}

const settings = settingsOf(z.toJSONSchema(HubConfig, { io: 'input' }) as Schema, '')

describe('the settings of the hub', () => {
  it('are listed in docs/operations/settings.md', async () => {
    const rows = (await readFile(page, 'utf8')).split('\n').filter((line) => line.startsWith('| `'))
    const expected = settings.map(
      ([name, setting]) =>
        `| \`${name}\` | ${initial(setting.default)} | ${setting.unit} | ${allowed(setting)} | ${setting.description} |`,
    )
    expect(rows).toEqual(expected)
  })

  it('say in which unit they are: a name that ends in Ms counts milliseconds', () => {
    for (const [name, { unit, description }] of settings) {
      expect(description, name).toMatch(/[.]$/)
      expect(name.endsWith('Ms'), name).toBe(unit === 'ms')
    }
  })

  it('are whole without a word, but for the branch file', () => {
    expect(HubConfig.safeParse({}).success).toBe(false)
    expect(HubConfig.parse({ branch: 'b.yaml' })).toMatchObject({
      data: 'data',
      mqtt: { loopback: { host: '127.0.0.1', trust: 'claimed' }, tls: { port: 8883, minimum: 'TLSv1.3' } },
      settings: { resendMs: 2_000 },
      log: { level: 'info' },
    })
  })
})
