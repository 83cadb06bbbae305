/** What is said of a measured effect and of a measuring plan, Chinese and English. */
import { sayReason } from '#hub/look/words/reason-words.ts'
import { pair, type Spoken, spoken, type Tongue } from '../io/language.ts'

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

interface Counted {
  readonly blocks: { readonly on: number; readonly off: number }
  readonly visitors: { readonly on: number; readonly off: number; readonly burnIn: number }
  readonly tosses: number
  readonly days: number
}

const report = {
  all: pair('all', '全部'),
  meanWait: pair('mean wait', '平均等候时间'),
  p90Wait: pair('wait, 90 % within', '90% 的客户等候不超过'),
  left: pair('left without service', '未办理即离开'),
  service: pair('service', '业务'),
  figure: pair('figure', '指标'),
  on: pair('with', '启用'),
  off: pair('without', '停用'),
  difference: pair('difference', '差值'),
  interval: pair('95 % interval', '95% 置信区间'),
  chance: pair('by chance', '偶然概率'),
  moreDays: pair(
    (days: number) => `About ${plural(days, 'more day', 'more days')} like these would do.`,
    (days) => `照此再测约 ${days} 天即可。`,
  ),
  noPair: pair('No pair of blocks has been measured yet.', '尚未测完任何一对时段。'),
  atLeast: pair(
    (pairs: number) => `At least ${pairs} independent pairs are needed before anything can be said.`,
    (pairs) => `至少需要 ${pairs} 对独立时段才能下结论。`,
  ),
  effect: pair(
    (it: { by: string; isLess: boolean; interval: string }) =>
      `Customers wait ${it.by} ${it.isLess ? 'shorter' : 'longer'} with these flows than without (${it.interval}).`,
    (it) => `启用这些流程后，客户平均等候${it.isLess ? '缩短' : '延长'} ${it.by}（${it.interval}）。`,
  ),
  noneThatMatters: pair(
    (smallest: string) =>
      `No effect on the mean wait was found, and one of ${smallest} or more would very likely have been seen.`,
    (smallest) => `未发现对平均等候时间的影响；若有 ${smallest} 以上的影响，本应能够测出。`,
  ),
  notEnough: pair(
    (smallest: string) =>
      `The data are not enough to tell whether there is an effect of ${smallest} or more.`,
    (smallest) => `现有数据不足以判断是否存在 ${smallest} 以上的影响。`,
  ),
  soFar: pair(
    (detectable: string) => ` So far only ${detectable} or more would be seen.`,
    (detectable) => `目前只能测出 ${detectable} 以上的影响。`,
  ),
  space: pair(' ', ''),
  counted: pair(
    ({ blocks, visitors, tosses, days }: Counted) =>
      `${plural(blocks.on, 'block', 'blocks')} with and ${blocks.off} without on ${plural(days, 'day', 'days')}; ${plural(tosses, 'independent toss', 'independent tosses')} of the coin; ${visitors.on} visitors with and ${visitors.off} without, ${visitors.burnIn} in burn-in not counted.`,
    ({ blocks, visitors, tosses, days }) =>
      `${days} 天内启用 ${blocks.on} 个时段、停用 ${blocks.off} 个时段；独立抽签 ${tosses} 次；启用时段客户 ${visitors.on} 位，停用时段 ${visitors.off} 位，过渡期的 ${visitors.burnIn} 位不计。`,
  ),
  leftOut: pair(
    (parts: readonly string[]) => `Left out: ${parts.join(', ')}.`,
    (parts) => `未计入：${parts.join('，')}。`,
  ),
  blocks: pair(
    (count: number, why: string) => `${plural(count, 'block', 'blocks')} (${why})`,
    (count, why) => `${count} 个时段（${why}）`,
  ),
  noBlock: pair('no block yet', '尚无时段'),
  noFlows: pair('of flows not on record', '流程未留存'),
  span: pair(
    (from: string, until: string) => `${from} to ${until}`,
    (from, until) => `${from} 至 ${until}`,
  ),
  head: pair(
    (plan: string, flows: string, span: string) => `${plan}: ${flows}; ${span}`,
    (plan, flows, span) => `${plan}：${flows}；${span}`,
  ),
  diluted: pair(
    'The burn-in is short against the waits: the true difference is likely larger than the one shown. Plan longer blocks.',
    '过渡期相对等候时间偏短，实际差值可能更大，建议延长时段。',
  ),
  paired: pair(
    'Each block is compared with its own pair, and each service with itself: the difference is not one column less the other.',
    '每个时段只与配对时段比较，每项业务只与自身比较，因此差值不等于两列相减。',
  ),
  judged: pair(
    'Judged by the first line; of the others one in twenty stands out by chance alone (*: told from chance).',
    '以首行为准；其余各行即使毫无影响，也有二十分之一会显得突出（* 表示可排除偶然）。',
  ),
  nothing: pair(
    'Nothing has been measured: no measuring plan is on record there. See `usher effect plan --help`.',
    '尚未测量：记录中没有效果衡量计划，参见 `usher effect plan --help`。',
  ),
} as const

