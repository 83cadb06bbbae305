/** Sentences that a lobby says every day, in both languages; each can be changed before it is sent. */
import type { Pair } from '../../../ui/words.ts'

export interface Phrase {
  readonly id: string
  readonly title: Pair
  readonly words: Readonly<Record<string, string>>
}

export const phrases: readonly Phrase[] = [
  {
    id: 'kiosks',
    title: { zh: '自助区空闲', en: 'Kiosks are free' },
    words: {
      zh: '自助区现有空闲的智能柜台，可直接办理。',
      en: 'Kiosks are free now. You can use them right away.',
    },
  },
  {
    id: 'wait',
    title: { zh: '等候较长', en: 'It takes a while' },
    words: {
      zh: '当前客户较多，请您稍候，感谢理解。',
      en: 'It is busy at the moment. Thank you for your patience.',
    },
  },
  {
    id: 'belongings',
    title: { zh: '保管物品', en: 'Belongings' },
    words: {
      zh: '请保管好随身物品，办理完毕后带好证件和卡片。',
      en: 'Please look after your belongings and take your card and papers with you.',
    },
  },
  {
    id: 'closing',
    title: { zh: '即将停止取号', en: 'Closing soon' },
    words: {
      zh: '本网点即将停止取号，请需要办理的客户尽快取号。',
      en: 'Tickets will not be given out much longer today. Please take one now if you need one.',
    },
  },
]

/** In the languages of the branch, as far as it is known in them. */
export const inLanguages = (
  words: Readonly<Record<string, string>>,
  languages: readonly string[],
): Record<string, string> =>
  Object.fromEntries(
    languages.map((language) => [language, words[language] ?? words[language.split('-', 1)[0] ?? ''] ?? '']),
  )
