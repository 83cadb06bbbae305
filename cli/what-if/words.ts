/** What the page and the summary of a what-if say, Chinese and English. */
import { type Pair, pair, type Spoken, spoken, type Tongue } from '../io/language.ts'
import { calendarDay } from '../report/values.ts'

interface Deed {
  readonly does: Pair<string>
  readonly noun: Pair<string>
}

/** What may be done for somebody, by capability. */
export const deeds: Readonly<Record<string, Deed>> = {
  greet: { does: pair('greet', '迎宾'), noun: pair('greetings', '迎宾') },
  'offer-service': {
    does: pair('invite to a kiosk', '邀请使用智能柜台'),
    noun: pair('invitations to a kiosk', '分流邀请'),
  },
  promote: { does: pair('show a promotion to', '推荐产品'), noun: pair('promotions', '产品推荐') },
  guide: { does: pair('lead', '引导'), noun: pair('visitors led', '引导客户') },
  'call-staff': { does: pair('call staff for', '呼叫员工'), noun: pair('calls for staff', '呼叫员工') },
  display: { does: pair('show words about', '显示内容'), noun: pair('words on screens', '屏幕显示') },
  announce: { does: pair('announce something about', '语音播报'), noun: pair('announcements', '语音播报') },
  dock: { does: pair('send away', '调离'), noun: pair('robots sent to rest or charge', '机器人归位或充电') },
  'manage-ticket': {
    does: pair('tell the queue system about', '通知排队系统'),
    noun: pair('requests to the queue system', '排队系统请求'),
  },
  alert: { does: pair('raise an alert about', '提醒'), noun: pair('alerts', '提醒') },
  escalate: {
    does: pair('ask for a person elsewhere for', '升级求助'),
    noun: pair('escalations', '升级求助'),
  },
}

/** Ends of a decision, and answers of customers. */
export const ends: Readonly<Record<string, Pair<string>>> = {
  done: pair('done', '已完成'),
  begun: pair('begun', '已开始'),
  'not-begun': pair('not-begun', '未开始'),
  raised: pair('raised', '已发出'),
  accepted: pair('accepted', '接受'),
  declined: pair('declined', '谢绝'),
  interested: pair('interested', '感兴趣'),
}

const subjects = {
  ticket: pair('ticket', '排队号'),
  visit: pair('visitor', '客户'),
  service: pair('service', '业务'),
  counter: pair('counter', '窗口'),
  device: pair('device', '设备'),
  campaign: pair('campaign', '推荐活动'),
  zone: pair('zone', '区域'),
} as const

const difference = {
  branch: pair('the branch', '网点'),
  list: pair(', ', '、'),
  inVain: pair(
    (member: string) => ` (${member} was asked in vain)`,
    (member) => `（曾派给 ${member}，未执行）`,
  ),
  byMember: pair(
    (member: string) => ` (${member})`,
    (member) => `（${member}）`,
  ),
  odds: pair(
    (percent: number) => ` [in ${percent} % of the runs]`,
    (percent) => `［${percent}% 的模拟］`,
  ),
  dropped: pair(
    (flow: string, does: string, whom: string) => `${flow}: would no longer ${does} ${whom}`,
    (flow, does, whom) => `${flow}：不再${does}（${whom}）`,
  ),
  added: pair(
    (flow: string, does: string, whom: string) => `${flow}: would now ${does} ${whom}`,
    (flow, does, whom) => `${flow}：新增${does}（${whom}）`,
  ),
  addedWhy: pair(
    (why: string) => `, because: ${why}`,
    (why) => `，理由：${why}`,
  ),
  changed: pair(
    (flow: string, does: string, whom: string) => `${flow}: would ${does} ${whom} otherwise: `,
    (flow, does, whom) => `${flow}：${does}有变（${whom}）：`,
  ),
  parts: pair('; ', '；'),
  time: pair(
    (at: string) => `at ${at} instead`,
    (at) => `改在 ${at}`,
  ),
  member: pair(
    (after: string | null, before: string | null) =>
      `by ${after ?? 'nobody'} instead of ${before ?? 'nobody'}`,
    (after, before) => `执行者由 ${before ?? '无人'} 改为 ${after ?? '无人'}`,
  ),
  saying: pair(
    (words: string) => `saying ${words || 'nothing'}`,
    (words) => `话术改为：${words || '无'}`,
  ),
  outcome: pair(
    (after: string, before: string) => `${after} instead of ${before}`,
    (after, before) => `结果由${before}变为${after}`,
  ),
  answer: pair(
    (after: string | null, before: string | null) =>
      `answered ${after ?? 'not at all'} instead of ${before ?? 'not at all'}`,
    (after, before) => `答复由${before ?? '无'}变为${after ?? '无'}`,
  ),
  reason: pair(
    (why: string) => `because: ${why}`,
    (why) => `理由变为：${why}`,
  ),
  times: pair(
    (times: number, until: string) => ` … ${times} times until ${until}`,
    (times, until) => `……共 ${times} 次，至 ${until}`,
  ),
} as const

interface Entries {
  readonly replayed: number
  readonly answers: number
  readonly pairs: number
}

