/** How long work that a person asks for by hand may take, and the words where the person gives none. */
import { z } from 'zod'
import { Phrase, setting, span } from '../setting.ts'

const Roles = z.array(z.enum(['manager', 'lobby', 'teller', 'guard', 'adviser', 'technician'])).min(1)

export const RequestPolicy = z.strictObject({
  waitMs: setting(
    span(5_000, 600_000).default(60_000),
    'How long a request waits for somebody who is free',
    '请求等待空闲执行者的时间',
  ),
  greetForMs: setting(
    span(5_000, 120_000).default(20_000),
    'Longest time a greeting may take',
    '一次问候的最长时间',
  ),
  guideForMs: setting(
    span(10_000, 900_000).default(180_000),
    'Longest time a guide may take',
    '一次引导的最长时间',
  ),
  announceForMs: setting(
    span(5_000, 300_000).default(60_000),
    'Longest time an announcement may take',
    '一次播报的最长时间',
  ),
  showForMs: setting(
    span(5_000, 3_600_000).default(30_000),
    'How long a screen shows it, where the person does not say',
    '未指定时屏幕展示的时长',
  ),
  dockForMs: setting(
    span(10_000, 900_000).default(300_000),
    'Longest time a robot may take to get to its place',
    '机器人归位的最长时间',
  ),
  adviseForMs: setting(
    span(60_000, 3_600_000).default(600_000),
    'Longest time a person may take to speak about a product',
    '员工介绍产品的最长时间',
  ),
  openForMs: setting(
    span(60_000, 3_600_000).default(600_000),
    'Longest time until somebody has opened a counter',
    '开放窗口的最长时间',
  ),
  openerRoles: setting(
    Roles.default(['manager', 'teller']),
    'Who opens a counter where nobody is named',
    '未指定人员时由谁开放窗口',
  ),
  roles: setting(
    Roles.default(['lobby', 'guard', 'manager']),
    'Who greets and guides where no device can',
    '设备无法执行时由谁问候与引导',
  ),
  adviserRoles: setting(
    Roles.default(['adviser', 'lobby', 'manager']),
    'Who speaks about a product that needs a person',
    '须由员工介绍的产品由谁介绍',
  ),
  hello: setting(
    Phrase.default({ zh: '您好，欢迎光临。', en: 'Hello, welcome.' }),
    'What is said in greeting, by language',
    '问候用语（按语言）',
  ),
  follow: setting(
    Phrase.default({ zh: '您好，请跟我来。', en: 'Hello, please follow me.' }),
    'What is said when a guide sets out, by language',
    '开始引导时的用语（按语言）',
  ),
})
export type RequestPolicy = z.infer<typeof RequestPolicy>
