/** Bytes of a growing file to rows: whole lines only, quoted fields, UTF-8 or GBK. */

export const encodings = ['utf-8', 'gbk', 'gb18030'] as const
export type Encoding = (typeof encodings)[number]

const newline = 0x0a
const quote = 0x22
/** Longer than any line about one ticket. */
export const lineBytesMax = 65_536

/** In both encodings a newline byte is a newline, never half of a character. @returns the end of the last whole line. */
export const splitLines = (bytes: Buffer): { readonly lines: readonly Buffer[]; readonly used: number } => {
  const lines: Buffer[] = []
  let used = 0
  let from = 0
  while (from < bytes.length) {
    const end = bytes.indexOf(newline, from)
    if (end === -1) break
    const line = bytes.subarray(used, end)
    from = end + 1
    // A newline within quotes belongs to the field.
    const isOpen = line.reduce((open, byte) => (byte === quote ? !open : open), false)
    if (isOpen && line.length <= lineBytesMax) continue
    lines.push(line)
    used = from
  }
  return { lines, used }
}

const replacement = '\ufffd'
const mark = '\ufeff'

export const decodeLine = (bytes: Buffer, encoding: Encoding): { text: string; isClean: boolean } => {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes).replace(/\r$/, '')
  return { text: text.startsWith(mark) ? text.slice(1) : text, isClean: !text.includes(replacement) }
}

/** RFC 4180, with the separator of the configuration. */
export const fieldsOf = (line: string, separator: string): string[] => {
  const fields: string[] = []
  let field = ''
  let isQuoted = false
  for (let index = 0; index < line.length; index += 1) {
    const letter = line[index] ?? ''
    if (isQuoted) {
      if (letter !== '"') field += letter
      else if (line[index + 1] === '"') {
        field += '"'
        index += 1
      } else isQuoted = false
    } else if (letter === '"' && field.trim() === '') {
      field = ''
      isQuoted = true
    } else if (letter === separator) {
      fields.push(field.trim())
      field = ''
    } else field += letter
  }
  fields.push(field.trim())
  return fields
}

export type Row = Readonly<Record<string, string>>

/** @returns undefined when it has another number of columns than the header. */
export const rowOf = (header: readonly string[], fields: readonly string[]): Row | undefined =>
  header.length === fields.length
    ? Object.fromEntries(header.map((name, index) => [name, fields[index] ?? '']))
    : undefined
