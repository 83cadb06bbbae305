/**
 * Sentences as a bank hears them: what looks like the wording and is its contrary, what an engine makes of words, and which
 * mistakes remain. The last are in docs/operations/sales.md; here it is seen that they are as it says there.
 */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { foundIn, heardIn, type Said } from './speech.ts'

const opening: readonly Said[] = [
  ['s', '您好，我是本行的理财经理王莉。'],
  ['s', '本产品不保证本金和收益。'],
  ['s', '请问您是否愿意购买？'],
]
/** `yes`, `no` (which is found as declined), or nothing was heard. */
const answerOf = (...texts: readonly string[]): 'yes' | 'no' | '' => {
  const said = [...opening, ...texts.map((text): Said => ['c', text])]
  expect(heardIn(said)).toEqual(expect.arrayContaining(['who', 'risk', 'ask']))
  if (heardIn(said).includes('yes')) return 'yes'
  return foundIn(said).includes('declined yes') ? 'no' : ''
}

describe('the customer’s answer', () => {
  test.each([
    ['同意', 'yes'],
    ['我同意', 'yes'],
    ['嗯，同意', 'yes'],
    ['好的，我同意。', 'yes'],
    ['那个……我同意', 'yes'],
    ['我非常愿意', 'yes'],
    ['没问题，同意', 'yes'],
    ['没有疑问同意', 'yes'],
    ['不用了，同意', 'yes'],
    ['我无条件同意', 'yes'],
    ['我知道不保本，我愿意', 'yes'],
    ['不过我同意', 'yes'],
    ['不同意', 'no'],
    ['不太同意', 'no'],
    ['不是很同意', 'no'],
    ['我不怎么愿意', 'no'],
    ['不打算同意', 'no'],
    ['没有同意', 'no'],
    ['没法同意', 'no'],
    ['无法同意', 'no'],
    ['難以同意', 'no'],
    ['我不想表示同意', 'no'],
    ['不代表我同意', 'no'],
    ['不等于我愿意', 'no'],
    ['同意不了', 'no'],
    ['愿意才怪', 'no'],
    ['同意吗', ''],
    ['什么叫同意啊', ''],
    ['怎么才算同意', ''],
    ['同意什么？', ''],
    ['如果同意会怎样', ''],
    ['要是愿意的话呢', ''],
    ['是不是同意就行', ''],
    ['愿意吗？我再想想', ''],
    ['我再想想', ''],
    ['好的', ''],
    ['可以', ''],
    ['嗯', ''],
    ['I do not agree', ''],
  ])('%s: %s', (said, answer) => expect(answerOf(said)).toBe(answer))

  it('is the last word: a no after it takes it back, a question about something else does not', () => {
    expect(answerOf('同意', '等等，我不太同意')).toBe('no')
    expect(answerOf('我不太', '同意')).toBe('no')
    expect(answerOf('愿意', '什么时候到账')).toBe('yes')
    expect(answerOf('不太同意', '好吧，我同意')).toBe('yes')
  })
})

describe('what has to be told', () => {
  const told = (text: string) => heardIn([opening[0] as Said, ['s', text]]).includes('risk')
  test.each([
    ['您可能亏损部分本金', true],
    ['未来可能亏损', true],
    ['不但可能亏损', true],
    ['不可能亏损', false],
    ['不太可能亏损', false],
    ['绝不会可能亏损', false],
    ['没有可能亏损', false],
    ['没可能亏损', false],
    ['並無可能亏损', false],
    ['本产品并非不保证本金', false],
    ['不是不保证本金', false],
  ])('%s: %s', (text, isTold) => expect(told(text)).toBe(isTold))

  it('is a question all the same after a sentence that ends with a no', () => {
    expect(heardIn([...opening.slice(0, 2), ['s', '其他疑问没有，是否愿意购买']])).toContain('ask')
  })
})

describe('what may not be told', () => {
  const found = (...texts: readonly string[]) => foundIn(texts.map((text): Said => ['s', text])).length
  test.each<[string, number, ...string[]]>([
    ['as it is', 1, '这款产品保本'],
    ['without punctuation, and in a long breath', 1, '您好这款产品是保本的您放心买就是了收益也高'],
    ['full width and spaces', 1, '零　风　险'],
    ['with hesitation', 1, '保、嗯、本'],
    ['over two lines', 1, '这个产品是保', '本的'],
    ['its contrary, as the script has it', 0, '这款产品不保本，是非保本的'],
    // A contrary that the script does not have is a false alarm, and is settled with a note.
    ['不是保本', 1, '不是保本的产品'],
    ['并非零风险', 1, '并非零风险'],
    ['as others say', 1, '有人说这是保本的，其实不是'],
    // A question that means yes: the contrary excuses it. A miss.
    ['怎么会不保本呢', 0, '怎么会不保本呢'],
    // Homophones, another word in between, and traditional characters are other words. Misses.
    ['饱本', 0, '这款产品饱本'],
    ['保那个本', 0, '保那个本'],
    ['零風險', 0, '零風險'],
    ['in English', 0, 'the principal is guaranteed'],
  ])('%s: %s', (_, count, ...texts) => expect(found(...texts)).toBe(count))
})

const filler = fc
  .array(fc.constantFrom('太', '很', '会', '想', '能', '是', '完', '全'), { maxLength: 3 })
  .map((all) => all.join(''))
const yes = fc.constantFrom('同意', '愿意')
const harmless = fc.constantFrom('没问题', '没有意见', '不过', '不用了', '不好意思', '非常', '无条件', '')

describe('whatever is said around it', () => {
  it('a yes that a no reaches is never one', () => {
    fc.assert(
      fc.property(fc.constantFrom('不', '没', '未', '无', '别', '沒'), filler, yes, (no, between, word) => {
        expect(answerOf(`我${no}${between}${word}`)).toBe('no')
      }),
    )
  })

  it('a yes is one after any words that only look like a no', () => {
    fc.assert(
      fc.property(fc.array(harmless, { maxLength: 3 }), yes, (words, word) => {
        expect(answerOf(`${words.join('')}我${word}`)).toBe('yes')
        expect(answerOf(`${words.join('')}${word}`)).toBe('yes')
      }),
    )
  })

  it('a forbidden word is found whatever stands before it, but what the script says', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom('是', '会', '我', '的', '没', '别', '嗯'), { maxLength: 4 })
          .map((all) => all.join('')),
        (before) => {
          expect(foundIn([['s', `${before}保本`]])).toEqual(['forbidden guaranteed'])
        },
      ),
    )
  })
})
