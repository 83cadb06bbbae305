/**
 * A campaign has no title: what it says to visitors begins with its name.
 * @param words in one language
 * @returns up to the first mark that ends a name; within a number or a time nothing ends. Empty: it says nothing.
 */
export const campaignName = (words: string): string => words.split(/[.:!?](?=\s|$)|[。：！？]/u, 1)[0] ?? ''
