/** What needs no server: the settings, what a value means, what goes into a call, and what an answer says. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { argumentsOf } from '#adapters/opc-ua/arguments.ts'
import { OpcUaConfig } from '#adapters/opc-ua/config.ts'
import { createInputs } from '#adapters/opc-ua/inputs.ts'
import { judge, judgeAlarm, type Reading } from '#adapters/opc-ua/reading.ts'
import { troubleOf } from '#adapters/opc-ua/trouble.ts'
import { errorOf, jobAnswerOf } from '#adapters/opc-ua/verdict.ts'
import type { DeviceHandle } from '#adapters/sdk/adapter.ts'

const server = {
  name: 'plant',
  url: 'opc.tcp://192.0.2.10:4840',
  identity: { by: 'password', username: 'usher', password: 'long enough' },
  devices: { 'gate-1': { kind: 'door' } },
}
const wrong = (change: object): string => {
  const parsed = OpcUaConfig.safeParse({ servers: [{ ...server, ...change }] })
  return parsed.success ? '' : parsed.error.issues.map(({ message }) => message).join(' ')
}
const gate = (device: object) => ({ devices: { 'gate-1': { kind: 'door', ...device } } })
const task = (name: string, more: object) =>
  gate({ tasks: { [name]: { by: 'method', object: 'i=1', method: 'i=2', ...more } } })

describe('settings', () => {
  test('are safe without saying so', () => {
    const [parsed] = OpcUaConfig.parse({ servers: [server] }).servers
    expect(parsed?.security).toEqual({
      mode: 'SignAndEncrypt',
      policy: 'Basic256Sha256',
      allowInsecure: false,
      allowAnonymous: false,
    })
  })

  test.each([
    [{}, ''],
    [{ security: { mode: 'None' } }, 'None is not encrypted'],
    [{ security: { mode: 'Sign' } }, 'Sign is not encrypted'],
    [{ security: { mode: 'None', allowInsecure: true } }, ''],
    [{ identity: { by: 'anonymous' } }, 'nobody signs in'],
    [{ identity: { by: 'anonymous' }, security: { allowAnonymous: true } }, ''],
    [{ identity: { by: 'password', username: 'usher' } }, 'either password or passwordFile'],
    [{ url: 'opc.tcp://usher:secret@plant:4840' }, 'without user name'],
    [{ trusted: [{ sha256: '12:34' }] }, 'SHA-256 fingerprint'],
    [{ trusted: [{ file: '/nowhere/plant.pem' }] }, 'cannot be read as a certificate'],
    [{ devices: {} }, 'names no device'],
    [gate({ inputs: [{ as: 'alarm', alarm: 'fire', node: 'FireContact' }] }), 'a node id'],
    [gate({ inputs: [{ as: 'event', event: 'help.wanted', node: 'i=1' }] }), 'there is no event'],
    [gate({ inputs: [{ as: 'event', event: 'zone.count', node: 'i=1' }] }), 'does not fit zone.count'],
    [gate({ inputs: [{ as: 'health', reason: 'hot', node: 'i=1', when: {} }] }), 'above or below'],
    [task('dock', {}), 'result does not fit dock'],
    [task('dock', { result: { arrived: true } }), ''],
    [task('dock', { result: { arrived: true }, repeat: 'until-done' }), 'repeat is fixed'],
    [task('x-open', { arguments: [{ type: 'String' }] }), 'either value or from'],
    [task('open', {}), 'Invalid key'],
  ])('case %#', (change, words) => {
    const found = wrong(change)
    if (words === '') expect(found).toBe('')
    else expect(found).toContain(words)
  })

  test('a device belongs to one server', () => {
    const twice = OpcUaConfig.safeParse({ servers: [server, { ...server, name: 'other' }] })
    expect(twice.error?.issues[0]?.message).toContain('gate-1 is there twice')
  })
})

const good = (value: Reading['value']): Reading =>
  value === undefined ? { quality: 'good', status: 'Good' } : { quality: 'good', status: 'Good', value }

describe('readings', () => {
  test('a value of another type is not known, rather than false', () => {
    expect(judge(good('true'), true)).toBeUndefined()
    expect(judge(good(1), true)).toBeUndefined()
    expect(judge(good(undefined), true)).toBeUndefined()
    expect(judge(good(Number.NaN), { above: 3 })).toBeUndefined()
    expect(judge(good(2), [2, 3])).toBe(true)
    expect(judge(good('open'), [2, 'closed'])).toBe(false)
    expect(judge(good(4), { above: 3, below: 5 })).toBe(true)
    expect(judge(undefined, true)).toBeUndefined()
  })

  test('that there is no alarm has to be certain; that there is one, not', () => {
    const uncertain = { quality: 'uncertain', status: 'UncertainLastUsableValue' } as const
    expect(judgeAlarm({ ...uncertain, value: true }, true)).toBe(true)
    expect(judgeAlarm({ ...uncertain, value: false }, true)).toBeUndefined()
    expect(judgeAlarm({ quality: 'bad', status: 'Bad', value: false }, true)).toBeUndefined()
  })

  const anyReading = fc.record({
    quality: fc.constantFrom('good' as const, 'uncertain' as const, 'bad' as const),
    status: fc.constant('Any'),
    value: fc.oneof(fc.boolean(), fc.integer(), fc.string()),
  })

  test('whatever comes, an alarm is cleared only by a good value that says so', () => {
    fc.assert(
      fc.property(fc.array(fc.option(anyReading), { maxLength: 40 }), (readings) => {
        const told: string[] = []
        const emit: DeviceHandle['emit'] = (name: string) => {
          told.push(name)
          return { sent: true as const }
        }
        const device = { emit, state: () => ({ sent: true as const }) }
        const [parsed] = OpcUaConfig.parse({
          servers: [{ ...server, ...gate({ inputs: [{ as: 'alarm', alarm: 'fire', node: 'i=1' }] }) }],
        }).servers
        const inputs = createInputs(device, parsed?.devices['gate-1']?.inputs ?? [])
        for (const reading of readings) {
          const before = told.length
          if (reading === null) inputs.forget()
          else inputs.hear(0, reading)
          for (const name of told.slice(before)) {
            if (name === 'alarm.cleared') expect(reading).toMatchObject({ quality: 'good', value: false })
            else expect(reading?.value).toBe(true)
          }
        }
        // Never twice the same.
        expect(told).toEqual(told.map((_, index) => (index % 2 === 0 ? 'alarm.raised' : 'alarm.cleared')))
      }),
    )
  })
})

describe('arguments', () => {
  const map = { entrance: 3 }
  test('are found, translated and checked', () => {
    const command = { to: { place: 'entrance' }, words: [{ text: '您好' }], charge: true }
    expect(
      argumentsOf(
        [
          { type: 'Int16', from: 'to.place', map },
          { type: 'String', from: 'words.0.text' },
          { type: 'Boolean', from: 'charge' },
          { type: 'Double', from: 'speed', default: 0.5 },
          { type: 'Byte', value: 255 },
        ],
        command,
      ).map(({ value }) => value),
    ).toEqual([3, '您好', true, 0.5, 255])
  })

  test.each([
    [{ type: 'Int16', from: 'to.place', map }, { to: { place: 'moon' } }],
    [{ type: 'Int16', from: 'to.place', map }, { to: { place: 'toString' } }],
    [{ type: 'String', from: 'constructor.name' }, {}],
    [{ type: 'Byte', from: 'n' }, { n: 256 }],
    [{ type: 'Byte', from: 'n' }, { n: 1.5 }],
    [{ type: 'Boolean', from: 'n' }, { n: 'true' }],
    [{ type: 'Double', from: 'n' }, { n: '1' }],
  ] as const)('what does not fit is unsupported, case %#', (argument, command) => {
    expect(() => argumentsOf([argument], command)).toThrow('The command has no')
  })
})

describe('answers', () => {
  test.each([
    ['Good', undefined, undefined],
    ['GoodClamped', undefined, undefined],
    ['BadMethodInvalid', 'unsupported', false],
    ['BadUserAccessDenied', 'unauthorised', false],
    ['BadInvalidState', 'busy', false],
    ['BadSessionClosed', 'unreachable', false],
    ['BadTimeout', 'no-answer', true],
    ['BadUnexpectedError', 'method-failed', true],
    ['Uncertain', 'method-uncertain', true],
  ])('%s', (status, code, begun) => {
    const error = errorOf(status)
    expect(error?.code).toBe(code)
    expect(error?.begun).toBe(begun)
  })

  test.each([
    [null, 'done'],
    [0n, 'done'],
    [1n, 'done'],
    [2n, 'unknown-job'],
    [4n, 'invalid-state'],
    [8n, 'invalid-state'],
    [16n, 'not-accepted'],
    [1n << 32n, 'failed'],
    [1n << 40n, 'failed'],
  ] as const)('return status %s', (status, answer) => {
    expect(jobAnswerOf(status)).toBe(answer)
  })

  test.each([
    ['BadIdentityTokenRejected (0x80210000)', 'login-refused'],
    ['Cannot find an Endpoint matching  security mode: 3 policy: x', 'security-not-offered'],
    ['The connection has been rejected by server: BadSecurityChecksFailed', 'adapter-certificate-refused'],
    ['connect ECONNREFUSED 127.0.0.1:4840', 'server-unreachable'],
  ])('trouble %#', (message, reason) => {
    expect(troubleOf(new Error(message)).reason).toBe(reason)
  })
})
