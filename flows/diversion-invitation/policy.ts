/** How one invitation runs: its words, and how long each part of the way may take. */
import { z } from 'zod'
import { Phrase, setting, span } from '../setting.ts'

export const InvitationPolicy = z.strictObject({
  invite: setting(
    Phrase.default({
      zh: '请 {ticket} 号客户到智能柜台办理，现在有空位，无需再等。',
      en: 'Ticket {ticket}: a kiosk is free for you now. No need to wait.',
    }),
    'The invitation, by language; {ticket} stands for the number',
    '邀请语（按语言），{ticket} 代表号码',
  ),
  lead: setting(
    Phrase.default({
      zh: '请跟我来，您的号码会为您保留。',
      en: 'Please follow me. Your place in the queue is kept.',
    }),
    'What the guide says on the way',
    '引导途中说的话',
  ),
  sorry: setting(
    Phrase.default({
      zh: '{ticket} 号客户，抱歉，智能柜台暂无法使用，您的排队位置已为您保留。',
      en: 'Ticket {ticket}: we are sorry, the kiosk cannot be used just now. You keep your place in the queue.',
    }),
    'The apology when no kiosk is left',
    '智能柜台不可用时的致歉语',
  ),
  calledMeanwhile: setting(
    Phrase.default({
      zh: '{ticket} 号客户，窗口已叫到您。您可去窗口，也可以继续用智能柜台。',
      en: 'Ticket {ticket} has been called. Go to the counter, or carry on at the kiosk: as you like.',
    }),
    'What is said when the ticket is called on the way',
    '途中被叫号时的提示',
  ),
  offerMs: setting(
    span(5_000, 300_000).default(45_000),
    'How long the invitation may be shown or spoken',
    '邀请展示或播报的最长时间',
  ),
  offerWithinMs: setting(
    span(2_000, 300_000).default(60_000),
    'The invitation must begin within this time, or not at all',
    '邀请须在此时间内开始，否则取消',
  ),
  answerMs: setting(
    span(5_000, 600_000).default(90_000),
    'How long after the invitation the visitor may still follow it',
    '邀请之后仍可前往的时间',
  ),
  arriveMs: setting(
    span(10_000, 900_000).default(180_000),
    'How long a kiosk is kept for someone on the way',
    '为途中客户保留智能柜台的时间',
  ),
  chooseMs: setting(
    span(10_000, 900_000).default(120_000),
    'Called meanwhile: how long the visitor may choose',
    '途中被叫号后可选择的时间',
  ),
  sessionMaxMs: setting(
    span(60_000, 7_200_000).default(1_200_000),
    'After this long without a word the kiosk use counts as given up',
    '智能柜台无消息超过此时间视为放弃',
  ),
  tellMs: setting(
    span(1_000, 120_000).default(15_000),
    'Time for the queue system or a person to take up a change of the ticket',
    '排队系统或员工受理号票变更的期限',
  ),
  tellAgainMs: setting(
    span(5_000, 600_000).default(30_000),
    'Pause before a failed change of the ticket is tried again',
    '号票变更失败后重试的间隔',
  ),
  triesMax: setting(
    z.int().min(1).max(10).default(3),
    'How often a change of the ticket is tried before people are left to it',
    '号票变更的最多尝试次数',
  ),
  redirectsMax: setting(
    z.int().min(0).max(5).default(2),
    'How often someone on the way is sent to another kiosk',
    '途中最多改派智能柜台的次数',
  ),
  ticketRoles: setting(
    z
      .array(z.enum(['manager', 'lobby', 'teller']))
      .min(1)
      .default(['lobby', 'manager']),
    'Who changes a ticket by hand where the queue system cannot be told',
    '排队系统无法通知时由谁手工处理号票',
  ),
})
export type InvitationPolicy = z.infer<typeof InvitationPolicy>
