/** Whatever code a row or a record carries, a page can say it in both languages. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AnyFlow } from '#flows/define.ts'
import { flows } from '#flows/index.ts'
import { flowReasons } from '#flows/reasons.ts'
import type { Scenario } from '#flows/samples/scenario.ts'
import { deskActs } from '#hub/desk/acts.ts'
import { taskPhases } from '#hub/dispatch/rows.ts'
import { explore } from '#hub/flow-check/explore.ts'
import { alertWords } from '#hub/look/words/alerts.ts'
import { carriedReasons } from '#hub/look/words/carried-words.ts'
import { commandWords, eventWords, kindWords } from '#hub/look/words/causes.ts'
import { markWords } from '#hub/look/words/marks.ts'
import * as names from '#hub/look/words/names.ts'
import { hubReasons, sayReason } from '#hub/look/words/reason-words.ts'
import { recordWords } from '#hub/look/words/records.ts'
import { capabilities } from '#protocol/capabilities.ts'
import { alertPriorities } from '#protocol/desk/live/work-rows.ts'
import { DeviceKind } from '#protocol/device-kinds.ts'
import { events, Segment } from '#protocol/events.ts'
import type { Intent } from '#protocol/intents.ts'
import { modes, proposalStates } from '#protocol/model.ts'
import { remoteActions, remoteCapability } from '#protocol/remote.ts'
import { hasChinese } from '../cli/latin.ts'

const root = join(import.meta.dirname, '../..')

const samplesOf = async ({ id }: AnyFlow) =>
  ((await import(join(root, 'flows', id, 'samples.ts'))) as { samples: readonly Scenario[] }).samples

/** Everything that a flow wants anywhere in its samples. */
const wishesOf = async (flow: AnyFlow): Promise<readonly Intent[]> => {
  const all: Intent[] = []
  for (const scenario of await samplesOf(flow))
    all.push(...explore(flow, scenario).taken.flatMap(({ intents }) => intents))
  return all
}

const reasonOf = (intent: Intent): readonly string[] => {
  if (intent.type === 'cancel' || intent.type === 'cancel-others') return [intent.reason]
  if (!('because' in intent)) return []
  const { code, params } = intent.because
  const inner = params?.['reason']
  return typeof inner === 'string' ? [code, inner] : [code]
}

const claimsOf = (intent: Intent): readonly string[] => {
  if (intent.type === 'task') return (intent.claims ?? []).map(({ key }) => key)
  return intent.type === 'claim' ? [intent.claim.key] : []
}

/** Words of its own, and nothing of the key in them. */
const hasWordsToWait = (key: string): boolean => {
  const rule = carriedReasons.find(({ prefix }) => `claim:${key}`.startsWith(prefix))
  const said = (['zh', 'en'] as const).map((tongue) => sayReason(`claim:${key}`, tongue))
  return rule !== undefined && rule.prefix !== 'claim:' && said.every((text) => !/\w:\w/.test(text))
}

const words: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  ...recordWords,
  ...flowReasons,
  ...hubReasons,
}

describe.each(flows.map((flow) => [flow.id, flow] as const))('flow %s', (_, flow) => {
  test('every alert that it raises, and every reason that it gives, has words', async () => {
    const wishes = await wishesOf(flow)
    const alerts = wishes.flatMap((wish) => (wish.type === 'alert' ? [wish.because.code] : []))
    const reasons = wishes.flatMap(reasonOf).filter((code) => !code.startsWith('unserved-'))
    expect(reasons.length + alerts.length).toBeGreaterThan(0)
    const marks = wishes.flatMap((wish) => (wish.type === 'mark' ? [wish] : []))
    expect(marks.filter(({ name, value }) => markWords(name, value) === undefined)).toEqual([])
    expect([...new Set(alerts)].filter((code) => alertWords[code] === undefined)).toEqual([])
    expect(wishes.flatMap(claimsOf).filter((key) => !hasWordsToWait(key))).toEqual([])
    expect([...new Set(reasons)].filter((code) => words[code] === undefined)).toEqual([])
  })
})

