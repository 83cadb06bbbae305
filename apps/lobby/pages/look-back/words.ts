/** What looking back says. */
import type { Pair } from '../../../ui/words.ts'

const pairs = {
  title: { zh: '回看', en: 'Look back' },
  what: { zh: '查找', en: 'Find' },
  whatHint: { zh: '排队号、设备、人员或发生的事', en: 'A ticket, a device, a person, or what happened' },
  when: { zh: '时间', en: 'Time' },
  'when.hour': { zh: '1 小时内', en: 'Last hour' },
  'when.today': { zh: '今天', en: 'Today' },
  'when.week': { zh: '7 天内', en: '7 days' },
  'when.between': { zh: '自选', en: 'Between' },
  from: { zh: '从', en: 'From' },
  to: { zh: '到', en: 'To' },
  zone: { zh: '地点', en: 'Place' },
  anywhere: { zh: '全部地点', en: 'Anywhere' },
  kind: { zh: '类型', en: 'Kind' },
  anything: { zh: '全部类型', en: 'Anything' },
  'kind.visit': { zh: '访客', en: 'Visitors' },
  'kind.ticket': { zh: '排队号', en: 'Tickets' },
  'kind.device': { zh: '设备', en: 'Devices' },
  'kind.task': { zh: '任务', en: 'Tasks' },
  'kind.alert': { zh: '提醒', en: 'Alerts' },
  'kind.branch': { zh: '网点设置', en: 'Branch settings' },
  results: { zh: '结果', en: 'Results' },
  searching: { zh: '正在查找…', en: 'Looking…' },
  refresh: { zh: '刷新', en: 'Refresh' },
  earlier: { zh: '显示更早的', en: 'Show earlier' },
  reached: { zh: '已查到 {time}', en: 'Looked back to {time}' },
  theEnd: { zh: '没有更早的记录', en: 'There is nothing before that' },
  nothing: { zh: '没有找到', en: 'Nothing found' },
  nothingText: {
    zh: '换一个词，或放宽时间和地点。',
    en: 'Try another word, or a longer time and any place.',
  },
  widen: { zh: '查找 7 天内的全部记录', en: 'Look at everything of 7 days' },
  trouble: { zh: '暂时无法查找', en: 'Looking back is not possible now' },
  troubleText: { zh: '连接恢复后请重试。', en: 'Try again once the connection is back.' },
  export: { zh: '导出证据', en: 'Export evidence' },
  exportHint: {
    zh: '文件自带校验，可离线核对，无法悄悄改动。',
    en: 'The file proves itself: it is checked without the hub, and cannot be changed unnoticed.',
  },
  happened: { zh: '当时', en: 'What happened' },
  around: { zh: '前后一分钟', en: 'The minute before and after' },
} as const satisfies Record<string, Pair>

export const backWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
