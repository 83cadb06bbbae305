import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { channels } from '#protocol/channels.ts'
import { Id, idPattern } from '#protocol/ids.ts'
import { clientId, parseClientId, parseTopic, type Topic, topics } from '#protocol/topics.ts'

const id = fc.stringMatching(idPattern)
const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,63}$/)

const built = (topic: Topic): string => {
  switch (topic.channel) {
    case 'hub':
      return topics.hub(topic.branch)
    case 'event':
    case 'stream':
      return topics[topic.channel](topic.branch, topic.device, topic.name)
    case 'report':
      return topics.report(topic.branch, topic.device, topic.task)
    default:
      return topics[topic.channel](topic.branch, topic.device)
  }
}

const plain = [
  'presence',
  'manifest',
  'state',
  'enrol',
  'task',
  'config',
  'error',
  'ack',
  'credential',
] as const

const topic: fc.Arbitrary<Topic> = fc.oneof(
  fc.record({ channel: fc.constantFrom(...plain), branch: id, device: id }),
  fc.record({ channel: fc.constantFrom('event', 'stream'), branch: id, device: id, name }),
  fc.record({ channel: fc.constant('report'), branch: id, device: id, task: id }),
  fc.record({ channel: fc.constant('hub'), branch: id }),
)

/** Strings that are almost topics: right words in any order, with the levels a broker minds. */
const level = fc.oneof(
  fc.constantFrom(
    'usher',
    'v1',
    'v2',
    '_hub',
    'task',
    'report',
    'event',
    'state',
    'ack',
    '',
    '+',
    '#',
    '$SYS',
  ),
  fc.constantFrom('..', 'A', 'é', 'a b', '__proto__', 'constructor', 'x\u0000'),
  id,
)
const almost = fc
  .tuple(fc.constantFrom('usher/v1/', 'usher/', '/usher/v1/', ''), fc.array(level, { maxLength: 6 }))
  .map(([start, levels]) => start + levels.join('/'))

describe('topics', () => {
  test('what is built is read back', () => {
    fc.assert(
      fc.property(topic, (parts) => {
        expect(parseTopic(built(parts))).toEqual(parts)
      }),
    )
  })

  test('what is read has exactly one spelling, and only clean names', () => {
    fc.assert(
      fc.property(almost, (text) => {
        const parts = parseTopic(text)
        if (parts === undefined) return
        expect(built(parts)).toBe(text)
        expect(Id.safeParse(parts.branch).success).toBe(true)
        if (parts.channel !== 'hub') expect(Id.safeParse(parts.device).success).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  test.each([
    '',
    '/',
    'usher',
    'usher/v1',
    'usher/v1/main',
    'usher/v1/main/r1',
    'usher/v1/main/r1/',
    'usher/v1/main/r1/unknown',
    'usher/v1/main/r1/event',
    'usher/v1/main/r1/event/',
    'usher/v1/main/r1/event/Visitor',
    'usher/v1/main/r1/event/a/b',
    'usher/v1/main/r1/task/t1',
    'usher/v1/main/r1/task/t1/report/',
    'usher/v1/main/r1/task//report',
    'usher/v1/main/r1/task/t1/Report',
    'usher/v1/main/r1/state/x',
    'usher/v1/main/_hub/state',
    'usher/v1/+/r1/state',
    'usher/v1/main/+/state',
    'usher/v1/main/#',
    'usher/v2/main/r1/state',
    'USHER/v1/main/r1/state',
    '/usher/v1/main/r1/state',
    'usher/v1/main/r1/state/',
    'usher/v1/main/r1\u0000/state',
    '$SYS/broker/clients',
    `usher/v1/main/${'r'.repeat(65)}/state`,
  ])('%j is no topic of the contract', (text) => {
    expect(parseTopic(text)).toBeUndefined()
  })

  test.each(Object.entries(channels))('the table of channels agrees on %s', (key, channel) => {
    const address = channel.address.replaceAll(/\{(\w+)\}/g, (_, part: string) => `a-${part}`)
    expect(parseTopic(address)?.channel).toBe(key)
  })
})

describe('client ids', () => {
  test('what is built is read back', () => {
    fc.assert(
      fc.property(id, id, (branch, device) => {
        expect(parseClientId(clientId(branch, device))).toEqual({ branch, device })
      }),
    )
  })

  test.each(['', '/', 'main', 'main/', '/r1', 'main/r1/x', 'Main/r1', 'main/r 1', 'main/__proto__'])(
    '%j is refused',
    (text) => {
      expect(parseClientId(text)).toBeUndefined()
    },
  )
})
