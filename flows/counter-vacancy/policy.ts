/** How long a counter may stand empty while people wait, and who is asked to take it. */
import { z } from 'zod'
import { setting, span } from '../setting.ts'

export const VacancyPolicy = z.strictObject({
  unstaffedMs: setting(
    span(10_000, 3_600_000).default(120_000),
    'How long an open counter may be unstaffed while people wait',
    '有人等候时，开放窗口允许无人的时间',
  ),
  idleMs: setting(
    span(30_000, 3_600_000).default(300_000),
    'How long a staffed counter may call nobody while people wait',
    '有人等候时，有人窗口允许不叫号的时间',
  ),
  waitMs: setting(
    span(0, 14_400_000).default(300_000),
    'It matters once somebody waits longer than this',
    '等候超过此时间才视为问题',
  ),
  ackMs: setting(
    span(5_000, 600_000).default(30_000),
    'Time for one person to answer the call',
    '每位员工应答的期限',
  ),
  attemptsMax: setting(
    z.int().min(1).max(10).default(2),
    'People asked one after the other before the alert',
    '提醒前依次呼叫的员工人数',
  ),
  alertEveryMs: setting(
    span(30_000, 3_600_000).default(300_000),
    'How often the alert is repeated',
    '提醒重复的间隔',
  ),
  settleMs: setting(
    span(0, 3_600_000).default(120_000),
    'After somebody answered: time to take the counter',
    '应答后到岗的时间',
  ),
  roles: setting(
    z
      .array(z.enum(['manager', 'lobby', 'teller']))
      .min(1)
      .default(['teller', 'manager']),
    'Who is asked',
    '呼叫哪些岗位',
  ),
})
export type VacancyPolicy = z.infer<typeof VacancyPolicy>
