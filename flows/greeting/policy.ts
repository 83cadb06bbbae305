/** What a manager may change about greeting, within head office's bounds. */
import { z } from 'zod'
import { Phrase, setting, span } from '../setting.ts'

export const GreetingPolicy = z.strictObject({
  hello: setting(
    Phrase.default({ zh: '您好，欢迎光临。', en: 'Hello, welcome.' }),
    'What one visitor is told, by language',
    '对单独来客说的话（按语言）',
  ),
  helloGroup: setting(
    Phrase.default({ zh: '各位好，欢迎光临。', en: 'Hello everyone, welcome.' }),
    'What a group is told, by language',
    '对多人同行的来客说的话（按语言）',
  ),
  ask: setting(
    Phrase.default({ zh: '请问您今天办理什么业务？', en: 'What would you like to do today?' }),
    'How a visitor is asked what brings them here, by language',
    '询问来意的话（按语言）',
  ),
  askIntent: setting(z.boolean().default(true), 'Ask what brings the visitor here', '问候后询问来意'),
  guideAfterwards: setting(
    z.boolean().default(true),
    'Lead a visitor who said what they want, when a robot can',
    '来客说明来意后，由机器人引导',
  ),
  expiresInMs: setting(
    span(2_000, 120_000).default(15_000),
    'Longest time from being seen to being greeted; later than that nobody is greeted',
    '从发现来客到问候的最长时间，超过则不再问候',
  ),
  groupMs: setting(
    span(0, 30_000).default(4_000),
    'Who comes in within this time after a greeted visitor belongs to the same group',
    '在已问候的来客之后多长时间内进来算作同一批',
  ),
  coolDownMs: setting(
    span(0, 300_000).default(20_000),
    'Where people are only counted: time between two greetings',
    '仅有计数时，两次问候之间的间隔',
  ),
  screensAbovePerMinute: setting(
    z.int().min(1).max(1_000_000).default(20),
    'Above this many arrivals a minute screens greet and nobody speaks',
    '每分钟来客超过此数时，改由屏幕问候',
  ),
  screenAfterMs: setting(
    span(500, 60_000).default(6_000),
    'When no device has taken up the greeting after this time, a screen shows it',
    '无设备接受问候任务多久后改由屏幕显示',
  ),
  screenMs: setting(
    span(2_000, 120_000).default(10_000),
    'How long a screen shows the greeting',
    '屏幕显示问候的时长',
  ),
  intentWaitMs: setting(
    span(0, 300_000).default(30_000),
    'How long an answer is awaited after the question',
    '询问来意后等待回答的时长',
  ),
  greetForMs: setting(
    span(3_000, 120_000).default(30_000),
    'Longest time a greeting may take',
    '一次问候的最长时间',
  ),
  guideForMs: setting(
    span(10_000, 600_000).default(180_000),
    'Longest time leading a visitor may take',
    '一次引导的最长时间',
  ),
  guideWithinMs: setting(
    span(2_000, 60_000).default(10_000),
    'A robot must begin to lead within this time, or the visitor walks alone',
    '机器人须在此时间内开始引导，否则不再引导',
  ),
  receiverRoles: setting(
    z
      .array(z.enum(['manager', 'lobby', 'adviser']))
      .min(1)
      .default(['manager', 'adviser']),
    'Who receives a booked or priority visitor',
    '由谁接待预约或贵宾来客',
  ),
  receiveWithinMs: setting(
    span(10_000, 600_000).default(120_000),
    'Time for a person to take up a visitor who checked in',
    '预约或贵宾来客签到后，员工接单的期限',
  ),
})
export type GreetingPolicy = z.infer<typeof GreetingPolicy>