const summary = {
  title: pair(
    (branch: string, day: string) => `What if: ${branch}, ${day}`,
    (branch, day) => `情景推演：${branch}，${calendarDay(day, 'zh')}`,
  ),
  noChange: pair(
    'The change changes nothing that was not in force that day.',
    '所作变更与当天生效的设置相同。',
  ),
  changed: pair('Changed:', '变更内容：'),
  replayed: pair(
    ({ replayed, answers, pairs }: Entries) =>
      `${replayed} events of the day replayed at their times; ${answers} answers simulated instead, in ${pairs} pair${pairs === 1 ? '' : 's'} of runs with the same chance.`,
    ({ replayed, answers, pairs }) =>
      `按原时间重放当天 ${replayed} 条事件，${answers} 条应答改为模拟；共 ${pairs} 组成对模拟，每组随机条件相同。`,
  ),
  same: pair(
    (compared: number) =>
      `Asked the same again, this version decides all ${compared} entries as was recorded.`,
    (compared) => `用当前版本重新判定，全部 ${compared} 条记录的决策与当天一致。`,
  ),
  otherwise: pair(
    (it: { differing: number; compared: number; at: string; seq: number | undefined }) =>
      `Asked the same again, this version decides ${it.differing} of ${it.compared} entries otherwise than was recorded, the first at ${it.at} (#${it.seq}): its code is not the code of that day. Both runs use the code of today.`,
    (it) =>
      `用当前版本重新判定，${it.compared} 条记录中有 ${it.differing} 条的决策与当天不同，首条在 ${it.at}（#${it.seq}）：程序已非当天版本，两组模拟均使用当前程序。`,
  ),
  erased: pair(
    (entries: number) => `${entries} entries were erased for privacy and are missing from the replay.`,
    (entries) => `${entries} 条记录因隐私保护已清除，未参与重放。`,
  ),
  recordsErased: pair(
    (entries: number) => `Of ${entries} entries the recorded decisions are gone and could not be compared.`,
    (entries) => `${entries} 条记录的决策依据已清除，无法比对。`,
  ),
  drawn: pair(
    (answers: number, total: number) =>
      `${answers} of ${total} answers of devices and people were drawn from their other answers of that day.`,
    (answers, total) => `设备和人员的 ${total} 次应答中，${answers} 次取自其当天的其他应答。`,
  ),
  invented: pair(
    (answers: number, total: number) =>
      `${answers} of ${total} answers had no example of that member that day: taken from its like, or assumed.`,
    (answers, total) => `${total} 次应答中，${answers} 次当天无先例，取自同类设备或按假设处理。`,
  ),
  skipped: pair(
    (commands: number) => `${commands} commands of people had nothing to apply to and were left out.`,
    (commands) => `${commands} 条人工指令没有可作用的对象，已略去。`,
  ),
  parked: pair(
    (flow: string, runs: number, reason: string) =>
      `Flow ${flow} would be parked (in ${runs} runs): ${reason}`,
    (flow, runs, reason) => `流程${flow}将停用搁置（${runs} 次模拟）：${reason}`,
  ),
  undecided: pair(
    (what: string) => `An entry could not be decided: ${what}`,
    (what) => `有一条记录无法判定：${what}`,
  ),
  nothingDone: pair(
    'Nothing was done for anybody, on that day or in the runs.',
    '当天及各次模拟中均没有服务动作。',
  ),
  none: pair('No decision would have been another.', '所有决策均不会改变。'),
  others: pair(
    (count: number) => `${count} decisions would have been others:`,
    (count) => `${count} 项决策会有所不同：`,
  ),
  more: pair(
    (count: number) => `  … and ${count} more; --json has them all.`,
    (count) => `  ……另有 ${count} 项，--json 可列出全部。`,
  ),
  flow: pair('flow', '流程'),
  what: pair('what', '动作'),
  onTheDay: pair('on the day', '当天实际'),
  asSet: pair('as set, simulated', '原设置（模拟）'),
  asChanged: pair('changed, simulated', '变更后（模拟）'),
  difference: pair('difference', '差值'),
} as const

const chineseModel = (tickets: number, days: number) =>
  `由大堂模型根据当天 ${tickets} 张排队号续推，共 ${days} 组成对的模拟日。`

interface WaitingRow {
  readonly label: string
  readonly before: string
  readonly after: string
}

const waiting = {
  values: pair(
    ({ label, before, after }: WaitingRow) => `${label}: ${before} as set, ${after} changed`,
    ({ label, before, after }) => `${label}：原设置 ${before}，变更后 ${after}`,
  ),
  interval: pair(
    (difference: string, interval: string) => `, ${difference} (95 %: ${interval})`,
    (difference, interval) => `，差值 ${difference}（95% 置信区间 ${interval}）`,
  ),
  chance: pair('; chance may explain it', '；可能只是偶然'),
  model: pair(
    (recorded: string, own: string) =>
      `That day they waited ${recorded} on average; the model, as it was set, says ${own}.`,
    (recorded, own) => `当天实际平均等候 ${recorded}，模型按原设置得出 ${own}。`,
  ),
  not: pair(
    (why: string) => `Waiting: not estimated. ${why}`.trim(),
    (why) => `等候时间：未估算。${why}`,
  ),
  notHere: pair(
    (why: string) => `Not estimated. ${why}`,
    (why) => `未估算。${why}`,
  ),
  waiting: pair(
    (tickets: number, days: number, model: string) =>
      `Waiting, by the lobby model continued from the ${tickets} tickets of that day, ${days} pairs of days. ${model}`.trim(),
    (tickets, days, model) => `等候时间：${chineseModel(tickets, days)}${model}`,
  ),
} as const

