/** What the page and the summary of a simulation say, Chinese and English. */
import { type Pair, pair, type Spoken, spoken, type Tongue } from '../io/language.ts'
import { calendarDay } from '../report/values.ts'
import type { RealArrivals, SimulationResult } from './result.ts'

/** A policy as an arm of a comparison; `on`, `off` or the name of a file. */
const chineseArm = (policy: string) =>
  policy === 'on' ? '启用策略' : policy === 'off' ? '停用策略' : `采用策略 ${policy}`

interface Waits {
  /** The policies, and what people waited under each. */
  readonly first: string
  readonly second: string
  readonly firstWait: string
  readonly secondWait: string
}

const englishWaits = ({ first, second, firstWait, secondWait }: Waits) =>
  `Policy ${first} against ${second}: mean wait ${firstWait} against ${secondWait}`
const chineseWaits = ({ first, second, firstWait, secondWait }: Waits) =>
  `平均等候：${chineseArm(first)} ${firstWait}，${chineseArm(second)} ${secondWait}`

const verdict = {
  oneArm: pair(
    (it: { policy: string; mean: string; p90: string; left: string }) =>
      `With policy ${it.policy}, people waited ${it.mean} on average, nine in ten of them ${it.p90} at most; ${it.left} left without service.`,
    (it) =>
      `${chineseArm(it.policy)}时，客户平均等候 ${it.mean}，九成客户不超过 ${it.p90}；${it.left} 的客户未办理即离开。`,
  ),
  oneDay: pair(
    (waits: Waits) =>
      `${englishWaits(waits)} on this one day. One day cannot tell an effect from chance; ask for more with --days.`,
    (waits) =>
      `${chineseWaits(waits)}（仅此一天）。单日数据无法区分策略效果与偶然波动，请用 --days 增加天数。`,
  ),
  unsure: pair(
    (waits: Waits, days: number, range: readonly string[]) =>
      `${englishWaits(waits)}. Over ${days} days that is not told from chance (95 % interval of the difference: ${range.join(' to ')}).`,
    (waits, days, range) =>
      `${chineseWaits(waits)}。${days} 天的数据尚不能排除偶然因素（差值的 95% 置信区间：${range.join(' 至 ')}）。`,
  ),
  effect: pair(
    (waits: Waits, days: number, it: { by: string; isLess: boolean; range: readonly string[] }) =>
      `With policy ${waits.first}, people waited ${it.by} ${it.isLess ? 'less' : 'longer'} on average than with policy ${waits.second}: ${waits.firstWait} against ${waits.secondWait}, over ${days} days with the same visitors (95 % interval ${it.range.join(' to ')}).`,
    (waits, days, it) =>
      `${chineseArm(waits.first)}时客户平均等候 ${waits.firstWait}，${chineseArm(waits.second)}时为 ${waits.secondWait}，${it.isLess ? '缩短' : '延长'} ${it.by}（相同客流，共 ${days} 天；95% 置信区间 ${it.range.join(' 至 ')}）。`,
  ),
} as const

const sections = {
  whichDay: pair(
    (seed: string) => `The day of seed ${seed}. `,
    (seed) => `以种子 ${seed} 的一天为例。`,
  ),
  queues: pair('Who waited, and what was done about it', '等候人数与处置'),
  queuesNote: pair(
    'People with a ticket who had not been called; below, each thing that was done.',
    '已取号、尚未叫号的客户人数；下方为同一时间的各项处置。',
  ),
  waits: pair('How long they waited', '等候时间'),
  waitsNote: pair(
    'From the ticket until service began at a counter or a kiosk, or until they gave up.',
    '自取号起，至窗口或智能柜台开始办理，或客户放弃离开。',
  ),
  counters: pair('Counters', '窗口'),
  countersNote: pair(
    'Customers served, and the share of the open time in which somebody was being served.',
    '办理客户数，以及开放时间中正在办理业务的占比。',
  ),
  devices: pair('Devices', '设备'),
  devicesNote: pair(
    'How often each acted for people, and the share of the day it did.',
    '各设备服务客户的次数，以及占全天时间的比例。',
  ),
  heat: pair('Where people were', '客流热力'),
  heatNote: pair(
    (metres: number) =>
      `Person-minutes of the day on the floor plan, stronger colour for more; a cell is ${metres} m wide. Circles are robots where they rest; squares stand still.`,
    (metres) =>
      `全天停留的人·分钟，颜色越深客流越多；每格宽 ${metres} 米。圆点为服务机器人的待命位置，方块为固定设备。`,
  ),
  all: pair('All figures', '全部指标'),
  allNote: pair(
    'A dash is not known, or there was none to judge by.',
    '“–”表示无从得知，或当天没有可供统计的情况。',
  ),
  allComparedNote: pair(
    'Differences within days: the same visitors came in both. Grey where the interval does not leave zero out: chance may explain it.',
    '差值按天配对计算：两边来的是同样的客户。置信区间包含零的以灰色显示，可能只是偶然。',
  ),
  hangsOn: pair('What it hangs on', '结果取决于哪些假设'),
  hangsOnNote: pair(
    'The same comparison with one assumption changed at a time: mean wait in both arms, and those diverted who finished at a kiosk.',
    '每次只改变一项假设，重新比较：两种策略的平均等候时间，以及分流成功的客户数。',
  ),
  footer: pair(
    'A simulation says what follows from its assumptions, each listed with its source in docs/guides/lobby-model.md. The hub, its flows and its dispatcher are the real ones. Again:',
    '模拟结果由各项假设推得，假设及其来源见 docs/guides/lobby-model.md。中枢、流程与调度均为真实运行的程序。重新运行：',
  ),
} as const

