/** Sentences that are put together read as if written in one go. */
import { expect, test } from 'vitest'
import { fill } from '#apps/ui/words.ts'

test.each([
  ['{who} 接管', { who: '值班经理' }, '值班经理接管'],
  ['{who} 接管', { who: 'Li Na' }, 'Li Na 接管'],
  ['剩 {time}', { time: '5 秒' }, '剩 5 秒'],
  ['{who} 搁置至 {time}', { who: '李经理', time: '15:30' }, '李经理搁置至 15:30'],
  ['{who} is on it', { who: '李经理' }, '李经理 is on it'],
])(
  '%s: a space stands beside numbers and Latin letters, never between Chinese words',
  (text, params, said) => {
    expect(fill(text, params)).toBe(said)
  },
)
