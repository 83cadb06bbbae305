/** What the page of the day says. */
import type { Pair } from '../../../ui/words.ts'

const pairs = {
  today: { zh: '今天', en: 'Today' },
  before: { zh: '前一天', en: 'The day before' },
  after: { zh: '后一天', en: 'The day after' },
  asOf: { zh: '截至 {time}', en: 'As of {time}' },
  over: { zh: '全天', en: 'The whole day' },
  print: { zh: '打印', en: 'Print' },
  usualFrom: {
    zh: '对比最近 {count} 个同类日的同一时刻',
    en: 'Against the same time of the last {count} such days',
  },
  usualGrows: {
    zh: '每过一个同类日，这里就多一份参照。',
    en: 'Each day like this one that passes is one more to compare with.',
  },
  usual: { zh: '通常 {value}', en: 'Usually {value}' },
  range: { zh: '通常 {low} 至 {high}', en: 'Usually {low} to {high}' },
  above: { zh: '高于平常', en: 'Above usual' },
  below: { zh: '低于平常', en: 'Below usual' },
  unknown: { zh: '未知', en: 'Not known' },
  noRange: { zh: '无参照', en: 'no usual value' },

  'group.people': { zh: '客流', en: 'People' },
  'group.wait': { zh: '等候', en: 'Waiting' },
  'group.automation': { zh: '自动调度', en: 'Automation' },
  'group.experts': { zh: '专家通话', en: 'Calls with experts' },
  'group.alerts': { zh: '提醒', en: 'Alerts' },
  'group.other': { zh: '其他', en: 'More' },

  summary: { zh: '交接小结', en: 'End of shift' },
  unusual: { zh: '与平常不同', en: 'Different from usual' },
  unusualNone: { zh: '各项均与平常相当。', en: 'Everything is as usual.' },
  unusualUnknown: { zh: '尚无参照，无法比较。', en: 'There is nothing to compare with yet.' },
  handOver: { zh: '待交接', en: 'Still open' },
  handOverNone: { zh: '没有未了的事项。', en: 'Nothing is left open.' },
  openAlert: { zh: '提醒：{what}', en: 'Alert: {what}' },
  openAlertBy: { zh: '提醒：{what}（{who}处理中）', en: 'Alert: {what} ({who} is on it)' },
  shelvedAlert: { zh: '已搁置至 {until}：{what}', en: 'Put aside until {until}: {what}' },
  openTasks: { zh: '{count} 项任务进行中', en: '{count} tasks under way' },
  deviceOut: { zh: '{device}：{state}', en: '{device}: {state}' },
  paused: { zh: '自动调度已暂停', en: 'Automation is paused' },
  pausedUntil: { zh: '自动调度暂停至 {until}', en: 'Automation is paused until {until}' },
  stopped: { zh: '所有移动已停止', en: 'All movement is stopped' },
  flowOff: { zh: '{flow}已关闭', en: '{flow} is off' },
  onDuty: { zh: '在岗', en: 'On duty' },
  nobodyOnDuty: { zh: '无人在岗', en: 'Nobody' },

  noDay: { zh: '没有这一天的记录', en: 'This day is not on record' },
  noDayText: {
    zh: '记录可能已过保存期，或当天没有营业。',
    en: 'It may be kept no longer, or the branch was closed.',
  },
  toToday: { zh: '回到今天', en: 'Back to today' },
  trouble: { zh: '暂时无法读取', en: 'It cannot be read now' },
  troubleText: { zh: '连接恢复后请重试。', en: 'Try again once the connection is back.' },
  loading: { zh: '正在计算…', en: 'Working it out…' },

  paperTitle: { zh: '营业日报', en: 'Report of the day' },
  paperFigure: { zh: '指标', en: 'Figure' },
  paperValue: { zh: '本日', en: 'This day' },
  paperUsual: { zh: '通常', en: 'Usual' },
  paperRange: { zh: '{low} 至 {high}', en: '{low} to {high}' },
  paperCompare: { zh: '比较', en: 'Compared' },
  paperFrom: { zh: '交班人', en: 'Handed over by' },
  paperTo: { zh: '接班人', en: 'Taken over by' },
  paperMade: { zh: '打印于 {time}', en: 'Printed {time}' },
} as const satisfies Record<string, Pair>

export const dayWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
