/**
 * What exactly is wrong with what was sent, as codes with values: a page says it in its own language, whatever language
 * the line was opened in.
 */
import { z } from 'zod'
import { contentDetailWords } from './content-details.ts'
import { scriptDetailWords } from './script-details.ts'

type Pair = Readonly<Record<'zh' | 'en', string>>

const pair = (zh: string, en: string): Pair => ({ zh, en })

/** `{at}` stands for where it is: a setting, or a field of the branch file. */
export const detailWords = {
  below: pair('{at}：须小于 {other}', '{at}: must be below {other}'),
  'beyond-most': pair('{at}：{wanted} 超过上限 {most}', '{at}: {wanted} is above {most}'),
  'beyond-least': pair('{at}：{wanted} 低于下限 {least}', '{at}: {wanted} is below {least}'),
  'too-small': pair('{at}：不得小于 {least}', '{at}: at least {least}'),
  'too-big': pair('{at}：不得大于 {most}', '{at}: at most {most}'),
  'too-few': pair('{at}：至少 {least} 项', '{at}: at least {least} of them'),
  'too-many': pair('{at}：最多 {most} 项', '{at}: at most {most} of them'),
  'too-short': pair('{at}：至少 {least} 个字符', '{at}: at least {least} characters'),
  'too-long': pair('{at}：最多 {most} 个字符', '{at}: at most {most} characters'),
  'no-number': pair('{at}：应为数字', '{at}: must be a number'),
  'no-whole-number': pair('{at}：应为整数', '{at}: must be a whole number'),
  'no-text': pair('{at}：应为文字', '{at}: must be text'),
  'no-yes-or-no': pair('{at}：应为“是”或“否”', '{at}: must be yes or no'),
  'one-of': pair('{at}：应为以下之一：{values}', '{at}: must be one of {values}'),
  strange: pair('{at}：没有名为 {names} 的设置', '{at}: has nothing of the name {names}'),
  'no-words': pair('{at}：缺少文字', '{at}: has no words'),
  unfit: pair('{at}：内容不符合要求', '{at}: does not fit'),
  twice: pair(
    '{at}：“{name}”重复，每个名称只能使用一次',
    '{at}: “{name}” is used twice; each name only once',
  ),
  'no-zone': pair('{at}：没有区域“{name}”', '{at}: there is no zone “{name}”'),
  'no-place': pair('{at}：没有位置“{name}”', '{at}: there is no place “{name}”'),
  'no-service': pair('{at}：没有业务“{name}”', '{at}: there is no service “{name}”'),
  'no-group': pair('{at}：没有专家组“{name}”', '{at}: there is no group of experts “{name}”'),
  'no-gateway': pair('{at}：没有网关“{name}”', '{at}: there is no gateway “{name}”'),
  'no-time-zone': pair(
    '{at}：“{name}”不是时区，应如 Asia/Shanghai',
    '{at}: “{name}” is no time zone; write one like Asia/Shanghai',
  ),
  'ends-first': pair(
    '{at}：结束日期 {to} 早于开始日期 {from}',
    '{at}: ends on {to}, before it begins on {from}',
  ),
  'other-revision': pair(
    '您看到的是第 {named} 版，现为第 {current} 版。',
    'You saw revision {named}; in force is {current}.',
  ),
  more: pair('另有 {count} 处', 'and {count} more'),
  ...contentDetailWords,
  ...scriptDetailWords,
} as const satisfies Record<string, Pair>

export type DetailCode = keyof typeof detailWords

export interface Detail {
  readonly code: DetailCode
  readonly params: Readonly<Record<string, string | number>>
}

export const detail = (code: DetailCode, params: Detail['params']): Detail => ({ code, params })

/** More than these help nobody. */
export const detailsMax = 64

/** As it is sent: one of a newer hub may not be known here. */
export const SentDetail = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

const isKnown = (code: string): code is DetailCode => Object.hasOwn(detailWords, code)

/** @returns undefined where this page does not know what it says. */
export const sayDetail = (
  { code, params }: z.infer<typeof SentDetail>,
  tongue: 'zh' | 'en',
): string | undefined =>
  isKnown(code)
    ? detailWords[code][tongue].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '…'))
    : undefined

type Issue = z.core.$ZodIssue

const kinds: Readonly<Record<string, DetailCode>> = {
  number: 'no-number',
  int: 'no-whole-number',
  string: 'no-text',
  boolean: 'no-yes-or-no',
}

const sizes = {
  too_small: { number: 'too-small', int: 'too-small', array: 'too-few', string: 'too-short' },
  too_big: { number: 'too-big', int: 'too-big', array: 'too-many', string: 'too-long' },
} as const satisfies Record<string, Readonly<Record<string, DetailCode>>>

const sizeOf = (issue: Extract<Issue, { code: 'too_small' | 'too_big' }>, at: string): Detail => {
  const code = (sizes[issue.code] as Readonly<Record<string, DetailCode>>)[issue.origin]
  if (code === undefined) return detail('unfit', { at })
  return issue.code === 'too_small'
    ? detail(code, { at, least: Number(issue.minimum) })
    : detail(code, { at, most: Number(issue.maximum) })
}

/** What a schema of ours says no to besides, in the words that it is written with. */
const ownOf = (message: string, at: string): Detail => {
  const [, other] = /^must be below (\w+)/.exec(message) ?? []
  if (other !== undefined) return detail('below', { at, other })
  return detail(message === 'no words' ? 'no-words' : 'unfit', { at })
}

export const detailOfIssue = (issue: Issue, at: string): Detail => {
  switch (issue.code) {
    case 'invalid_type':
      return detail(kinds[issue.expected] ?? 'unfit', { at })
    case 'too_small':
    case 'too_big':
      return sizeOf(issue, at)
    case 'invalid_value':
      return detail('one-of', { at, values: issue.values.map(String).join(', ') })
    case 'unrecognized_keys':
      return detail('strange', { at, names: issue.keys.join(', ') })
    case 'custom':
      return ownOf(issue.message, at)
    default:
      return detail('unfit', { at })
  }
}
