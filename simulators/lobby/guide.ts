/** The table of assumptions as it stands in the guide: made from the table itself, so that it cannot be out of date. */
import { type Assumption, type AssumptionValue, assumptions } from './assumptions.ts'

const begin = '<!-- assumptions -->'
const end = '<!-- /assumptions -->'

const shown = (value: AssumptionValue): string => {
  if (value === null) return 'none'
  if (typeof value === 'object') return value.join(', ')
  return typeof value === 'string' ? `\`${value}\`` : String(value)
}

const rowOf = ([path, { default: value, unit, meaning, source }]: [string, Assumption]): string =>
  `| \`${path}\` | ${shown(value)} | ${unit} | ${meaning.en} | ${source} |`

const assumptionTable = (): string =>
  [
    '| setting | default | unit | meaning | source |',
    '|---|---|---|---|---|',
    ...Object.entries(assumptions).map(rowOf),
  ].join('\n')

/** @returns the guide with the table as it is now. */
export const withAssumptions = (guide: string): string => {
  const from = guide.indexOf(begin)
  const to = guide.indexOf(end)
  if (from < 0 || to < from) throw new Error(`The guide has no place for the table: ${begin} … ${end}`)
  return `${guide.slice(0, from)}${begin}\n\n${assumptionTable()}\n\n${guide.slice(to)}`
}
