import { describe, expect, test } from 'vitest'
import { parseBranchFile } from '#hub/branch/load.ts'
import { UsherError } from '#protocol/errors.ts'
import { branchYaml } from '../support/branch.ts'

const refusal = (text: string, parsePolicy?: Parameters<typeof parseBranchFile>[1]): string => {
  try {
    parseBranchFile(text, parsePolicy)
  } catch (error) {
    if (!(error instanceof UsherError)) throw error
    expect(error.code).toBe('config.invalid')
    return error.detail ?? ''
  }
  throw new Error('was not refused')
}

const lineWith = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1

describe('a branch file', () => {
  test('is read with its defaults', () => {
    const file = parseBranchFile(branchYaml)
    expect(file).toMatchObject({ branch: 'lobby-1', title: { en: 'Test branch' }, mode: 'open' })
    expect(file.devices).toHaveLength(6)
  })

  test.each([
    [
      'a name that leads nowhere',
      'zone: waiting, kind: charger',
      'places[1].zone: there is no zone "nowhere"',
    ],
    ['a service no counter knows', 'services: [cash, cards]', 'there is no service "nowhere"'],
  ])('%s is named with its line and what there is', (_, part, says) => {
    const text =
      part === 'services: [cash, cards]'
        ? branchYaml.replace(part, 'services: [nowhere]')
        : branchYaml.replace('id: charger-1, zone: entrance', 'id: charger-1, zone: nowhere')
    const detail = refusal(text)
    expect(detail).toContain(says)
    expect(detail).toContain('declared are')
    expect(detail).toContain(`line ${lineWith(text, 'nowhere')}:`)
  })

  test('every fault is said at once: twice the same name, gateways, places, zone of time, dates', () => {
    const text = branchYaml
      .replace('timeZone: Asia/Shanghai', 'timeZone: Mars/Olympus')
      .replace('id: camera-2', 'id: camera-1')
      .replace('gateway: gateway-1', 'gateway: robot-1')
      .replace('keepClear: [exit-way]', 'keepClear: [no-place]')
      .replace('words: { en: Gold }', 'words: { en: Gold }, from: 2026-05-02, to: 2026-05-01, zones: [mars]')
    const detail = refusal(text)
    for (const part of [
      '"Mars/Olympus" is no time zone',
      '"camera-1" is used twice',
      'there is no gateway "robot-1"; declared are gateway-1',
      'there is no place "no-place"',
      'ends on 2026-05-01',
      'there is no zone "mars"',
    ])
      expect(detail).toContain(part)
    expect(detail.trim().split('\n')).toHaveLength(6)
  })

  test('a missing or unknown field names the nearest line', () => {
    const text = branchYaml.replace('{ id: cash, serviceMs: 240000 }', '{ serviceMs: 240000, colour: red }')
    const detail = refusal(text)
    expect(detail).toContain(`line ${lineWith(text, 'colour')}: services[0].id`)
    expect(detail).toContain('colour')
  })

  test.each([
    ['broken YAML', 'branch: [', /line \d+/],
    ['the same key twice', 'branch: a\nbranch: b\nzones: []', /line 2/],
    ['nothing at all', '', /line 1/],
    ['a list', '- a\n- b', /line 1/],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
      /alias/i,
    ],
  ])('%s is refused readably', (_, text, says) => {
    expect(refusal(text)).toMatch(says)
  })

  test('policies are made whole by their flow, and its refusal names the flow’s line', () => {
    const text = `${branchYaml}\nflows:\n  greeting: { policy: { cooldownMs: 5 } }\n  dancing: {}\n`
    const parse = (flow: string, policy: Readonly<Record<string, unknown>>) => {
      if (flow === 'dancing') throw new UsherError('flow.unknown', flow)
      return { quiet: true, ...policy }
    }
    expect(refusal(text, parse)).toContain(`line ${lineWith(text, 'dancing')}: flows.dancing`)
    const file = parseBranchFile(text.replace('  dancing: {}\n', ''), parse)
    expect(file.flows['greeting']).toEqual({ autonomy: 'automatic', policy: { quiet: true, cooldownMs: 5 } })
  })
})
