/** How many columns a terminal gives a text: Chinese characters and their punctuation take two, marks none. */

// East Asian wide and full-width ranges (Unicode TR11), and emoji, as terminals draw them.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const none = /\p{Mn}|\p{Me}|\u200b|\u200c|\u200d|\ufe0f/u

const columns = (char: string): number => (none.test(char) ? 0 : wide.test(char) ? 2 : 1)

export const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + columns(char), 0)

export const padTo = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** Cut to a width, with a mark where something is missing. */
export const cutTo = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text
  let cut = ''
  let used = 0
  for (const char of text) {
    used += columns(char)
    if (used > width - 1) break
    cut += char
  }
  return `${cut}…`
}
