/** Who on the spot is asked where no expert came, for how long, and how often people are told. */
import { z } from 'zod'
import { setting, span } from '../setting.ts'

export const EscalationPolicy = z.strictObject({
  attentionMs: setting(
    span(60_000, 14_400_000).default(3_600_000),
    'Longest time for which robots and screens leave a visitor in peace because of a call',
    '因通话而不打扰客户的最长时间',
  ),
  ackMs: setting(
    span(5_000, 600_000).default(30_000),
    'Time for one person on the spot to answer',
    '每位现场员工应答的期限',
  ),
  arriveMs: setting(
    span(10_000, 3_600_000).default(180_000),
    'Time to be with the customer after answering',
    '应答后到达客户身边的期限',
  ),
  helpMs: setting(
    span(60_000, 14_400_000).default(1_800_000),
    'Longest time that it may take on the spot',
    '现场处理的最长时间',
  ),
  attemptsMax: setting(
    z.int().min(1).max(10).default(3),
    'People asked one after the other',
    '依次呼叫的员工人数',
  ),
  alertEveryMs: setting(
    span(10_000, 3_600_000).default(60_000),
    'How often the alert is repeated and people are asked anew, until somebody answers',
    '提醒重复并重新呼叫的间隔，直至有人应答',
  ),
  roundsMax: setting(
    z.int().min(1).max(20).default(5),
    'Rounds of calls on the spot; after them the alert alone stays',
    '现场呼叫的轮数，之后仅保留提醒',
  ),
  roles: setting(
    z
      .array(z.enum(['manager', 'lobby', 'teller', 'guard', 'adviser']))
      .min(1)
      .default(['lobby', 'manager', 'adviser']),
    'Who is asked',
    '呼叫哪些岗位',
  ),
})
export type EscalationPolicy = z.infer<typeof EscalationPolicy>
