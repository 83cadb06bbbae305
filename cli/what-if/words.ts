/** A what-if in plain words, for a manager who reads it at a desk. */
import { sayReason } from '#hub/dispatch/reason-words.ts'
import { table } from '../io/table.ts'
import type { Changed } from './day-change.ts'
import type { Decision } from './decisions.ts'
import { foldDifferences, type ToldDifference } from './fold-differences.ts'
import type { FoundDifference, WhatIf } from './result.ts'
import { tellWaiting } from './waiting-words.ts'

const listMax = 60

export const clockOf = (timeZone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  })
  return (at) => format.format(at)
}

const deeds: Readonly<Record<string, readonly [infinitive: string, noun: string]>> = {
  greet: ['greet', 'greetings'],
  'offer-service': ['invite to a kiosk', 'invitations to a kiosk'],
  promote: ['show a promotion to', 'promotions'],
  guide: ['lead', 'visitors led'],
  'call-staff': ['call staff for', 'calls for staff'],
  display: ['show words about', 'words on screens'],
  announce: ['announce something about', 'announcements'],
  dock: ['send away', 'robots sent to rest or charge'],
  'manage-ticket': ['tell the queue system about', 'requests to the queue system'],
  alert: ['raise an alert about', 'alerts'],
  escalate: ['ask for a person elsewhere for', 'escalations'],
}

const deed = (what: string) => deeds[what]?.[0] ?? what
export const deedNoun = (what: string): string => deeds[what]?.[1] ?? what

const whom = ({ subject }: Decision): string => {
  const { visit, ticket, zone, service, device, counter, campaign } = subject
  const parts = [
    ticket !== undefined && `ticket ${ticket}`,
    visit !== undefined && `visitor ${visit}`,
    service !== undefined && `service ${service}`,
    counter !== undefined && `counter ${counter}`,
    device !== undefined && `device ${device}`,
    campaign !== undefined && `campaign ${campaign}`,
    zone !== undefined && `zone ${zone}`,
  ]
  return parts.filter((part) => part !== false).join(', ') || 'the branch'
}

const by = ({ member, outcome }: Decision) => {
  if (member === null) return ''
  return outcome === 'not-begun' ? ` (${member} was asked in vain)` : ` (${member})`
}

const why = ({ because, params }: Decision) => sayReason(because, 'en', params)

interface Twice {
  readonly before: Decision
  readonly after: Decision
}

const changeText = ({ before, after }: Twice, of: FoundDifference['of'], clock: (at: number) => string) => {
  const parts = of.map((what) => {
    switch (what) {
      case 'time':
        return `at ${clock(after.at)} instead`
      case 'member':
        return `by ${after.member ?? 'nobody'} instead of ${before.member ?? 'nobody'}`
      case 'words':
        return `saying ${after.words.join(' / ') || 'nothing'}`
      case 'outcome':
        return `${after.outcome} instead of ${before.outcome}`
      case 'answer':
        return `answered ${after.answer ?? 'not at all'} instead of ${before.answer ?? 'not at all'}`
      case 'reason':
        return `because: ${why(after)}`
      default:
        return what satisfies never
    }
  })
  return parts.join('; ')
}

/** One line: `09:14:05  greeting  would not greet visitor …`. */
export const differenceText = (difference: FoundDifference, clock: (at: number) => string): string => {
  const { kind, before, after, of, share } = difference
  const one = (before ?? after) as Decision
  const odds = share < 1 ? ` [in ${Math.round(share * 100)} % of the runs]` : ''
  const start = `${clock(one.at)}  ${one.flow}: `
  if (kind === 'dropped') return `${start}would no longer ${deed(one.what)} ${whom(one)}${by(one)}${odds}`
  if (kind === 'added')
    return `${start}would now ${deed(one.what)} ${whom(one)}${by(one)}, because: ${why(one)}${odds}`
  return `${start}would ${deed(one.what)} ${whom(one)} otherwise: ${changeText({ before, after } as Twice, of, clock)}${odds}`
}

export const settingText = ({ flow, setting, was, becomes }: Changed): string =>
  `${flow}.${setting}: ${JSON.stringify(was)} → ${JSON.stringify(becomes)}`

