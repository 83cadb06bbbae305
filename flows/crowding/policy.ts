/** What a manager may change about crowding, within head office's bounds. */
import { z } from 'zod'
import { Phrase, setting, span } from '../setting.ts'

export const CrowdingPolicy = z.strictObject({
  holdMs: setting(
    span(0, 300_000).default(10_000),
    'A zone is crowded when it stays above its limit for this long',
    '区域人数持续超限多久视为拥挤',
  ),
  easeShare: setting(
    z.number().min(0.3).max(1).default(0.8),
    'Crowding eases below this share of the limit',
    '人数低于限额的这一比例时视为缓解',
  ),
  easeMs: setting(
    span(0, 600_000).default(30_000),
    'It is over when the zone stays below that share for this long',
    '缓解状态持续多久后解除',
  ),
  words: setting(
    Phrase.default({
      zh: '此处人员较多，请前往其他等候区域。',
      en: 'It is crowded here. Please wait in another area.',
    }),
    'What screens show, by language',
    '屏幕显示的文字（按语言）',
  ),
  screensMax: setting(
    z.int().min(0).max(20).default(4),
    'At most this many screens direct people',
    '参与疏导的屏幕数量上限',
  ),
  showForMs: setting(
    span(10_000, 600_000).default(60_000),
    'Shown for this long, and again while it is crowded',
    '每次显示的时长，拥挤期间会反复显示',
  ),
  roles: setting(
    z
      .array(z.enum(['manager', 'guard', 'lobby']))
      .max(3)
      .default(['manager', 'guard']),
    'Who is called, one of each',
    '通知哪些岗位，各一人',
  ),
  answerWithinMs: setting(
    span(10_000, 600_000).default(120_000),
    'Time for a person to take it up',
    '员工接单的期限',
  ),
  lookAgainMs: setting(
    span(5_000, 120_000).default(15_000),
    'How often to look for robots and screens while it is crowded',
    '拥挤期间多久再检查一次机器人与屏幕',
  ),
  clearForMs: setting(
    span(10_000, 600_000).default(120_000),
    'Longest time a robot may take to leave',
    '机器人离开的最长时间',
  ),
  keepClearMs: setting(
    span(1_000, 60_000).default(10_000),
    'A robot that stays in a keep-clear part this long is an urgent alert',
    '机器人停留在禁停区域多久后发出紧急提醒',
  ),
})
export type CrowdingPolicy = z.infer<typeof CrowdingPolicy>
