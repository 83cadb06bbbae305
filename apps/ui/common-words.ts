/** Words that more than one component says. */
import type { Pair } from './words.ts'

const pairs = {
  close: { zh: '关闭', en: 'Close' },
  back: { zh: '返回', en: 'Back' },
  retry: { zh: '重试', en: 'Try again' },
} as const satisfies Record<string, Pair>

export const commonWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
