/** `usher recordings`: what was recorded of sales, whether it is whole, what holds it, and copies of it. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { RecordingRowTold, RecordingView } from '#protocol/desk/recording-routes.ts'
import type { Hold } from '#protocol/recording/manifest.ts'
import { exitCodes } from '../io/exit-codes.ts'
import { table } from '../io/table.ts'
import { dateTime } from '../io/time.ts'
import { withHub } from '../io/with-hub.ts'

interface Verified {
  readonly id: string
  readonly complaints: readonly { readonly file: string; readonly what: string }[]
}

const minutes = (ms: number) => {
  const seconds = Math.round(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const listText = (rows: readonly RecordingRowTold[]): string =>
  rows.length === 0
    ? 'No recordings.'
    : table(rows, [
        { title: 'recording', cell: ({ id }) => id },
        { title: 'began', cell: ({ beganAt }) => dateTime(beganAt) },
        { title: 'length', cell: ({ durationMs }) => minutes(durationMs) },
        { title: 'product', cell: ({ product }) => product },
        { title: 'seller', cell: ({ seller }) => seller },
        { title: 'state', cell: ({ state }) => state },
        { title: 'gaps', cell: ({ gaps }) => String(gaps) },
        { title: 'kept until', cell: ({ keepUntil }) => (keepUntil === null ? '' : dateTime(keepUntil)) },
        { title: 'holds', cell: ({ holds }) => holds.map(({ name }) => name).join(', ') },
      ])

const showText = ({ row, manifest, parts, gaps, chapters }: RecordingView): string =>
  [
    listText([row]),
    '',
    `manifest ${manifest ?? '(not sealed)'}`,
    '',
    ...parts.map(
      ({ startedAt, durationMs, recorder, participant, type }) =>
        `${dateTime(startedAt)}  ${minutes(durationMs)}  ${recorder}  ${participant}  ${type}`,
    ),
    ...gaps.map(
      ({ from, to, recorder, participant, kind }) =>
        `gap: ${dateTime(from)}, ${Math.round((to - from) / 100) / 10} s of ${kind} of ${participant} in ${recorder}`,
    ),
    ...chapters.map(({ at, kind, code }) => `${dateTime(at)}  ${kind} ${code}`),
    ...row.access.map(({ at, by, what }) => `${dateTime(at)}  ${what} by ${by}`),
  ].join('\n')

const verifiedText = (all: readonly Verified[]): string =>
  all
    .flatMap(({ id, complaints }) =>
      complaints.length === 0
        ? [`${id}: as it was sealed`]
        : complaints.map(({ file, what }) => `${id}: ${file} ${what}`),
    )
    .join('\n') || 'No recordings.'

const holdsText = (holds: readonly Hold[]) =>
  holds.length === 0
    ? 'No holds.'
    : table(holds, [
        { title: 'hold', cell: ({ name }) => name },
        { title: 'set by', cell: ({ by }) => by },
        { title: 'at', cell: ({ at }) => dateTime(at) },
        { title: 'reason', cell: ({ reason }) => reason, widthMax: 60 },
      ])

const addHolds = (recordings: Command): void => {
  for (const [name, words] of [
    ['hold', 'keep a recording beyond its time, until it is released'],
    ['release', 'end a hold: what is past its time goes with the next day'],
  ] as const)
    recordings
      .command(name)
      .description(words)
      .argument('<recording>')
      .argument('<name>', 'of the hold')
      .requiredOption('--reason <text>', 'why; kept in the journal')
      // oxlint-disable-next-line max-params -- Commander gives two arguments, the options and itself.
      .action((recording: string, hold: string, { reason }: { reason: string }, command: Command) =>
        withHub(command, async ({ control, by, say }) => {
          const asked = { recording, hold, reason, by }
          const holds = await control.request<readonly Hold[]>(`recordings.${name}`, asked)
          say(holds, () => holdsText(holds))
        }),
      )
}

export const addRecordings = (program: Command): void => {
  const recordings = program.command('recordings').description('recorded sales: list, check, hold, copy')
  recordings
    .command('list')
    .description('all recordings, the newest first')
    .option('--only <what>', 'gaps or held')
    .action(({ only }: { only?: string }, command: Command) =>
      withHub(command, async ({ control, say }) => {
        const rows = await control.request<readonly RecordingRowTold[]>('recordings.list', { only })
        say(rows, () => listText(rows))
      }),
    )
  recordings
    .command('show')
    .description('its parts, its gaps, its chapters and who looked at it')
    .argument('<recording>')
    .action((recording: string, _: unknown, command: Command) =>
      withHub(command, async ({ control, say }) => {
        const view = await control.request<RecordingView>('recordings.show', { recording })
        say(view, () => showText(view))
      }),
    )
  recordings
    .command('verify')
    .description('whether every bit is as it was sealed; without a name, of all')
    .argument('[recording]')
    .action((recording: string | undefined, _: unknown, command: Command) =>
      withHub(command, async ({ control, say }) => {
        const all = await control.request<readonly Verified[]>('recordings.verify', { recording })
        say(all, () => verifiedText(all))
        if (all.some(({ complaints }) => complaints.length > 0)) process.exitCode = exitCodes.refused
      }),
    )
  recordings
    .command('export')
    .description('what any player opens, with the manifest, its signature and the key to check it')
    .argument('<recording>')
    .requiredOption('--to <folder>', 'is made; on the hub’s machine')
    .action((recording: string, { to }: { to: string }, command: Command) =>
      withHub(command, async ({ control, by, say }) => {
        const asked = { recording, folder: resolve(to), by }
        const names = await control.request<readonly string[]>('recordings.export', asked)
        say(names, () => names.join('\n'))
      }),
    )
  addHolds(recordings)
}
