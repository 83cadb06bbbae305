/** The scripts of a branch file: the ones that are shown are good, and one that cannot work is refused with its place. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { parseBranchFile } from '#hub/branch/load.ts'
import type { UsherError } from '#protocol/errors.ts'
import { branchYaml } from '../support/branch.ts'
import { fundScript } from './sales-lab.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/operations/sales.md'), 'utf8')
const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? ''

type Plan = Record<string, unknown>
type Loose = {
  items: Record<string, unknown>[]
  forbidden: Record<string, unknown>[]
  [field: string]: unknown
}

/** @param change what is wrong with it, from a script that is right. */
const refused = (change: (script: Loose, plan: Plan) => void): string => {
  const script = JSON.parse(JSON.stringify(fundScript)) as Loose
  const recording: Plan = { scripts: [script] }
  change(script, recording)
  try {
    parseBranchFile(stringify({ ...(parse(branchYaml) as object), recording }))
    return ''
  } catch (error) {
    const { code, detail } = error as UsherError
    expect(code).toBe('config.invalid')
    return (detail ?? '').trim()
  }
}

it('is taken as the page for operators has it', () => {
  expect(parseBranchFile(`${branchYaml}${example}`).recording?.scripts.map(({ id }) => id)).toEqual([
    'wealth-r3',
  ])
  expect(refused(() => undefined)).toBe('')
})

describe('what is refused, with its line and its place', () => {
  test.each<[string, (script: Loose, plan: Plan) => void, RegExp]>([
    [
      'a wording of which nothing is left',
      ({ items }) => Object.assign(items[3] ?? {}, { wordings: [['同意'], ['嗯']] }),
      /^line \d+: recording\.scripts\[0\]\.items\[3\]\.wordings\[1\]\[0\]: nothing is left of "嗯"/,
    ],
    [
      'a contrary of which nothing is left',
      ({ forbidden }) => Object.assign(forbidden[0] ?? {}, { unless: ['……'] }),
      /recording\.scripts\[0\]\.forbidden\[0\]\.unless\[0\]: nothing is left of "……"/,
    ],
    [
      'a wording that holds its own contrary',
      ({ items }) => Object.assign(items[3] ?? {}, { wordings: [['我 同意']], unless: ['我同'] }),
      /items\[3\]\.wordings\[0\]\[0\]: "我 同意" holds one of its own contraries/,
    ],
    [
      'a forbidden word that is its own contrary',
      ({ forbidden }) => Object.assign(forbidden[0] ?? {}, { unless: ['保本'] }),
      /forbidden\[0\]\.words\[0\]: "保本" holds one of its own contraries/,
    ],
    [
      'what has to be said and may not',
      ({ items }) => Object.assign(items[1] ?? {}, { wordings: [['这不是保本的']] }),
      /items\[1\]\.wordings\[0\]\[0\]: "这不是保本的" has to be said, and "guaranteed" forbids it/,
    ],
    [
      'an answer without a question',
      ({ items }) => Object.assign(items[3] ?? {}, { asks: undefined }),
      /items\[3\]: a consent answers an item of the seller before it; asks is missing/,
    ],
    [
      'an answer to nothing',
      ({ items }) => Object.assign(items[3] ?? {}, { asks: 'aks' }),
      /items\[3\]\.asks: a consent answers an item of the seller before it; "aks" is none/,
    ],
    [
      'an answer before its question',
      ({ items }) => void items.reverse(),
      /items\[0\]\.asks: .*"ask" is none/,
    ],
    [
      'a seller who consents',
      ({ items }) => Object.assign(items[3] ?? {}, { speaker: 'seller' }),
      /items\[3\]\.speaker: only the customer consents/,
    ],
    [
      'a wording that answers',
      ({ items }) => Object.assign(items[3] ?? {}, { kind: 'wording' }),
      /items\[3\]\.asks: only an item of the kind consent/,
    ],
    [
      'an item twice',
      ({ items }) => Object.assign(items[1] ?? {}, { id: 'who' }),
      /items\[1\]\.id: "who" is used twice/,
    ],
    [
      'a forbidden wording with the name of an item',
      ({ forbidden }) => Object.assign(forbidden[0] ?? {}, { id: 'risk' }),
      /forbidden\[0\]\.id: "risk" is used twice/,
    ],
    [
      'a product of two scripts',
      (script, plan) => Object.assign(plan, { scripts: [script, { ...script, id: 'other' }] }),
      /recording\.scripts\[1\]\.products\[0\]: "fund-a" is used twice/,
    ],
    [
      'a script twice',
      (script, plan) => Object.assign(plan, { scripts: [script, { ...script, products: ['gold'] }] }),
      /recording\.scripts\[1\]\.id: "fund" is used twice/,
    ],
    [
      'what nobody hears and nobody ticks',
      (_, plan) => Object.assign(plan, { inspector: 'none' }),
      /items\[3\]\.mayTick: "yes" is never done/,
    ],
  ])('%s', (_, change, says) => expect(refused(change)).toMatch(says))

  it('in both languages', () => {
    const script = { ...fundScript, items: fundScript.items.map((item) => ({ ...item, wordings: [['嗯']] })) }
    const text = stringify({ ...(parse(branchYaml) as object), recording: { scripts: [script] } })
    expect(() => parseBranchFile(text)).toThrow(
      expect.objectContaining({
        details: expect.arrayContaining([
          {
            code: 'script-silent',
            params: { name: '嗯', at: 'recording.scripts[0].items[0].wordings[0][0]' },
          },
        ]),
      }),
    )
  })
})