const weekdays = [
  pair('Mon', '周一'),
  pair('Tue', '周二'),
  pair('Wed', '周三'),
  pair('Thu', '周四'),
  pair('Fri', '周五'),
  pair('Sat', '周六'),
  pair('Sun', '周日'),
] as const

/** @param day 1 is Monday. */
export const weekdayName = (day: string, tongue: Tongue): string => weekdays[Number(day) - 1]?.[tongue] ?? day

const plan = {
  setBy: pair(
    (id: string, by: string, at: string) => `${id}, set by ${by} on ${at}`,
    (id, by, at) => `${id}，由 ${by} 于 ${at} 设定`,
  ),
  flows: pair(
    (flows: readonly string[]) => `flows   ${flows.join(', ')}`,
    (flows) => `流程  ${flows.join('、')}`,
  ),
  blocks: pair(
    (length: string, burnIn: string) => `blocks  of ${length}, the first ${burnIn} of each not counted`,
    (length, burnIn) => `时段  每段 ${length}，开头 ${burnIn}为过渡期，不计入`,
  ),
  when: pair(
    (it: { from: string; until: string; days: readonly string[]; hours: string; timeZone: string }) =>
      `when    ${it.from} to ${it.until}, ${it.days.join(' ')}, ${it.hours} (${it.timeZone})`,
    (it) => `时间  ${it.from} 至 ${it.until}，${it.days.join('、')}，${it.hours}（${it.timeZone}）`,
  ),
  seed: pair(
    (seed: string) => `seed    ${seed}`,
    (seed) => `种子  ${seed}`,
  ),
  ended: pair(
    (at: string) => `It ended on ${at}.`,
    (at) => `已于 ${at} 结束。`,
  ),
  stopped: pair(
    (by: string, at: string) => `It was stopped by ${by} on ${at}.`,
    (by, at) => `已由 ${by} 于 ${at} 停止。`,
  ),
  between: pair(
    'Now: between blocks; the flows work as they are set.',
    '当前：不在测量时段内，各流程照常运行。',
  ),
  now: pair(
    (it: { isOn: boolean; until: string; left: string; spoiled: string }) =>
      `Now: ${it.isOn ? 'with the flows' : 'without the flows: they begin nothing new'}, until ${it.until} (${it.left})${it.spoiled}.`,
    (it) =>
      `当前：${it.isOn ? '启用时段' : '停用时段，各流程不再开始新任务'}，至 ${it.until}（还有 ${it.left}）${it.spoiled}。`,
  ),
  spoiled: pair(
    (why: string) => `; it will not count: ${why}`,
    (why) => `；本时段不计入：${why}`,
  ),
  span: pair(
    (from: string, to: string) => `${from} to ${to}`,
    (from, to) => `${from} 至 ${to}`,
  ),
  drawn: pair(
    (day: string) => `Drawn for ${day}:`,
    (day) => `${day} 的抽签结果：`,
  ),
  from: pair('from', '开始'),
  to: pair('to', '结束'),
  arm: pair('flows', '流程'),
  on: pair('on', '启用'),
  off: pair('off', '停用'),
  none: pair(
    'No measuring plan was ever set; see `usher effect plan --help`.',
    '从未设定效果衡量计划，参见 `usher effect plan --help`。',
  ),
} as const

export const effectTables = { report, plan } as const

export const effectWords = (tongue: Tongue): Spoken<typeof report> => spoken(report, tongue)
export const planWords = (tongue: Tongue): Spoken<typeof plan> => spoken(plan, tongue)

/** Why a block does not count: what happened in it, or where it stands. */
export const blockReasons = {
  'still-there': pair('its visitors may still be there', '客户可能仍在网点'),
  'pair-left-out': pair('the block it is compared with is left out', '配对时段未计入'),
} as const

export const sayWhyLeft = (codes: readonly string[], tongue: Tongue): string =>
  codes
    .map((code) =>
      Object.hasOwn(blockReasons, code)
        ? blockReasons[code as keyof typeof blockReasons][tongue]
        : sayReason(code, tongue),
    )
    .join(tongue === 'zh' ? '、' : ', ')
