/** What the figures of a real day say, and why some are not known, Chinese and English. */
import { type Pair, pair, type Spoken, spoken, type Tongue } from '../io/language.ts'
import { calendarDay } from '../report/values.ts'

interface Head {
  readonly branch: string
  readonly day: string
  readonly timeZone: string
}

export const dayTable = {
  head: pair(
    ({ branch, day, timeZone }: Head) => `${branch}, ${day} (${timeZone})`,
    ({ branch, day, timeZone }) => `${branch}，${calendarDay(day, 'zh')}（${timeZone}）`,
  ),
  nobody: pair(
    (head: string) => `${head}: nobody came in and no ticket was taken, as far as the journal knows.`,
    (head) => `${head}：据日志记录，当天无客户到访，也无人取号。`,
  ),
  cameUnknown: pair('came in: not known', '到访人次不详'),
  came: pair(
    (visits: number) => `${visits} visits`,
    (visits) => `到访 ${visits} 人次`,
  ),
  headline: pair(
    (head: string, came: string, it: { tickets: number; served: number; left: number }) =>
      `${head}: ${came}, ${it.tickets} tickets, ${it.served} served, ${it.left} left without service`,
    (head, came, it) =>
      `${head}：${came}，取号 ${it.tickets} 张，办结 ${it.served} 位，未办理即离开 ${it.left} 位`,
  ),
  unknown: pair('not known', '不详'),
  notKnown: pair('Not known:', '无从得知：'),
  because: pair(
    (what: string, why: string) => `${what}: ${why}`,
    (what, why) => `${what}：${why}`,
  ),
  device: pair('device', '设备'),
  kind: pair('kind', '类型'),
  tasks: pair('tasks', '任务'),
  busy: pair('busy', '服务占比'),
  counter: pair('counter', '窗口'),
  served: pair('served', '办结'),
  open: pair('open', '开放'),
  serving: pair('serving', '办理'),
} as const

export const dayWords = (tongue: Tongue): Spoken<typeof dayTable> => spoken(dayTable, tongue)

/** Why a figure is not known; an erased part is said by `erased`. */
export const whyNot = {
  duplicates: pair(
    'the journal forbids a second one (a claim a visit); devices’ own logs would prove it',
    '日志规则不允许重复迎宾（每次到访只登记一次），须由设备自身日志证实',
  ),
  heard: pair(
    'a device tells when it begins and ends, not when it was heard',
    '设备只上报开始和结束，不上报客户何时听到',
  ),
  mistaken: pair('no sensor knows that it took one person for another', '传感器无从知道自己认错了人'),
  eligible: pair(
    'nobody asks everyone whether a kiosk could do their errand',
    '不会逐一询问客户的业务能否在智能柜台办理',
  ),
  finishedShare: pair(
    'a share of those who could; see diversion.eligible',
    '以可分流客户为基数，见 diversion.eligible',
  ),
  repeats: pair(
    'the journal does not keep which campaign a past visit was shown',
    '日志不保留以往到访看过哪项推荐',
  ),
  came: pair('no sensor counts who comes in', '没有统计进门人数的传感器'),
  wait: pair(
    'no ticket was called, finished at a kiosk or given up',
    '没有排队号被叫号、在智能柜台办结或放弃',
  ),
  sinceArrival: pair('no ticket was taken under the eye of a camera', '没有客户在摄像头视野内取号'),
  announced: pair(
    'the queue system announced no wait; what the hub itself works out is not kept',
    '排队系统未播报预计等候，中枢自行估算的数值不留存',
  ),
  greeted: pair('nobody was greeted', '当天没有迎宾'),
} as const

export const erased = (bodies: number, records: number): Pair<string> =>
  pair(
    `${bodies} entries and the records of ${records} were erased; the figures count what is left`,
    `${bodies} 条记录及 ${records} 条记录的决策依据已清除，指标只统计留存部分`,
  )

/** Kinds of devices as a branch calls them. */
export const deviceKinds: Readonly<Record<string, Pair<string>>> = {
  robot: pair('robot', '服务机器人'),
  screen: pair('screen', '智能屏'),
  kiosk: pair('kiosk', '智能柜台'),
  camera: pair('camera', '摄像头'),
  sensor: pair('sensor', '传感器'),
  'ticket-machine': pair('ticket-machine', '取号机'),
}