/** `code: 'x'` and `code: is ? 'x' : 'y'` within a record; what is put together stands below. */
const recorded = globSync('hub/{branch,dispatch,engine}/**/*.ts', { cwd: root }).flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\bcode: ([^\n]*)/g)].flatMap(([, said = '']) =>
    [...said.matchAll(/(?:^|\? |: )'([a-z][a-z0-9.-]*)'/g)].map(([, code = '']) => code),
  ),
)
const putTogether = [
  ...['online', 'offline', 'lost', 'ok', 'degraded', 'faulted', 'updating'].map((one) => `device.${one}`),
  ...['open', 'held', 'out-of-service'].map((one) => `device.${one}`),
  ...['greet', 'promote'].map((one) => `device.performed-${one}`),
  ...['left', 'silent', 'role'].map((one) => `visit.ended-${one}`),
  ...['hold', 'restore', 'release'].map((one) => `ticket.${one}`),
  ...['approved', 'declined'].map((one) => `firmware.${one}`),
  ...['invited', 'requested', 'approved', 'revoked', 'claim-spent'].map((one) => `registry.${one}`),
  ...deskActs.map((act) => `desk.${act}`),
  ...['hold', 'release', 'erase'].map((one) => `records.${one}`),
  ...proposalStates.filter((one) => one !== 'open').map((one) => `proposal.${one}`),
  ...taskPhases,
]

describe('what the hub itself records', () => {
  test('has its words once, so that every reader reads the same', () => {
    const twice = (here: object, there: object) =>
      Object.keys(here).filter((code) => Object.hasOwn(there, code))
    expect(twice(recordWords, hubReasons)).toEqual([])
    expect(twice(recordWords, flowReasons)).toEqual([])
    expect(twice(flowReasons, hubReasons)).toEqual([])
  })

  test('has words', () => {
    expect(recorded.length).toBeGreaterThan(50)
    const wordless = [...recorded, ...putTogether].filter(
      (code) => words[code] === undefined && alertWords[code] === undefined,
    )
    expect([...new Set(wordless)]).toEqual([])
  })

  test('raises no alert without words of its own', () => {
    const told = globSync('cli/adapters/*.ts', { cwd: root }).flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/'(adapter\.[a-z-]+)'/g)].map(
        ([, code = '']) => code,
      ),
    )
    // These end or name a command, not an adapter.
    const ofCommands = new Set([
      'adapter.health',
      'adapter.unknown',
      'adapter.name',
      'adapter.exists',
      'adapter.sdk',
    ])
    const alerts = new Set([...told.filter((code) => !ofCommands.has(code)), 'probation.begun'])
    expect(alerts.size).toBeGreaterThan(5)
    expect([...alerts].filter((code) => alertWords[code] === undefined)).toEqual([])
  })
})

describe('a cause', () => {
  const source = readFileSync(join(root, 'hub/engine/entry.ts'), 'utf8')
  const named = (pattern: RegExp) => [...source.matchAll(pattern)].map(([, name = '']) => name)

  test('has words, whatever was sensed', () => {
    expect(Object.keys(eventWords).toSorted()).toEqual(Object.keys(events).toSorted())
  })

  test('has words, whatever was asked for, and whatever the entry is', () => {
    const [commands, kinds] = [named(/\bname: '([a-z.-]+)'/g), named(/\bkind: '([a-z-]+)'/g)]
    expect([commands.length > 30, kinds.length > 12]).toEqual([true, true])
    expect(commands.filter((name) => commandWords[name] === undefined)).toEqual([])
    expect(kinds.filter((kind) => kindWords[kind] === undefined)).toEqual([])
  })
})

describe('names', () => {
  test.each([
    [
      'capabilityNames',
      names.capabilityNames,
      [...Object.keys(capabilities), ...remoteActions.map(remoteCapability)],
    ],
    ['phaseNames', names.phaseNames, taskPhases],
    ['modeNames', names.modeNames, modes],
    ['kindNames', names.kindNames, DeviceKind.options],
    ['segmentNames', names.segmentNames, Segment.options],
    ['priorityNames', names.priorityNames, alertPriorities],
  ] as const)('%s are complete', (_, list, codes) => {
    expect(Object.keys(list).toSorted()).toEqual([...codes].toSorted())
  })

  test('are Chinese in Chinese, and have no Chinese in English', () => {
    const alerts = Object.values(alertWords).flatMap(({ title, text }) => [title, text])
    const pairs = [
      ...Object.values(names).flatMap((list) => Object.values(list)),
      ...Object.values(recordWords),
      ...[eventWords, commandWords, kindWords].flatMap((list) => Object.values(list)),
    ]
    for (const { zh, en } of [...pairs, ...alerts]) {
      expect(hasChinese(zh), zh).toBe(true)
      expect(hasChinese(en), en).toBe(false)
    }
  })
})