const page = {
  over: pair('A recorded day, decided otherwise', '已记录的一天，换一种设置'),
  lead: pair(
    ({ replayed, answers, pairs }: Entries) =>
      `${replayed} events of that day replayed at their times, ${answers} answers simulated instead, in ${pairs} pairs of runs with the same chance.`,
    ({ replayed, answers, pairs }) =>
      `按原时间重放当天 ${replayed} 条事件，${answers} 条应答改为模拟；共 ${pairs} 组成对模拟，每组随机条件相同。`,
  ),
  verdict: pair(
    (count: number, changed: string) => `${count} decisions would have been others. ${changed}`,
    (count, changed) => `${count} 项决策会有所不同。${changed}`,
  ),
  nothingDiffers: pair('Nothing differs from what was in force.', '与当天生效的设置没有差别。'),
  when: pair('When', '发生时间'),
  whenNote: pair('Each mark is a decision that would have been another.', '每个标记是一项会有所不同的决策。'),
  whenLabel: pair('When decisions differ', '决策差异的时间分布'),
  added: pair('Added', '新增'),
  dropped: pair('Dropped', '不再执行'),
  changed: pair('Changed', '有变'),
  wouldBeDone: pair('would be done', '将会执行'),
  wouldNotBeDone: pair('would not be done', '不再执行'),
  wouldBeOtherwise: pair('would be done otherwise', '执行方式不同'),
  list: pair('Decisions that would have been others', '会有所不同的决策'),
  listNone: pair('None.', '无。'),
  listNote: pair(
    'From the run as it was set to the changed one, both with simulated answers.',
    '从原设置的模拟到变更后的模拟，两者的应答均为模拟。',
  ),
  listFirst: pair(
    (count: number) => ` The first ${count}; what-if.json has them all.`,
    (count) => `此处列出前 ${count} 项，全部见 what-if.json。`,
  ),
  howOften: pair('How often', '次数'),
  howOftenNote: pair(
    'Really begun, done or raised: on the recorded day, and on average over the simulated runs.',
    '实际开始、完成或发出的次数：当天实际，以及各次模拟的平均。',
  ),
  thatDay: pair('That day', '当天实际'),
  asSet: pair('As set', '原设置'),
  asChanged: pair('Changed', '变更后'),
  difference: pair('Difference', '差值'),
  interval: pair('95 % interval', '95% 置信区间'),
  deed: pair(
    (flow: string, noun: string) => `${flow}: ${noun}`,
    (flow, noun) => `${flow}：${noun}`,
  ),
  waiting: pair('Waiting', '等候时间'),
  waitingNote: pair(
    (tickets: number, days: number, model: string) =>
      `By the lobby model continued from the ${tickets} tickets of that day, ${days} pairs of days. ${model} Grey where chance may explain the difference.`,
    (tickets, days, model) => `${chineseModel(tickets, days)}${model}灰色表示差值可能只是偶然。`,
  ),
  weighed: pair('To be weighed', '需要留意'),
  footer: pair(
    'A replay knows what was sensed that day, not how people would have reacted: who was not greeted came in all the same, who was invited later may have said something else. docs/guides/what-if.md says what follows from that.',
    '重放只知道当天感知到了什么，不知道客户会作何反应：没有迎宾的客户照样进门，稍后受邀的客户可能另有答复。由此带来的限制见 docs/guides/what-if.md。',
  ),
} as const

export const whatIfTables = { subjects, difference, summary, waiting, page } as const

export type WhatIfWords = {
  readonly [Part in keyof typeof whatIfTables]: Spoken<(typeof whatIfTables)[Part]>
}

export const whatIfWords = (tongue: Tongue): WhatIfWords => ({
  subjects: spoken(subjects, tongue),
  difference: spoken(difference, tongue),
  summary: spoken(summary, tongue),
  waiting: spoken(waiting, tongue),
  page: spoken(page, tongue),
})

/** Why nothing is said of waiting. */
export const whyNoWaiting = {
  notAsked: pair('It was not asked for.', '本次未要求估算。'),
  fewTickets: (tickets: number, least: number): Pair<string> =>
    pair(
      `The day has ${tickets} tickets; below ${least} the model has nothing to go on from.`,
      `当天只有 ${tickets} 张排队号，不足 ${least} 张，模型无从推算。`,
    ),
  unplayable: (detail: string): Pair<string> =>
    pair(`The lobby model cannot play this branch: ${detail}`, `大堂模型无法模拟该网点：${detail}`),
} as const
