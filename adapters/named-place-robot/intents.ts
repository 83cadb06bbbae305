/** What a visitor answered, understood by words that the bank chose. The answer itself is neither kept nor passed on. */
export const intentIn = (
  text: string,
  intents: Readonly<Record<string, readonly string[]>>,
): string | undefined => {
  const said = plain(text)
  // The longest words first: "corporate account" is not "account".
  const rows = Object.entries(intents)
    .flatMap(([service, phrases]) => phrases.map((phrase) => ({ service, phrase: plain(phrase) })))
    .sort((one, other) => other.phrase.length - one.phrase.length)
  return rows.find(({ phrase }) => contains(said, phrase))?.service
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase().trim()

/** In scripts with spaces a phrase is whole words; in Chinese it may stand anywhere. */
const contains = (said: string, phrase: string): boolean => {
  if (!isWordPart(phrase[0])) return said.includes(phrase)
  for (let at = said.indexOf(phrase); at >= 0; at = said.indexOf(phrase, at + 1))
    if (!isWordPart(said[at - 1]) && !isWordPart(said[at + phrase.length])) return true
  return false
}

const isWordPart = (letter: string | undefined) =>
  letter !== undefined && /[\p{Script=Latin}\d]/u.test(letter)
