/** A what-if in plain words, for a manager who reads it at a desk. */
import type { Tongue } from '../io/language.ts'
import { table } from '../io/table.ts'
import { flowName } from '../words/flow-name.ts'
import { sayWhy } from '../words/why.ts'
import type { Changed } from './day-change.ts'
import type { Decision } from './decisions.ts'
import { foldDifferences, type ToldDifference } from './fold-differences.ts'
import type { FoundDifference, WhatIf } from './result.ts'
import { tellWaiting } from './waiting-text.ts'
import { deeds, ends, type WhatIfWords, whatIfWords } from './words.ts'

const listMax = 60

/** What every line is written from. */
export interface Telling {
  readonly tongue: Tongue
  readonly clock: (at: number) => string
}

export const tellingOf = ({ timeZone }: Pick<WhatIf, 'timeZone'>, tongue: Tongue): Telling => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  })
  return { tongue, clock: (at) => format.format(at) }
}

export const deedNoun = (what: string, tongue: Tongue): string => deeds[what]?.noun[tongue] ?? what

const endText = (end: string, tongue: Tongue) => ends[end]?.[tongue] ?? end

const whom = ({ subject }: Decision, { subjects, difference }: WhatIfWords): string => {
  const named = (['ticket', 'visit', 'service', 'counter', 'device', 'campaign', 'zone'] as const).flatMap(
    (kind) => (subject[kind] === undefined ? [] : [`${subjects[kind]} ${subject[kind]}`]),
  )
  return named.join(difference.list) || difference.branch
}

const by = ({ member, outcome }: Decision, { difference }: WhatIfWords) => {
  if (member === null) return ''
  return outcome === 'not-begun' ? difference.inVain(member) : difference.byMember(member)
}

const why = ({ because, params }: Decision, tongue: Tongue) => sayWhy({ code: because, params }, tongue)

interface Twice {
  readonly before: Decision
  readonly after: Decision
}

const changeText = (
  { before, after }: Twice,
  of: FoundDifference['of'],
  { tongue, clock }: Telling,
): string => {
  const { difference: words } = whatIfWords(tongue)
  const said = (answer: string | null) => (answer === null ? null : endText(answer, tongue))
  const parts = of.map((what) => {
    switch (what) {
      case 'time':
        return words.time(clock(after.at))
      case 'member':
        return words.member(after.member, before.member)
      case 'words':
        return words.saying(after.words.join(' / '))
      case 'outcome':
        return words.outcome(endText(after.outcome, tongue), endText(before.outcome, tongue))
      case 'answer':
        return words.answer(said(after.answer), said(before.answer))
      case 'reason':
        return words.reason(why(after, tongue))
      default:
        return what satisfies never
    }
  })
  return parts.join(words.parts)
}

/** One line: `09:14:05  greeting: would no longer greet visitor …`. */
const differenceText = (difference: FoundDifference, telling: Telling): string => {
  const { kind, before, after, of, share } = difference
  const { tongue, clock } = telling
  const one = (before ?? after) as Decision
  const all = whatIfWords(tongue)
  const words = all.difference
  const odds = share < 1 ? words.odds(Math.round(share * 100)) : ''
  const deed = [
    flowName(one.flow, tongue),
    deeds[one.what]?.does[tongue] ?? one.what,
    whom(one, all),
  ] as const
  const told = {
    dropped: () => `${words.dropped(...deed)}${by(one, all)}`,
    added: () => `${words.added(...deed)}${by(one, all)}${words.addedWhy(why(one, tongue))}`,
    changed: () => `${words.changed(...deed)}${changeText({ before, after } as Twice, of, telling)}`,
  }
  return `${clock(one.at)}  ${told[kind]()}${odds}`
}

export const settingText = ({ flow, setting, was, becomes }: Changed): string =>
  `${flow}.${setting}: ${JSON.stringify(was)} → ${JSON.stringify(becomes)}`

export const rounded = (value: number): string => String(Math.round(value * 10) / 10)

const countsText = ({ counts }: WhatIf, tongue: Tongue) => {
  const { summary: words } = whatIfWords(tongue)
  if (counts.length === 0) return words.nothingDone
  return table(counts, [
    { title: words.flow, cell: ({ flow }) => flowName(flow, tongue) },
    { title: words.what, cell: ({ what }) => deedNoun(what, tongue) },
    { title: words.onTheDay, cell: ({ recorded }) => recorded },
    { title: words.asSet, cell: ({ before }) => rounded(before) },
    { title: words.asChanged, cell: ({ after }) => rounded(after) },
    {
      title: words.difference,
      cell: ({ before, after }) => (after > before ? '+' : '') + rounded(after - before),
    },
  ])
}

/** Whether the day can be told again at all by this version. */
export const sanityText = ({ sanity }: WhatIf, { tongue, clock }: Telling): string => {
  const { compared, differing, first } = sanity
  const { summary: words } = whatIfWords(tongue)
  return differing === 0
    ? words.same(compared)
    : words.otherwise({ differing, compared, at: clock(first?.at ?? 0), seq: first?.seq })
}

/** What the reader must know to weigh the rest. */
export const caveats = (result: WhatIf, tongue: Tongue): readonly string[] => {
  const { entries, answers, skipped, parked, undecided } = result
  const { summary: words } = whatIfWords(tongue)
  const total = answers.same + answers.drawn + answers.alike + answers.assumed
  const invented = answers.alike + answers.assumed
  return [
    ...(entries.erased > 0 ? [words.erased(entries.erased)] : []),
    ...(entries.recordsErased > entries.erased ? [words.recordsErased(entries.recordsErased)] : []),
    ...(answers.drawn > 0 ? [words.drawn(answers.drawn, total)] : []),
    ...(invented > 0 ? [words.invented(invented, total)] : []),
    ...(skipped > 0 ? [words.skipped(skipped)] : []),
    ...parked.map(({ flow, reason, runs }) => words.parked(flowName(flow, tongue), runs, reason)),
    ...undecided.map(words.undecided),
  ]
}

export const foldedText = ({ first, times, lastAt }: ToldDifference, telling: Telling): string => {
  const { times: more } = whatIfWords(telling.tongue).difference
  return `${differenceText(first, telling)}${times === 1 ? '' : more(times, telling.clock(lastAt))}`
}

const differencesText = ({ differences }: WhatIf, telling: Telling): readonly string[] => {
  const { summary: words } = whatIfWords(telling.tongue)
  if (differences.length === 0) return [words.none]
  const folded = foldDifferences(differences)
  const more = folded.length - listMax
  return [
    words.others(differences.length),
    ...folded.slice(0, listMax).map((one) => `  ${foldedText(one, telling)}`),
    ...(more > 0 ? [words.more(more)] : []),
  ]
}

export const tellWhatIf = (result: WhatIf, tongue: Tongue): string => {
  const telling = tellingOf(result, tongue)
  const { summary: words } = whatIfWords(tongue)
  const { entries, seeds, changed } = result
  const { replayed, answers } = entries
  return [
    words.title(result.branch, result.day),
    '',
    changed.length === 0 ? words.noChange : words.changed,
    ...changed.map((one) => `  ${settingText(one)}`),
    '',
    words.replayed({ replayed, answers, pairs: seeds.length }),
    sanityText(result, telling),
    ...caveats(result, tongue),
    '',
    countsText(result, tongue),
    '',
    ...differencesText(result, telling),
    '',
    ...tellWaiting(result, tongue),
  ].join('\n')
}
