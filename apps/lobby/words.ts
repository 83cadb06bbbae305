/** What the page says before it is in the branch. */
import type { Pair } from '../ui/words.ts'

const pairs = {
  offlineStart: { zh: '无法连接到系统', en: 'The hub cannot be reached' },
  offlineStartText: {
    zh: '请检查网络。连接恢复后，本页会自动打开。',
    en: 'Check the network. This page opens by itself once the hub is back.',
  },
  again: { zh: '再试一次', en: 'Try again' },
} as const satisfies Record<string, Pair>

export const lobbyWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
