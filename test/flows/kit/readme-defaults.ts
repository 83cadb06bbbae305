/** Whether the table of settings in a flow's README gives the defaults that the flow has. */

const isPhrase = (value: object): value is Readonly<Record<string, string>> =>
  !Array.isArray(value) && Object.values(value).every((words) => typeof words === 'string')

/** Every way in which a README may write a default: milliseconds also as time, words also by their languages alone. */
const spellings = (name: string, value: unknown): readonly string[] => {
  if (typeof value === 'number' && name.endsWith('Ms'))
    return [String(value), `${value / 1_000} s`, `${value / 60_000} min`]
  if (Array.isArray(value)) return [value.join(', ')]
  if (typeof value === 'object' && value !== null && isPhrase(value))
    return [Object.values(value).join(' / '), Object.keys(value).join(', ')]
  return [String(value)]
}

/** @returns each setting whose row is missing or tells another default. */
export const defaultsMistold = (readme: string, defaults: Readonly<Record<string, unknown>>) =>
  Object.entries(defaults).filter(([name, value]) => {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` | `))
    const told = row?.split(' | ')[1]
    return told === undefined || !spellings(name, value).includes(told)
  })
