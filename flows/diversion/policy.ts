/** When a queue counts as under pressure, whom to invite away from it, and when to ask for another counter. */
import { z } from 'zod'
import { setting, span } from '../setting.ts'

export const DiversionPolicy = z
  .strictObject({
    enterLength: setting(
      z.int().min(1).max(500).default(8),
      'Waiting tickets from which a queue is under pressure',
      '排队人数达到此数时视为压力大',
    ),
    leaveLength: setting(
      z.int().min(0).max(499).default(5),
      'Waiting tickets at which the pressure is over',
      '排队人数降到此数时压力解除',
    ),
    enterWaitMs: setting(
      span(0, 14_400_000).default(600_000),
      'Announced wait from which a queue is under pressure',
      '预计等候达到此时长时视为压力大',
    ),
    leaveWaitMs: setting(
      span(0, 14_400_000).default(360_000),
      'Announced wait at which the pressure is over',
      '预计等候降到此时长时压力解除',
    ),
    holdMs: setting(
      span(0, 1_800_000).default(30_000),
      'How long pressure lasts before it is believed',
      '压力持续多久才算数',
    ),
    easeMs: setting(
      span(0, 1_800_000).default(60_000),
      'How long relief lasts before it is believed',
      '压力缓解持续多久才算数',
    ),
    marginMs: setting(
      span(0, 3_600_000).default(60_000),
      'The remaining wait must exceed walk plus kiosk time by this',
      '剩余等候须比步行加自助办理多出的时间',
    ),
    walkMs: setting(
      span(0, 600_000).default(45_000),
      'Walk to a kiosk where the distance is unknown',
      '距离未知时步行到智能柜台的时间',
    ),
    walkSpeed: setting(
      z.number().min(0.2).max(2).default(0.8),
      'Walking speed in metres a second',
      '步行速度（米/秒）',
    ),
    spareKiosks: setting(
      z.int().min(0).max(50).default(0),
      'Free kiosks left to those who come by themselves',
      '留给自行前来客户的空闲智能柜台数量',
    ),
    invitationsMax: setting(
      z.int().min(1).max(5).default(2),
      'Invitations of one ticket at most',
      '每张号票最多邀请次数',
    ),
    inviteAgainMs: setting(
      span(0, 3_600_000).default(300_000),
      'Pause before a ticket is invited again',
      '再次邀请同一号票的间隔',
    ),
    counterWaitMs: setting(
      span(60_000, 14_400_000).default(900_000),
      'Expected wait at which another counter is asked for',
      '预计等候达到此时长时请求增开窗口',
    ),
    openingLeadMs: setting(
      span(0, 3_600_000).default(300_000),
      'How long opening a counter takes: the wait is forecast that far ahead',
      '开窗所需时间，即预测的提前量',
    ),
    trendWindowMs: setting(
      span(60_000, 3_600_000).default(600_000),
      'How far back the trend of the wait looks',
      '等候趋势的回看时长',
    ),
    askAckMs: setting(
      span(1_000, 600_000).default(60_000),
      'Time for one person to answer the call',
      '每位员工应答的期限',
    ),
    askAgainMs: setting(
      span(60_000, 14_400_000).default(600_000),
      'Pause between two calls for another counter',
      '两次请求增开窗口的间隔',
    ),
  })
  .refine((policy) => policy.leaveLength < policy.enterLength, {
    path: ['leaveLength'],
    message: 'must be below enterLength, or the pressure flickers',
  })
  .refine((policy) => policy.leaveWaitMs < policy.enterWaitMs, {
    path: ['leaveWaitMs'],
    message: 'must be below enterWaitMs, or the pressure flickers',
  })
export type DiversionPolicy = z.infer<typeof DiversionPolicy>
