/** What the frame says. */
import type { Pair } from '../ui/words.ts'

const pairs = {
  product: { zh: 'Usher 大堂', en: 'Usher lobby' },
  opening: { zh: '正在连接…', en: 'Connecting…' },
  offlineStart: { zh: '无法连接到系统', en: 'The hub cannot be reached' },
  offlineStartText: {
    zh: '请检查网络。连接恢复后，本页会自动打开。',
    en: 'Check the network. This page opens by itself once the hub is back.',
  },
  again: { zh: '再试一次', en: 'Try again' },
  noPage: { zh: '没有这个页面', en: 'There is no such page' },
  noPageText: { zh: '请从左侧选择。', en: 'Choose one from the rail.' },
} as const satisfies Record<string, Pair>

export const lobbyWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
