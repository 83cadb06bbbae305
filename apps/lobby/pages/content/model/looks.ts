/** How a screen writes words: as apps/screen does, so that a preview shows the same lines. */

type WordSize = 'huge' | 'large' | 'middle' | 'small'

const wideLetters = /\p{Script=Han}|[\u3000-\u303f\uff00-\uffef]/gu

/** So that the longest sentence still fits, and a short one fills the screen. */
export const wordSizeOf = (text: string): WordSize => {
  // Chinese letters are as wide as two others.
  const wide = text.length + (text.match(wideLetters)?.length ?? 0)
  if (wide <= 24) return 'huge'
  if (wide <= 70) return 'large'
  return wide <= 180 ? 'middle' : 'small'
}

/** Those of the branch first, then whatever else there are words in. */
export const languagesOf = (
  words: Readonly<Record<string, string>>,
  languages: readonly string[],
): readonly string[] => [
  ...languages.filter((one) => (words[one] ?? '') !== ''),
  ...Object.keys(words).filter((one) => !languages.includes(one) && words[one] !== ''),
]
