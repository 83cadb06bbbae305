/**
 * Text that came from devices and people, made safe for a terminal: control characters could move the cursor, hide a
 * line or fake one, and direction marks could show words in another order than they are.
 */

// C0, DEL, C1; direction marks (Unicode TR9); line and paragraph separators; the byte order mark.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

/** One line without anything that steers a terminal. */
export const printable = (text: string): string => text.replace(unsafe, escaped)

/** The same for text of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')

/** A path as a shell takes it, whatever the folder is called. */
export const shellQuoted = (text: string): string =>
  /^[\w/.,:@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