const head = {
  over: pair(
    (branch: string) => `Simulated · ${branch}`,
    (branch) => `模拟 · ${branch}`,
  ),
  days: pair(
    (seeds: readonly string[]) =>
      seeds.length === 1
        ? `One day, seed ${seeds[0]}`
        : `${seeds.length} days, seeds ${seeds[0]} to ${seeds.at(-1)}`,
    (seeds) =>
      seeds.length === 1
        ? `共 1 天，种子 ${seeds[0]}`
        : `共 ${seeds.length} 天，种子 ${seeds[0]} 至 ${seeds.at(-1)}`,
  ),
  arms: pair(
    (policies: readonly string[]) => policies.map((policy) => `policy ${policy}`).join(' against '),
    (policies) => policies.map(chineseArm).join('对比'),
  ),
  lead: pair(
    (it: { days: string; arms: string; visits: string; devices: number; sensed: string; arrivals: string }) =>
      `${it.days}; ${it.arms}. ${it.visits} visits, ${it.devices} devices, ${it.sensed} sensed events on the first day; arrivals: ${it.arrivals}.`,
    (it) =>
      `${it.days}；${it.arms}。首日到访 ${it.visits} 人次，设备 ${it.devices} 台，感知事件 ${it.sensed} 条；客流来源：${it.arrivals}。`,
  ),
  rates: pair(
    (scenario: string) => `rates of ${scenario}`,
    (scenario) => `情景 ${scenario} 的到达率`,
  ),
  real: pair(
    ({ tickets, date, file }: RealArrivals) =>
      `${tickets} tickets${date === null ? '' : ` of ${date}`}, ${file}`,
    ({ tickets, date, file }) =>
      `叫号记录 ${file}${date === null ? '' : `（${calendarDay(date, 'zh')}）`}，${tickets} 张排队号`,
  ),
} as const

const columns = {
  policy: pair((policy: string) => `policy ${policy}`, chineseArm),
  policyTitle: pair((policy: string) => `Policy ${policy}`, chineseArm),
  policyShort: pair((policy: string) => policy, chineseArm),
  beside: pair(
    (policy: string) => `${policy}: `,
    (policy) => `${chineseArm(policy)}：`,
  ),
  comma: pair(', ', '，'),
  figure: pair('figure', '指标'),
  difference: pair('difference', '差值'),
  interval: pair('95 % interval', '95% 置信区间'),
  noInterval: pair('one day has none', '单日无区间'),
  meanOfDays: pair('Mean of the days', '各日平均'),
  theDay: pair('The day', '当天'),
  changed: pair('changed', '改变的假设'),
  waitUnder: pair(
    (policy: string) => `wait, ${policy}`,
    (policy) => `等候，${chineseArm(policy)}`,
  ),
  diverted: pair('diverted', '分流成功'),
  oneChanged: pair('With one assumption changed at a time:', '每次只改变一项假设：'),
  change: pair(
    (assumption: string, change: string) => `${assumption}: ${change}`,
    (assumption, change) => `${assumption}：${change}`,
  ),
  none: pair('none', '无'),
} as const

