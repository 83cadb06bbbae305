/** What a manager may change about calls on screens, within head office's bounds. */
import { z } from 'zod'
import { Phrase, setting, span } from '../setting.ts'

export const TicketCallPolicy = z.strictObject({
  onScreens: setting(
    z.boolean().default(false),
    'Show called tickets on our screens; most queue systems have displays of their own',
    '在智能屏上显示叫号；多数排队系统自带显示屏',
  ),
  zoneKinds: setting(
    z
      .array(z.enum(['entrance', 'waiting', 'kiosks', 'counters', 'vip', 'exit', 'other']))
      .default(['waiting', 'counters']),
    'In which kinds of zones',
    '在哪些类型的区域显示',
  ),
  showForMs: setting(span(3_000, 60_000).default(8_000), 'How long one call is shown', '一次叫号的显示时长'),
  expiresMs: setting(
    span(3_000, 120_000).default(20_000),
    'A screen that could not show it by then does not show it at all',
    '超过此时长仍未显示则不再显示',
  ),
  words: setting(
    Phrase.default({
      zh: '请 {ticket} 到 {counter} 号窗口',
      en: '{ticket}, please go to counter {counter}',
    }),
    'What is shown, by language; {ticket} and {counter} are put in',
    '显示的文字（按语言），{ticket} 与 {counter} 会被替换',
  ),
})
export type TicketCallPolicy = z.infer<typeof TicketCallPolicy>
