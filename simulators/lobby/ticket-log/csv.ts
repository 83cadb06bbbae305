/**
 * Comma-separated values as spreadsheets and queue systems write them (RFC 4180, with any separator): quotes, line
 * breaks inside quotes, a byte order mark, both kinds of line ends. Each record knows the line it began on.
 */

export interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvFault {
  readonly line: number
  readonly says: string
}

export interface Csv {
  readonly records: readonly CsvRecord[]
  readonly faults: readonly CsvFault[]
}

const byteOrderMark = '\uFEFF'

class Reader {
  readonly records: CsvRecord[] = []
  readonly faults: CsvFault[] = []
  readonly #text: string
  readonly #separator: string
  #at = 0
  #line = 1

  constructor(text: string, separator: string) {
    this.#text = text.startsWith(byteOrderMark) ? text.slice(1) : text
    this.#separator = separator
  }

  read() {
    while (this.#at < this.#text.length) {
      const line = this.#line
      const cells = this.#record()
      // An empty line is none.
      if (cells.length > 1 || cells[0] !== '') this.records.push({ line, cells })
    }
  }

  #record(): string[] {
    const cells: string[] = []
    for (;;) {
      cells.push(this.#text[this.#at] === '"' ? this.#quoted() : this.#plain())
      if (this.#text[this.#at] !== this.#separator) break
      this.#at += 1
    }
    if (this.#text[this.#at] === '\r') this.#at += 1
    if (this.#text[this.#at] === '\n') this.#at += 1
    this.#line += 1
    return cells
  }

  #plain(): string {
    const start = this.#at
    while (this.#at < this.#text.length && !this.#ends(this.#text[this.#at])) this.#at += 1
    return this.#text.slice(start, this.#at).trim()
  }

  #ends(char: string | undefined) {
    return char === this.#separator || char === '\n' || char === '\r'
  }

  #quoted(): string {
    const line = this.#line
    let cell = ''
    this.#at += 1
    for (;;) {
      const end = this.#text.indexOf('"', this.#at)
      if (end < 0) {
        this.faults.push({ line, says: 'a quote is opened and never closed' })
        this.#at = this.#text.length
        return cell
      }
      cell += this.#text.slice(this.#at, end)
      this.#at = end + 1
      if (this.#text[this.#at] !== '"') break
      cell += '"'
      this.#at += 1
    }
    this.#line += cell.split('\n').length - 1
    if (this.#at < this.#text.length && !this.#ends(this.#text[this.#at])) {
      this.faults.push({ line, says: 'text follows a closed quote; double the quotes inside of a cell' })
      this.#plain()
    }
    return cell
  }
}

export const readCsv = (text: string, separator: string): Csv => {
  const reader = new Reader(text, separator)
  reader.read()
  return reader
}

/** Of the usual ones, the one that the first line has most of. */
export const guessSeparator = (text: string): string => {
  const first = text.slice(0, text.search(/[\r\n]|$/))
  const count = (separator: string) => first.split(separator).length
  return [',', ';', '\t', '|'].reduce((best, one) => (count(one) > count(best) ? one : best))
}