const columnTitles = {
  difference: pair('Difference', '差值'),
  changed: pair('Changed', '改变的假设'),
  first: pair('First', '前者'),
  second: pair('Second', '后者'),
  diverted: pair('Diverted', '分流成功'),
} as const

const progress = {
  run: pair(
    (day: number, of: number, policy: string) => `day ${day} of ${of} under policy ${policy}`,
    (day, of, policy) => `第 ${day} 天（共 ${of} 天），${chineseArm(policy)}`,
  ),
  changed: pair(
    (change: string) => `, ${change}`,
    (change) => `，${change}`,
  ),
  step: pair(
    (percent: number, run: string) => `${percent} %: ${run}`,
    (percent, run) => `${percent}%：${run}`,
  ),
  over: pair(
    (ended: number, of: number) => `; ${ended} of ${of} runs over`,
    (ended, of) => `；已完成 ${ended}/${of} 次模拟`,
  ),
  lived: pair(
    (seconds: string) => `Lived in ${seconds} s.`,
    (seconds) => `模拟用时 ${seconds} 秒。`,
  ),
  scenario: pair('scenario', '情景'),
  aDayLike: pair('a day like', '说明'),
  howTo: pair(
    'usher simulate SCENARIO --report DIR lives one; each is a file in simulators/lobby/scenarios that you can copy.',
    '用 `usher simulate SCENARIO --report DIR` 模拟其中一种；每种情景都是 simulators/lobby/scenarios 中的一个文件，可复制修改。',
  ),
} as const

const drawn = {
  serving: pair('Serving', '办理中'),
  idle: pair('Open, nobody there', '开放，无客户'),
  onBreak: pair('On a break', '暂停'),
  acting: pair('Acting', '服务中'),
  charging: pair('Charging', '充电'),
  blocked: pair('Way blocked', '行进受阻'),
  broken: pair('Out of order', '故障'),
  countersOverDay: pair('What each counter did over the day', '各窗口全天状态'),
  devicesOverDay: pair('What each device did over the day', '各设备全天状态'),
} as const

export const simulateTables = { verdict, sections, head, columns, columnTitles, drawn, progress } as const

export type SimulateWords = {
  readonly [Part in keyof typeof simulateTables]: Spoken<(typeof simulateTables)[Part]>
}

export const simulateWords = (tongue: Tongue): SimulateWords => ({
  verdict: spoken(verdict, tongue),
  sections: spoken(sections, tongue),
  head: spoken(head, tongue),
  columns: spoken(columns, tongue),
  columnTitles: spoken(columnTitles, tongue),
  drawn: spoken(drawn, tongue),
  progress: spoken(progress, tongue),
})

/** Where the arrivals are from. */
export const arrivalsText = (
  { real, scenario }: Pick<SimulationResult, 'real' | 'scenario'>,
  tongue: Tongue,
): string => (real === null ? head.rates[tongue](scenario.name) : head.real[tongue](real))

/** By how much an assumption was changed: `× 0.5`, or none of it at all. */
export const factorText = (factor: number, tongue: Tongue): string =>
  factor === 0 ? columns.none[tongue] : `× ${factor}`

/** Rows of drawings: what devices and staff were asked to do. */
export const laneTitles = {
  greet: pair('Greetings', '迎宾'),
  'offer-service': pair('Invitations to a kiosk', '分流邀请'),
  guide: pair('Led by a robot', '机器人引导'),
  promote: pair('Promotions', '产品推荐'),
  staff: pair('Staff called', '呼叫员工'),
  alerts: pair('Alerts', '提醒'),
} as const

/** What a counter or a device is doing at a moment. */
export const doings: Readonly<Record<string, Pair<string>>> = {
  open: pair('open', '开放'),
  serving: pair('serving', '办理'),
  paused: pair('paused', '暂停'),
  closed: pair('closed', '关闭'),
  busy: pair('busy', '服务中'),
  charging: pair('charging', '充电'),
  blocked: pair('blocked', '行进受阻'),
  faulted: pair('faulted', '故障'),
  session: pair('session', '客户办理'),
  greet: pair('greet', '迎宾'),
  guide: pair('guide', '引导'),
  announce: pair('announce', '播报'),
  display: pair('display', '显示'),
  promote: pair('promote', '产品推荐'),
  'offer-service': pair('offer-service', '分流邀请'),
  dock: pair('dock', '归位'),
  'manage-ticket': pair('manage-ticket', '调整排队号'),
}
