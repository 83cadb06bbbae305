/** Names that nobody types: of a new item, campaign or playlist, and of a product by the bank's own code. */

const slugMax = 40

const slugOf = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugMax)
    .replace(/^-+|-+$/g, '')

/** @param random some letters and digits that make it the only one of its kind */
export const newName = (title: string, random: string): string =>
  [slugOf(title), random].filter((part) => part !== '').join('-')

/** Two campaigns with the same code are for the same product; one without a code is for itself. */
export const productOf = (code: string, otherwise: string): string => {
  const slug = slugOf(code)
  return slug === '' ? otherwise : slug
}

/** `autumn_poster-v2.png` is `autumn poster v2`. */
export const titleOfFile = (name: string): string =>
  name
    .replace(/\.[^.]*$/, '')
    .replace(/[_\-.\s]+/g, ' ')
    .trim()
    .slice(0, 80)

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

export const randomPart = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => alphabet[byte % alphabet.length]).join('')
