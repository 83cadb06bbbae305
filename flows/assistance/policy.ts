/** Whom to ask for help, for how long, and when the next one or a remote expert is asked. */
import { z } from 'zod'
import { CapabilityKey } from '#protocol/capabilities.ts'
import { Id } from '#protocol/ids.ts'
import { setting, span } from '../setting.ts'

export const AssistancePolicy = z.strictObject({
  ackMs: setting(
    span(5_000, 600_000).default(30_000),
    'Time for one person to answer the call',
    '每位员工应答的期限',
  ),
  arriveMs: setting(
    span(10_000, 3_600_000).default(180_000),
    'Time to be with the visitor after answering',
    '应答后到达客户身边的期限',
  ),
  helpMs: setting(
    span(60_000, 14_400_000).default(1_800_000),
    'Longest time one help may take before somebody else is asked',
    '一次协助的最长时间，超过则另派他人',
  ),
  waitMs: setting(
    span(10_000, 3_600_000).default(180_000),
    'How long people on the spot are asked before an expert is',
    '转远程专家前在现场呼叫的最长时间',
  ),
  attemptsMax: setting(
    z.int().min(1).max(10).default(3),
    'People asked one after the other',
    '依次呼叫的员工人数',
  ),
  againMax: setting(
    z.int().min(0).max(5).default(1),
    'New rounds of calls after a helper gave up',
    '协助中断后重新呼叫的轮数',
  ),
  sameRequestMs: setting(
    span(0, 3_600_000).default(60_000),
    'Requests from one device within this time are one',
    '同一设备在此时间内的请求算作一次',
  ),
  alertAfterMs: setting(
    span(5_000, 3_600_000).default(45_000),
    'After this long without an answer an alert is raised',
    '无人应答多久后发出提醒',
  ),
  alertEveryMs: setting(
    span(10_000, 3_600_000).default(60_000),
    'How often the alert is repeated until somebody answers',
    '提醒重复的间隔',
  ),
  roles: setting(
    z
      .array(z.enum(['manager', 'lobby', 'teller', 'guard', 'adviser']))
      .min(1)
      .default(['lobby', 'manager', 'adviser']),
    'Who is asked',
    '呼叫哪些岗位',
  ),
  unserved: setting(
    z.array(CapabilityKey).default(['guide', 'manage-ticket', 'call-staff']),
    'Tasks that nobody could do and that are worth a person',
    '无人能完成时值得派人处理的任务种类',
  ),
  unservedExcept: setting(
    z
      .array(Id)
      .default([
        'counter-vacancy',
        'device-care',
        'crowding',
        'emergency',
        'diversion',
        'greeting',
        'promotion',
      ]),
    'Flows that look after their own tasks',
    '自行善后的流程',
  ),
})
export type AssistancePolicy = z.infer<typeof AssistancePolicy>
