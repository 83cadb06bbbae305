/** What a screen says of its own account; everything else are words of the hub. In whatever language, one is always there. */

export interface Pair {
  readonly zh: string
  readonly en: string
}

export const words = {
  pairing: {
    zh: '请管理员在大堂平板的“屏幕与智能柜台”中输入此代码',
    en: 'An administrator types this code under “Screens and kiosks” on the lobby tablet',
  },
  noHub: { zh: '正在连接网点主机', en: 'Connecting to the branch' },
  doorClosed: { zh: '网点主机未开放网页设备', en: 'This branch lets no pages in' },
  elsewhere: { zh: '本屏已在另一个窗口中打开', en: 'This screen is open in another window' },
  welcome: { zh: '欢迎光临', en: 'Welcome' },
  morning: { zh: '早上好', en: 'Good morning' },
  afternoon: { zh: '下午好', en: 'Good afternoon' },
  evening: { zh: '晚上好', en: 'Good evening' },
  waiting: { zh: '等候', en: 'Waiting' },
  wait: { zh: '预计', en: 'About' },
  minutes: { zh: '分钟', en: 'min' },
  noWait: { zh: '无需等候', en: 'No wait' },
  counter: { zh: '窗口', en: 'Counter' },
  called: { zh: '正在办理', en: 'Now serving' },
} as const satisfies Record<string, Pair>

const isChinese = (language: string) => language === 'zh' || language.startsWith('zh-')

export const inLanguage = (pair: Pair, language: string): string => pair[isChinese(language) ? 'zh' : 'en']

/** A title of the branch file: in this language, or in whichever it has. */
export const titleIn = (titles: Readonly<Record<string, string>>, language: string): string =>
  titles[language] ?? titles[isChinese(language) ? 'zh' : 'en'] ?? Object.values(titles)[0] ?? ''
