/** What the floor report says, Chinese and English. */
import { type Pair, pair, type Spoken, spoken, type Tongue } from '../io/language.ts'

export const floorTable = {
  nobody: pair(
    (head: string) => `${head}: nobody was seen and no counter served.`,
    (head) => `${head}：未感知到客户，也没有窗口办理业务。`,
  ),
  notKnown: pair('Not known:', '无从得知：'),
  because: pair(
    (what: string, why: string) => `${what}: ${why}`,
    (what, why) => `${what}：${why}`,
  ),
  marks: pair(
    'Each mark is a quarter of an hour: the darker, the more people (· not known).',
    '每格为一刻钟，颜色越深人越多（· 不详）。',
  ),
  zone: pair('zone', '区域'),
  came: pair('came in', '进入人次'),
  stayed: pair('stayed', '平均停留'),
  most: pair('most at once', '最多同时在场'),
  hours: pair(
    (from: string, to: string) => `${from} to ${to}`,
    (from, to) => `${from} 至 ${to}`,
  ),
  counter: pair('counter', '窗口'),
  open: pair('open', '开放'),
  serving: pair('serving', '办理'),
  unstaffed: pair('open, nobody there', '开放但无人值守'),
  idle: pair('idle while people waited', '有人等候而空闲'),
} as const

export const floorWords = (tongue: Tongue): Spoken<typeof floorTable> => spoken(floorTable, tongue)

export interface Unknown {
  readonly what: Pair<string>
  readonly why: Pair<string>
}

/** Zones of which nothing told. */
export const silentZones = (zones: readonly string[]): Unknown => ({
  what: pair(`people in ${zones.join(', ')}`, `${zones.join('、')} 的客流`),
  why: pair('no sensor told of these zones on this day', '当天没有传感器上报这些区域'),
})

export const unsaidCounters = (counters: readonly string[]): Unknown => ({
  what: pair(`whether somebody sat at ${counters.join(', ')}`, `${counters.join('、')} 是否有人值守`),
  why: pair('nothing told whether they were staffed', '没有设备上报窗口是否有人'),
})

export const erasedEntries = (entries: number): Unknown => ({
  what: pair(`${entries} entries`, `${entries} 条记录`),
  why: pair('their bodies were erased; what they told is missing here', '内容已清除，本报告不含其中信息'),
})
