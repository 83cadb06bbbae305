/** Finds English that was left standing in what Chinese readers are shown. */

const named = /`[^`]*`|docs\/[\w/.-]+|https?:\/\/\S+/g
const sentence = /[A-Za-z][A-Za-z'’]*(?:[ ,;:.]+[A-Za-z][A-Za-z'’]*){2,}/g
const han = /\p{Script=Han}/u

/** What a reader of a page sees, hears or finds under the pointer. */
export const shownOf = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/ aria-label="([^"]*)"[^>]*>/g, '>$1\n')
    .replaceAll(/<[^>]*>/g, '\n')

/** Three words in a row are a sentence, not a name; what is in `given` was given by somebody and stays as it is. */
export const englishIn = (text: string, given: readonly string[] = []): readonly string[] => {
  const own = given.reduce((rest, one) => rest.replaceAll(one, '·'), text.replaceAll(named, '·'))
  return own.match(sentence) ?? []
}

export const hasChinese = (text: string): boolean => han.test(text)
