/** What is counted of a device model: plain numbers that add up, so that rows of several devices can be joined. */

export const countNames = [
  'offers',
  'done',
  'missedAnswers',
  'lateStarts',
  'neverDone',
  'lost',
  'incapable',
  'withdrawn',
  'unclear',
  'open',
  'beganEarly',
  'cancels',
  'cancelsIgnored',
  'lostLinks',
  'falseOffline',
  'falseOfflineMs',
  'restarts',
  'upMs',
  'downMs',
  'awayMs',
] as const
const coded = ['refused', 'failed', 'notStarted', 'invalid'] as const

export type NumberName = (typeof countNames)[number]
export type CodedName = (typeof coded)[number]

/**
 * Every offer ends in exactly one of done, refused, failed, notStarted, missedAnswers, lateStarts, neverDone, lost,
 * incapable, withdrawn (by the hub or a person), unclear (what its journal said is gone) and open (not over yet).
 */
export type Counts = Record<NumberName, number> & Record<CodedName, Record<string, number>>

/** Codes are a device's own words: beyond so many different ones they are one. */
const codesMax = 24
const otherCode = 'other'

export const noCounts = (): Counts => ({
  ...(Object.fromEntries(countNames.map((name) => [name, 0])) as Record<NumberName, number>),
  ...(Object.fromEntries(coded.map((name) => [name, {}])) as Record<CodedName, Record<string, number>>),
})

export const addCode = (table: Record<string, number>, code: string, count = 1): void => {
  const known = Object.hasOwn(table, code) || Object.keys(table).length < codesMax
  const name = known ? code : otherCode
  table[name] = (table[name] ?? 0) + count
}

export const addCounts = (sum: Counts, more: Counts): void => {
  for (const name of countNames) sum[name] += more[name]
  for (const name of coded)
    for (const [code, count] of Object.entries(more[name])) addCode(sum[name], code, count)
}

export const totalOf = (table: Readonly<Record<string, number>>): number =>
  Object.values(table).reduce((sum, count) => sum + count, 0)
