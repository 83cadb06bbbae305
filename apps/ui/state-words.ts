/** How the states of devices are called. */
import type { LiveDevice } from '#protocol/desk/live/lobby-rows.ts'
import type { Pair } from './words.ts'

export const linkWords: Readonly<Record<LiveDevice['link'], Pair>> = {
  online: { zh: '在线', en: 'Online' },
  offline: { zh: '离线', en: 'Offline' },
  lost: { zh: '失联', en: 'Lost' },
  unknown: { zh: '未知', en: 'Unknown' },
}

export const healthWords: Readonly<Record<LiveDevice['health'], Pair>> = {
  ok: { zh: '正常', en: 'Works' },
  degraded: { zh: '部分可用', en: 'Limited' },
  faulted: { zh: '故障', en: 'Fault' },
  updating: { zh: '升级中', en: 'Updating' },
}

export const willingWords: Readonly<Record<LiveDevice['willingness'], Pair>> = {
  open: { zh: '自动调度', en: 'Automatic' },
  held: { zh: '{who} 接管', en: 'Held by {who}' },
  'out-of-service': { zh: '停用', en: 'Out of service' },
}
