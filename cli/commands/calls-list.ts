/** `usher calls list`, `show` and `day`: which calls there are, one in full, and how a day went by group. */
import type { Command } from 'commander'
import type { CallFigures } from '#hub/figures/calls.ts'
import type { CallDay } from '#hub/look/day/calls.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { table } from '../io/table.ts'
import { ago, clockTime, dateTime } from '../io/time.ts'
import { withHub } from '../io/with-hub.ts'

const whoOf = ({ expert, ring, guest }: CallRow): string => {
  const guestName = guest?.expert ?? guest?.ring?.experts.join(' ')
  return [expert ?? ring?.experts.join(' ') ?? '', guestName === undefined ? '' : `+ ${guestName}`]
    .filter((one) => one !== '')
    .join(' ')
}

const waitedMs = ({ at, segments, state, since }: CallRow, nowMs: number): number =>
  (segments[0]?.from ?? (state === 'ended' ? since : nowMs)) - at

const listText = (calls: readonly CallRow[], nowMs: number): string =>
  calls.length === 0
    ? 'No calls.'
    : table(calls, [
        { title: 'call', cell: ({ id }) => id },
        { title: 'since', cell: ({ at }) => clockTime(at) },
        { title: 'from', cell: ({ device, askedBy }) => device ?? askedBy },
        { title: 'service', cell: ({ service }) => service },
        { title: 'group', cell: ({ group }) => group },
        { title: 'state', cell: ({ state, outcome }) => outcome ?? state },
        { title: 'who', cell: whoOf },
        { title: 'waited', cell: (call) => ago(waitedMs(call, nowMs)) },
      ])

const part = (name: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [name, ...lines.map((line) => `  ${line}`)]

const showText = (call: CallRow, nowMs: number): string => {
  const { segments, tried, guests = [], participants, notes, identified } = call
  const about = call.ticket === null ? call.visit && `--visit ${call.visit}` : `--ticket ${call.ticket}`
  return [
    listText([call], nowMs),
    '',
    ...part(
      'experts',
      segments.map(
        ({ expert, from, to, why }) =>
          `${clockTime(from)} ${expert}${to === null ? '' : `, until ${clockTime(to)}: ${why}`}`,
      ),
    ),
    ...part(
      'asked before',
      tried.map(({ expert, at, why }) => `${clockTime(at)} ${expert}: ${why}`),
    ),
    ...part(
      'guests',
      guests.map(
        ({ expert, by, from, to, mode, why }) =>
          `${clockTime(from)} ${expert ?? 'nobody'}, asked by ${by} (${mode}), until ${clockTime(to)}: ${why}`,
      ),
    ),
    ...part('in it', participants),
    ...(identified === null ? [] : [`identified  by ${identified.by}, ${dateTime(identified.at)}`]),
    ...part('notes', notes === '' ? [] : notes.split('\n')),
    ...(about == null ? [] : ['', `Why, and what came before: usher explain ${about}`]),
  ].join('\n')
}

const percent = (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`)
const time = (ms: number | null) => (ms === null ? '–' : ago(ms))

type Line = CallFigures & { readonly name: string }

const dayText = ({ day, at, groups, ...all }: CallDay): string => {
  const lines: readonly Line[] = [
    { name: 'all', ...all },
    ...Object.entries(groups).map(([group, figures]) => ({
      name: group === '' ? '(any group)' : group,
      ...figures,
    })),
  ]
  const text = table(lines, [
    { title: 'group', cell: ({ name }) => name },
    { title: 'calls', cell: ({ calls }) => `${calls}` },
    { title: 'answered', cell: ({ answered }) => `${answered}` },
    { title: 'in time', cell: ({ within }) => `${within}` },
    { title: 'level', cell: ({ level }) => percent(level) },
    { title: 'gave up', cell: ({ abandoned }) => `${abandoned}` },
    { title: 'nobody came', cell: ({ unanswered }) => `${unanswered}` },
    { title: 'wait', cell: ({ waitMs }) => time(waitMs) },
    { title: 'talk', cell: ({ talkMs }) => time(talkMs) },
    { title: 'wrap-up', cell: ({ wrapUpMs }) => time(wrapUpMs) },
  ])
  return `${day}, as of ${clockTime(at)}\n\n${text}`
}

export const addCallsList = (calls: Command): void => {
  calls
    .command('list')
    .description('open calls, the newest first')
    .option('--all', 'also those that ended within the last ten minutes')
    .addHelpText('after', '\nExample:\n  usher calls list --all --json')
    .action(({ all }: { all?: boolean }, command: Command) =>
      withHub(command, async ({ control, say }) => {
        const rows = await control.request<readonly CallRow[]>('calls.list', { all: all ?? false })
        say(rows, () => listText(rows, Date.now()))
      }),
    )
  calls
    .command('show')
    .description('one call in full: its experts, who was asked, its notes')
    .argument('<call>')
    .action((call: string, _: unknown, command: Command) =>
      withHub(command, async ({ control, say }) => {
        const row = await control.request<CallRow>('calls.show', { call })
        say(row, () => showText(row, Date.now()))
      }),
    )
  calls
    .command('day')
    .description('how the calls of a day went, by group')
    .option('--day <date>', 'as 2026-03-02; default: today')
    .addHelpText('after', '\nExample:\n  usher calls day --day 2026-03-02')
    .action(({ day }: { day?: string }, command: Command) =>
      withHub(command, async ({ control, say }) => {
        const told = await control.request<CallDay>('calls.day', day === undefined ? {} : { day })
        say(told, () => dayText(told))
      }),
    )
}
