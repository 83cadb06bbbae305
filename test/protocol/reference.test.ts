/** The committed reference is what the contract says today, and tools of others can read it. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Parser } from '@asyncapi/parser'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import * as capabilityWords from '#protocol/capabilities.ts'
import { channels } from '#protocol/channels.ts'
import * as kinds from '#protocol/device-kinds.ts'
import { errors } from '#protocol/errors.ts'
import * as eventWords from '#protocol/events.ts'
import * as ids from '#protocol/ids.ts'
import * as messages from '#protocol/messages.ts'
import { referenceFiles } from '#protocol/reference/files.ts'
import { contractSchemas, jsonSchemas } from '#protocol/reference/schemas.ts'
import * as targets from '#protocol/targets.ts'
import { breaks, schemaOf } from './json-schema.ts'

const folder = join(import.meta.dirname, '../../docs/reference')
const files = referenceFiles()

describe('docs/reference is fresh (otherwise: npm run docs)', () => {
  test.each([...files])('%s', (path, text) => {
    expect(readFileSync(join(folder, path), 'utf8')).toBe(text)
  })

  test('and has no schema that is gone', () => {
    const committed = globSync('schemas/*', { cwd: folder }).sort()
    expect(committed).toEqual([...files.keys()].filter((path) => path.startsWith('schemas/')).sort())
  })
})

describe('schemas', () => {
  test('every id is unique and names its file', () => {
    const found = [...jsonSchemas()].map(([name, schema]) => [name, schema['$id']])
    expect(new Set(found.map(([, schemaId]) => schemaId)).size).toBe(found.length)
    for (const [name, schemaId] of found) expect(schemaId).toBe(`${String(name)}.json`)
  })

  test('every reference leads to a file', () => {
    for (const schema of jsonSchemas().values())
      for (const [, ref] of JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g))
        expect(files.has(`schemas/${String(ref)}`), ref).toBe(true)
  })

  test('every schema with a name is published', () => {
    const published = new Set(contractSchemas().values())
    const modules = { ...ids, ...kinds, ...targets, ...eventWords, ...capabilityWords, ...messages }
    for (const [name, value] of Object.entries(modules))
      if (value instanceof z.ZodType && z.globalRegistry.has(value))
        expect(published.has(value), name).toBe(true)
  })

  test('the name of a capability is judged alike by zod and by the published pattern', () => {
    const name = fc.oneof(
      fc.constantFrom(...Object.keys(capabilityWords.capabilities)),
      fc.stringMatching(/^x?-?[a-z0-9-]{0,66}$/),
    )
    fc.assert(
      fc.property(name, (key) => {
        expect(capabilityWords.CapabilityKey.safeParse(key).success).toBe(
          !breaks(schemaOf('CapabilityKey'), key),
        )
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('asyncapi.json', () => {
  const parsed = new Parser().parse(files.get('asyncapi.json') ?? '')

  test('is accepted by the AsyncAPI parser without a remark', async () => {
    const { document, diagnostics } = await parsed
    expect(diagnostics).toEqual([])
    expect(document?.version()).toBe('3.1.0')
  })

  test('the parser does see mistakes', async () => {
    const text = files
      .get('asyncapi.json')
      ?.replace('#/components/messages/Presence', '#/components/messages/Nobody')
    const { document, diagnostics } = await new Parser().parse(text ?? '')
    expect(document).toBeUndefined()
    expect(diagnostics.length).toBeGreaterThan(0)
  })

  test('has every channel with its direction, QoS, retention and messages', async () => {
    const { document } = await parsed
    const operations = document?.operations().all() ?? []
    for (const channel of Object.values(channels)) {
      const carriers = operations.filter((operation) =>
        operation
          .messages()
          .all()
          .some((message) => Object.hasOwn(channel.messages, message.name() ?? '')),
      )
      expect(carriers.length).toBeGreaterThan(0)
      for (const carrier of carriers) {
        expect(carrier.action()).toBe(channel.from === 'device' ? 'receive' : 'send')
        expect(carrier.bindings().get('mqtt')?.value()).toMatchObject({
          qos: channel.qos,
          retain: channel.retain,
        })
      }
    }
    const addresses =
      document
        ?.channels()
        .all()
        .map((channel) => channel.address()) ?? []
    expect(new Set(addresses).size).toBe(addresses.length)
    for (const name of Object.keys(eventWords.events))
      expect(addresses).toContain(`usher/v1/{branch}/{device}/event/${name}`)
  })
})

describe('error codes', () => {
  const page = files.get('errors.md') ?? ''
  const documented = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code]) => code)

  test('the page lists exactly the codes of the table', () => {
    expect(documented).toEqual(Object.keys(errors).sort())
  })

  test.each(Object.entries(errors))('%s says what happened and what to do', (code, row) => {
    expect(code).toMatch(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/)
    expect(row.summary).toMatch(/^\S.*[.!]$/)
    expect(row.remedy).toMatch(/^\S.*\.$/)
  })
})