const rounded = (value: number) => String(Math.round(value * 10) / 10)

const countsText = ({ counts }: WhatIf) => {
  if (counts.length === 0) return 'Nothing was done for anybody, on that day or in the runs.'
  return table(counts, [
    { title: 'flow', cell: ({ flow }) => flow },
    { title: 'what', cell: ({ what }) => deedNoun(what) },
    { title: 'on the day', cell: ({ recorded }) => recorded },
    { title: 'as set, simulated', cell: ({ before }) => rounded(before) },
    { title: 'changed, simulated', cell: ({ after }) => rounded(after) },
    {
      title: 'difference',
      cell: ({ before, after }) => (after > before ? '+' : '') + rounded(after - before),
    },
  ])
}

/** Whether the day can be told again at all by this version. */
export const sanityText = ({ sanity, timeZone }: WhatIf): string => {
  const { compared, differing, first } = sanity
  if (differing === 0)
    return `Asked the same again, this version decides all ${compared} entries as was recorded.`
  return (
    `Asked the same again, this version decides ${differing} of ${compared} entries otherwise than was recorded, ` +
    `the first at ${clockOf(timeZone)(first?.at ?? 0)} (#${first?.seq}): its code is not the code of that day. ` +
    'Both runs use the code of today.'
  )
}

/** What the reader must know to weigh the rest. */
export const caveats = (result: WhatIf): readonly string[] => {
  const { entries, answers, skipped, parked, undecided } = result
  const total = answers.same + answers.drawn + answers.alike + answers.assumed
  const invented = answers.alike + answers.assumed
  return [
    ...(entries.erased > 0
      ? [`${entries.erased} entries were erased for privacy and are missing from the replay.`]
      : []),
    ...(entries.recordsErased > entries.erased
      ? [`Of ${entries.recordsErased} entries the recorded decisions are gone and could not be compared.`]
      : []),
    ...(answers.drawn > 0
      ? [
          `${answers.drawn} of ${total} answers of devices and people were drawn from their other answers of that day.`,
        ]
      : []),
    ...(invented > 0
      ? [
          `${invented} of ${total} answers had no example of that member that day: taken from its like, or assumed.`,
        ]
      : []),
    ...(skipped > 0 ? [`${skipped} commands of people had nothing to apply to and were left out.`] : []),
    ...parked.map(({ flow, reason, runs }) => `Flow ${flow} would be parked (in ${runs} runs): ${reason}`),
    ...undecided.map((what) => `An entry could not be decided: ${what}`),
  ]
}

export const foldedText = (
  { first, times, lastAt }: ToldDifference,
  clock: (at: number) => string,
): string =>
  times === 1
    ? differenceText(first, clock)
    : `${differenceText(first, clock)} … ${times} times until ${clock(lastAt)}`

const differencesText = ({ differences }: WhatIf, clock: (at: number) => string): readonly string[] => {
  if (differences.length === 0) return ['No decision would have been another.']
  const folded = foldDifferences(differences)
  const more = folded.length - listMax
  return [
    `${differences.length} decisions would have been others:`,
    ...folded.slice(0, listMax).map((one) => `  ${foldedText(one, clock)}`),
    ...(more > 0 ? [`  … and ${more} more; --json has them all.`] : []),
  ]
}

export const tellWhatIf = (result: WhatIf): string => {
  const clock = clockOf(result.timeZone)
  const { entries, seeds, changed } = result
  return [
    `What if: ${result.branch}, ${result.day}`,
    '',
    changed.length === 0 ? 'The change changes nothing that was not in force that day.' : 'Changed:',
    ...changed.map((one) => `  ${settingText(one)}`),
    '',
    `${entries.replayed} events of the day replayed at their times; ${entries.answers} answers simulated instead, ` +
      `in ${seeds.length} pair${seeds.length === 1 ? '' : 's'} of runs with the same chance.`,
    sanityText(result),
    ...caveats(result),
    '',
    countsText(result),
    '',
    ...differencesText(result, clock),
    '',
    ...tellWaiting(result),
  ].join('\n')
}
