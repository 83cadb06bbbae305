import { describe, expect, test } from 'vitest'
import { CapabilityKey, capabilities, isCapability, repeatRule } from '#protocol/capabilities.ts'
import { isErrorCode } from '#protocol/errors.ts'
import { isEventName } from '#protocol/events.ts'
import { BootId, DurationMs, Id, Language, TicketNo, TrackId, text } from '#protocol/ids.ts'

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success

describe('names', () => {
  test.each([
    [Id, ['a', '0', 'main-street', 'v-1-17-0', 'x'.repeat(64)]],
    [TicketNo, ['A012', '7', 'vip-3']],
    [TrackId, ['7', 'cam_1:track.9']],
    [BootId, ['b1', 'Xy_-9']],
    [Language, ['zh', 'en', 'zh-CN', 'zh-Hans-CN', 'yue']],
    [CapabilityKey, ['greet', 'call-staff', 'x-acme-dance']],
    [DurationMs, [0, 1, 86_400_000]],
    [text(5), ['', '您好', 'a\nb\tc']],
  ])('good ones are taken, case %#', (schema, values) => {
    for (const value of values) expect(accepts(schema, value), JSON.stringify(value)).toBe(true)
  })

  test.each([
    [
      Id,
      ['', 'A', '-a', 'a_b', 'a b', 'a/b', 'a.b', '+', '#', '$a', 'é', 'a\n', 'x'.repeat(65), '__proto__', 1],
    ],
    [TicketNo, ['', '-1', 'A 1', 'A'.repeat(33), 'A\n', "A'--", 7]],
    [TrackId, ['', 'a b', 'a/b', 'x'.repeat(65)]],
    [BootId, ['', 'a.b', 'a\n']],
    [Language, ['', 'ZH', 'z', 'chinese', 'zh_CN', 'zh-', 'zh-toolongtag']],
    [CapabilityKey, ['', 'gret', 'Greet', 'constructor', 'toString', 'x_dance', '__proto__']],
    [DurationMs, [-1, 0.5, 86_400_001, Number.NaN, JSON.parse('1e400'), '5', null, 5n]],
    [text(5), ['123456', '\u0000', '\u001b', '\u007f', '\u009f', '\ud800', '\uffff', 1]],
  ])('bad ones are refused, case %#', (schema, values) => {
    for (const value of values) expect(accepts(schema, value), String(value)).toBe(false)
  })
})

test('look-ups know their own rows only', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', '']) {
    expect(isCapability(name)).toBe(false)
    expect(isEventName(name)).toBe(false)
    expect(isErrorCode(name)).toBe(false)
  }
})

test('repeat rules: a voice or an offer is never repeated on a guess, an errand is seen through', () => {
  const rules = Object.fromEntries(Object.keys(capabilities).map((name) => [name, repeatRule(name)]))
  expect(rules).toEqual({
    greet: 'at-most-once',
    guide: 'until-done',
    announce: 'at-most-once',
    display: 'until-done',
    promote: 'at-most-once',
    'offer-service': 'at-most-once',
    'call-staff': 'until-done',
    dock: 'until-done',
    'manage-ticket': 'until-done',
  })
  expect(repeatRule('x-acme-dance')).toBe('at-most-once')
})
