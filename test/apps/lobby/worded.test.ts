/** No page shows a sentence of the hub in another language than its own, whatever was refused and in whichever the hub said it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worded } from '#apps/lobby/live/worded.ts'
import { flows } from '#flows/index.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { otherRevision } from '#hub/branch/other-revision.ts'
import { createPolicyParser } from '#hub/branch/policies.ts'
import { errorBody, failureOf } from '#hub/desk/failures.ts'
import { detailWords } from '#protocol/desk/details.ts'
import { DeskError, type DeskErrorCode, deskStatus } from '#protocol/desk/errors.ts'
import { isErrorCode, UsherError } from '#protocol/errors.ts'
import { labFile } from '../../desk/look-lab.ts'

const tongues = ['zh', 'en'] as const
const hasHan = (text: string) => /\p{Script=Han}/u.test(text)
/** Three words in a row: a name, a setting or a unit has fewer. */
const hasEnglish = (text: string) => /[a-z]+ [a-z]+ [a-z]+/i.test(text)

const codes = Object.keys(deskStatus) as DeskErrorCode[]

/** As the hub sends it to who opened the line in this language. */
const sent = (error: unknown, tongue: 'zh' | 'en') =>
  DeskError.parse(errorBody(failureOf(error), tongue, 'request-1'))

const isInChinese = ({ text, detail = '。' }: DeskError) => {
  expect(hasHan(text)).toBe(true)
  expect([text, detail].filter(hasEnglish)).toEqual([])
}
const isInEnglish = ({ text, detail = '' }: DeskError) => {
  expect(hasEnglish(`${text} and so on`)).toBe(true)
  expect([text, detail].filter(hasHan)).toEqual([])
}

describe.each(codes)('%s', (code) => {
  test('is said in the language of the page, and sends nobody to the command line', () => {
    for (const opened of tongues) {
      if (!isErrorCode(code)) throw new Error(code)
      const error = sent(new UsherError(code, 'what the log says in English words'), opened)
      isInChinese(worded(error, 'zh'))
      isInEnglish(worded(error, 'en'))
      expect(worded(error, 'en').text).not.toMatch(/`|\busher \w/)
    }
  })
})

const refusalOf = (act: () => unknown): UsherError => {
  try {
    act()
  } catch (error) {
    if (error instanceof UsherError) return error
    throw error
  }
  throw new Error('it was taken')
}

const expectDetails = (error: UsherError) => {
  expect(error.details?.length).toBeGreaterThan(0)
  for (const opened of tongues) {
    const body = sent(error, opened)
    for (const tongue of tongues) expect(worded(body, tongue).detail).not.toMatch(/\{|undefined|…/)
    isInChinese(worded(body, 'zh'))
    isInEnglish(worded(body, 'en'))
    expect(hasHan(worded(body, 'zh').detail ?? '')).toBe(true)
  }
}

describe('what exactly is wrong', () => {
  const parse = createPolicyParser(flows)
  const settings = flows.flatMap(({ id, policy }) =>
    Object.keys(policy.parse({}) as object).map((name) => ({ id, name })),
  )

  test('with a setting is said in both languages, whatever was set', () => {
    const wrong = fc.constantFrom(-1e9, 1e12, 0.5, '', 'x'.repeat(10_000), null, {}, [], true, Number.NaN)
    let refused = 0
    fc.assert(
      fc.property(fc.constantFrom(...settings), wrong, ({ id, name }, value) => {
        let error: UsherError
        try {
          parse(id, { [name]: value })
          return
        } catch (caught) {
          error = caught as UsherError
        }
        refused += 1
        expectDetails(error)
        expect(worded(sent(error, 'zh'), 'zh').detail).toContain(name)
      }),
    )
    expect(refused).toBeGreaterThan(10)
  })

  test('with two settings that do not fit each other names both', () => {
    const error = refusalOf(() => parse('diversion', { enterLength: 5, leaveLength: 6 }))
    expectDetails(error)
    expect(worded(sent(error, 'en'), 'zh').detail).toBe('leaveLength：须小于 enterLength')
  })

  test.each([
    ['a zone that is not there', labFile.replace('zone: counters, state: open', 'zone: cellar, state: open')],
    ['a name used twice', labFile.replace('{ id: c2,', '{ id: c1,')],
    ['a limit below nothing', labFile.replace('limit: 20', 'limit: -3')],
    ['no time zone', labFile.replace('Asia/Shanghai', 'Moon/Crater')],
    ['something of no name', labFile.replace('limit: 20', 'limits: 20')],
  ])('with a plan: %s', (_, text) => {
    expect(text).not.toBe(labFile)
    expectDetails(refusalOf(() => parseBranchFile(text)))
  })

  test('where somebody was faster names both revisions', () => {
    const error = otherRevision(3, 4)
    expectDetails(error)
    expect(worded(sent(error, 'en'), 'zh').detail).toBe('您看到的是第 3 版，现为第 4 版。')
  })
})

test('what an older page does not know it leaves out', () => {
  const error = { ...sent(otherRevision(1, 2), 'en'), details: [{ code: 'made-later', params: {} }] }
  expect(worded(error, 'zh')).not.toHaveProperty('detail')
})

test('every detail has both languages', () => {
  for (const { zh, en } of Object.values(detailWords)) {
    expect([hasHan(zh), hasHan(en)]).toEqual([true, false])
    expect([...zh.matchAll(/\{\w+\}/g)].map(String).sort()).toEqual(
      [...en.matchAll(/\{\w+\}/g)].map(String).sort(),
    )
  }
})
