/** What a manager may change about promotion, within head office's bounds. */
import { z } from 'zod'
import { text } from '#protocol/ids.ts'
import { setting, span } from '../setting.ts'

/** In percent of what a goal is worth. */
const weight = z.int().min(0).max(100)

export const PromotionPolicy = z.strictObject({
  dwellMs: setting(
    span(1_000, 600_000).default(8_000),
    'Who stays in one place this long may be shown something',
    '停留多久后可以展示推广内容',
  ),
  zoneKinds: setting(
    z
      .array(z.enum(['entrance', 'waiting', 'kiosks', 'counters', 'vip', 'exit', 'other']))
      .default(['waiting', 'vip', 'other']),
    'In which kinds of zones visitors are shown promotions',
    '在哪些类型的区域向来客推广',
  ),
  showForMs: setting(
    span(3_000, 300_000).default(15_000),
    'How long one promotion is shown',
    '一次推广的展示时长',
  ),
  perVisitMax: setting(
    z.int().min(0).max(20).default(2),
    'Promotions in one visit, over all campaigns',
    '每次来访最多推广次数（所有活动合计）',
  ),
  pauseMs: setting(
    span(0, 3_600_000).default(120_000),
    'Time between two promotions to one visitor',
    '对同一来客两次推广的间隔',
  ),
  silentAboveWaitMs: setting(
    span(0, 7_200_000).default(600_000),
    'Silent while the announced wait of any queue is longer',
    '任一队列的预计等候超过此时长时不推广',
  ),
  silentAboveWaiting: setting(
    z.int().min(0).max(500).default(15),
    'Silent while more people wait in any queue',
    '任一队列等候人数超过此数时不推广',
  ),
  silentWhenUnknown: setting(
    z.boolean().default(true),
    'Silent while the state of a queue is not known',
    '队列状态未知时不推广',
  ),
  idleScreens: setting(
    z.boolean().default(true),
    'Show promotions on screens that show nothing else',
    '在空闲屏幕上播放推广内容',
  ),
  personRoles: setting(
    z.array(z.enum(['adviser', 'lobby', 'manager'])).default(['adviser']),
    'Who speaks with a visitor about products that need a person; nobody: never',
    '由谁介绍需要人工讲解的产品；留空则不推广',
  ),
  personWhenInterested: setting(
    z.boolean().default(true),
    'Call a person when a visitor shows interest',
    '来客表示感兴趣时通知员工',
  ),
  personNeedsMs: setting(
    span(30_000, 1_800_000).default(180_000),
    'Wait that must be left for a person to speak about a product',
    '由员工介绍产品时，来客至少还需等候的时长',
  ),
  ticketSlips: setting(
    z.boolean().default(true),
    'Print promotions on tickets, where a campaign is meant for them',
    '在排队小票上打印推广内容（限指定该渠道的活动）',
  ),
  valueWeight: setting(weight.default(20), 'Weight of what the bank gains', '权重：对银行的价值'),
  priorityWeight: setting(weight.default(40), 'Weight of a campaign’s priority', '权重：活动优先级'),
  freshnessWeight: setting(
    weight.default(20),
    'Weight of what was not seen yet and played little today',
    '权重：新鲜度（来客未看过、今日播放少）',
  ),
  capacityWeight: setting(
    weight.default(10),
    'Weight of screens, robots and people that are free',
    '权重：渠道空闲程度',
  ),
  easeWeight: setting(weight.default(10), 'Weight of asking little of the customer', '权重：减少客户负担'),
  seed: setting(
    text(64).min(1).default('promotion'),
    'Changes who is held out of a campaign',
    '用于划分对照组的种子',
  ),
})
export type PromotionPolicy = z.infer<typeof PromotionPolicy>
