/** What the vendors document, message by message, becomes what the contract knows, and nothing else. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { events } from '#protocol/events.ts'
import { listenTo } from './support/listen.ts'

interface Fixture {
  readonly source: string
  readonly arrivedAt: number
  readonly config: object
  readonly messages: readonly {
    readonly topic: string
    readonly payload: unknown
    readonly retained?: boolean
  }[]
  readonly expected: readonly unknown[]
}

const files = globSync(join(import.meta.dirname, 'fixtures/*.json')).sort()

test.each(files.map((file) => [basename(file, '.json'), file] as const))('%s', (_name, file) => {
  const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture
  const listening = listenTo(fixture.config, fixture.arrivedAt)
  const heard = fixture.messages.flatMap(({ topic, payload, retained = false }) =>
    listening.hear(topic, payload, { retained }),
  )
  for (const { name, data } of heard) expect(events[name].safeParse(data).success, name).toBe(true)
  const tracks = new Set<string>()
  const plain = heard.map(({ device, name, data }) => {
    if (!('track' in data)) return { device, name, data }
    tracks.add(String(data.track))
    return { device, name, data: { ...data, track: '<track>' } }
  })
  expect(plain).toEqual(fixture.expected)
  for (const track of tracks) expect(track).toMatch(/^[0-9a-f]{16}$/)
  expect(listening.troubles).toEqual({})
  expect(fixture.source.length).toBeGreaterThan(20)
})

test('every vendor is there', () => {
  expect(files.length).toBe(6)
})
