/** What stands in the drawings of every report, and what they say to those who cannot see them. */
import { pair, type Spoken, spoken, type Tongue } from '../io/language.ts'

const table = {
  waiting: pair('waiting', '等候人数'),
  queues: pair(
    'People waiting over the day, with what devices and staff were asked to do',
    '全天等候人数，以及设备和员工当时接到的任务',
  ),
  people: pair('people', '人数'),
  waits: pair('How long people waited', '等候时间分布'),
  minutes: pair('minutes waited; the last bar holds all beyond', '等候时间（分钟），更长的计入最后一柱'),
  mean: pair(
    (whose: string | null, value: string) => `${whose === null ? '' : `${whose}: `}mean ${value}`,
    (whose, value) => `${whose === null ? '' : `${whose}：`}平均 ${value}`,
  ),
  bar: pair(
    (from: number, to: number | null, count: number) =>
      `${from} ${to === null ? 'min and more' : `to ${to} min`}: ${count}`,
    (from, to, count) => `${to === null ? `${from} 分钟及以上` : `${from} 至 ${to} 分钟`}：${count} 人`,
  ),
  heat: pair('Where people were, on the floor plan', '网点平面图上的客流热力'),
  personMinutes: pair(
    (minutes: number) => `${minutes} person-minutes`,
    (minutes) => `${minutes} 人·分钟`,
  ),
  shade: pair(
    (most: string) => `up to ${most}`,
    (most) => `不超过 ${most}`,
  ),
  lastShade: pair(
    (most: string) => `up to ${most} person-minutes a cell`,
    (most) => `每格不超过 ${most} 人·分钟`,
  ),
  span: pair(
    (from: string, to: string) => `${from} to ${to}`,
    (from, to) => `${from} 至 ${to}`,
  ),
} as const

export const drawingWords = table

export const drawingWordsIn = (tongue: Tongue): Spoken<typeof table> => spoken(table, tongue)
