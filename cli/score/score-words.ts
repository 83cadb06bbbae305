/** The words of the scorecard for people, Chinese and English. */
import type { CodedName } from '#hub/ops/score/counts.ts'
import type { Tongue } from '../io/language.ts'

export interface ScoreWords {
  readonly head: (from: string, to: string) => string
  readonly nothing: string
  readonly model: string
  readonly firmware: string
  readonly devices: string
  readonly offers: string
  readonly kept: string
  readonly missed: string
  readonly late: string
  readonly neverDone: string
  readonly refused: string
  readonly failed: string
  readonly lost: string
  readonly ignored: string
  readonly falseOffline: string
  readonly invalid: string
  readonly availability: string
  readonly probation: string
  readonly tooFew: (judged: number) => string
  readonly kept95: (value: number, low: number, high: number) => string
  readonly codes: Readonly<Record<CodedName, string>>
  readonly asideTitle: string
  readonly aside: {
    readonly early: (count: number) => string
    readonly restarts: (count: number) => string
    readonly incapable: (count: number) => string
  }
  readonly worse: (worse: string, better: readonly string[]) => string
  readonly noDifference: string
  readonly meaning: (judgedMin: number) => string
  readonly erased: (count: number, of: number) => string
}

const en: ScoreWords = {
  head: (from, to) => `Devices from ${from} to ${to}`,
  nothing: 'No device was asked or seen in this time.',
  model: 'model',
  firmware: 'firmware',
  devices: 'devices',
  offers: 'asked',
  kept: 'done',
  missed: 'no answer',
  late: 'late start',
  neverDone: 'never done',
  refused: 'refused',
  failed: 'failed',
  lost: 'away',
  ignored: 'cancel ignored',
  falseOffline: 'false offline',
  invalid: 'bad messages',
  availability: 'there',
  probation: 'probation',
  tooFew: (judged) => `too few (${judged})`,
  kept95: (value, low, high) => `${value} % (${low} to ${high})`,
  codes: { refused: 'refused', failed: 'failed', notStarted: 'did not start', invalid: 'bad messages' },
  asideTitle: 'In detail:',
  aside: {
    early: (count) => `began ${count} times without being told to`,
    restarts: (count) => `died and came back ${count} times`,
    incapable: (count) => `came back unable to do ${count} tasks`,
  },
  worse: (worse, better) =>
    `${worse} gets less done of what it is asked than ${better.join(', ')}: their intervals do not touch.`,
  noDifference: 'No two models of one kind can be told apart by these numbers.',
  meaning: (judgedMin) =>
    `Done: of the offers that the device itself brought to an end; in brackets where the true share lies in 95 of 100\n` +
    `such cases. Below ${judgedMin} it is left out.\n` +
    'False offline: called lost, and came back without having restarted. What a device claims to have done is believed.',
  erased: (count, of) =>
    `${count} of ${of} journal entries are erased in part; what they said is not counted. Choose a shorter time for full counts.`,
}

const zh: ScoreWords = {
  head: (from, to) => `设备评分，${from} 至 ${to}`,
  nothing: '此期间没有设备被派发任务或在线。',
  model: '型号',
  firmware: '固件',
  devices: '台数',
  offers: '派发',
  kept: '完成',
  missed: '未应答',
  late: '迟开始',
  neverDone: '未完成',
  refused: '拒绝',
  failed: '失败',
  lost: '中途离线',
  ignored: '未理会取消',
  falseOffline: '误判离线',
  invalid: '无效消息',
  availability: '在线率',
  probation: '试用期',
  tooFew: (judged) => `样本不足（${judged}）`,
  kept95: (value, low, high) => `${value}%（${low}～${high}）`,
  codes: { refused: '拒绝', failed: '失败', notStarted: '未开始', invalid: '无效消息' },
  asideTitle: '明细：',
  aside: {
    early: (count) => `未经许可即开始 ${count} 次`,
    restarts: (count) => `重启后恢复 ${count} 次`,
    incapable: (count) => `恢复后无法执行 ${count} 项任务`,
  },
  worse: (worse, better) => `${worse} 的完成率低于 ${better.join('、')}，区间不重叠。`,
  noDifference: '这些数据不足以区分同类设备的任何两个型号。',
  meaning: (judgedMin) =>
    `完成：在由设备自行结束的派发中所占比例，括号内为 95% 置信区间；样本少于 ${judgedMin} 时不给出。\n误判离线：被判失联，但设备并未重启即恢复。设备自报的完成情况按其所报计。`,
  erased: (count, of) => `${of} 条日志中有 ${count} 条已部分清除，其内容未计入；如需完整数据请缩短时间范围。`,
}

export const scoreWords = (tongue: Tongue): ScoreWords => ({ en, zh })[tongue]
