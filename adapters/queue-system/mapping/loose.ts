/** Values as vendors really write them: numbers as text, full-width letters, times in half a dozen forms. */

/** What can stand for a name or a code; anything longer is none. */
const textMax = 128

/** @returns undefined for what is neither text nor a number. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'string' || value.length > textMax) return undefined
  const text = value.normalize('NFKC').trim()
  return text === '' ? undefined : text
}

const decimal = /^[+-]?\d{1,15}(\.\d{1,6})?$/

/** `7`, `"7"`, `"7 人"` is no number. */
export const numberOf = (value: unknown): number | undefined => {
  const text = textOf(value)
  return text !== undefined && decimal.test(text) ? Number(text) : undefined
}

/** `12`, or `00:03:20`. */
const clockSpan = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/
const unitMs = { ms: 1, s: 1_000, min: 60_000 } as const
export type WaitUnit = keyof typeof unitMs

const dayMs = 86_400_000

export const spanMsOf = (value: unknown, unit: WaitUnit): number | undefined => {
  const [whole, first, second, third] = clockSpan.exec(textOf(value) ?? '') ?? []
  const ms =
    whole === undefined
      ? (numberOf(value) ?? Number.NaN) * unitMs[unit]
      : third === undefined
        ? Number(first) * 60_000 + Number(second) * 1_000
        : Number(first) * 3_600_000 + Number(second) * 60_000 + Number(third) * 1_000
  return Number.isFinite(ms) && ms >= 0 && ms <= dayMs ? Math.round(ms) : undefined
}

const wall =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(.*)$/
const compact = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/
const offsetPattern = /^([+-])(\d{2}):?(\d{2})$/

/** @returns minutes east of Greenwich; undefined when it is no offset. */
export const offsetMinutes = (text: string): number | undefined => {
  if (text === 'Z' || text === 'z') return 0
  const [, sign, hours, minutes] = offsetPattern.exec(text) ?? []
  if (hours === undefined || minutes === undefined) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

const secondsFrom = 1e8
const millisecondsFrom = 1e11
const millisecondsTo = 1e14

/** @param offsetMin of times that do not say in which zone they are. @returns ms since 1970 */
export const timeOf = (value: unknown, offsetMin: number): number | undefined => {
  const text = textOf(value)
  if (text === undefined) return undefined
  const parts = wall.exec(text) ?? compact.exec(text)
  if (parts !== null) {
    const [, year, month, day, hour, minute, second = '0', fraction = '', zone = ''] = parts
    const offset = zone === '' ? offsetMin : offsetMinutes(zone)
    if (offset === undefined) return undefined
    const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 24 || mi > 59 || s > 60) return undefined
    return Date.UTC(y, mo - 1, d, h, mi, s, Number(fraction.padEnd(3, '0').slice(0, 3))) - offset * 60_000
  }
  const number = numberOf(value)
  if (number === undefined || number < secondsFrom || number > millisecondsTo) return undefined
  return number < millisecondsFrom ? number * 1_000 : number
}

const ticketPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,11}$/
/** A phone number or the number of an identity card is no ticket, whatever field it stands in. */
const tooManyDigits = /\d{7}/

/** @param prefixes such as `{"普": "P"}`: what is printed, as the branch's contract can carry it. */
export const ticketOf = (value: unknown, prefixes: Readonly<Record<string, string>>): string | undefined => {
  const text = textOf(value)
  if (text === undefined) return undefined
  const prefix = Object.keys(prefixes)
    .filter((one) => one !== '' && text.startsWith(one))
    .sort((a, b) => b.length - a.length)[0]
  const ticket = prefix === undefined ? text : `${prefixes[prefix] ?? ''}${text.slice(prefix.length)}`
  return ticketPattern.test(ticket) && !tooManyDigits.test(ticket) ? ticket : undefined
}

/** The vendor's own id of a ticket: never told, only used in commands. */
const keyPattern = /^[\w.:-]{1,64}$/
export const keyOf = (value: unknown): string | undefined => {
  const text = textOf(value)
  return text !== undefined && keyPattern.test(text) ? text : undefined
}
