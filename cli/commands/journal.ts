/** `usher journal`: follow what is decided, take a stretch of it out, check its chain, keep or erase part of it. */
import { type Command, InvalidArgumentError } from 'commander'
import type { TailItem } from '#hub/ops/methods/journal.ts'
import type { StoredEntry, Verdict } from '#hub/store/port.ts'
import { UsherError } from '#protocol/errors.ts'
import { exitCodes } from '../io/exit-codes.ts'
import { printable } from '../io/printable.ts'
import { clockTime, dateTime } from '../io/time.ts'
import { cutTo } from '../io/width.ts'
import { type Asking, sharedOf, withHub } from '../io/with-hub.ts'
import { addHolds } from './hold.ts'

const parseNumber = (text: string): number => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('A whole number.')
  return number
}

const noise = new Set(['kind', 'device', 'manifest', 'boot', 'n', 'files'])
const widthMax = 160

/** The body as one readable line. */
const bodyText = (body: unknown): string => {
  if (body === null || typeof body !== 'object') return '(erased)'
  const told = Object.entries(body).filter(([name]) => !noise.has(name))
  return told
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')
}

const tailText = ({ seq, at, kind, device, body, decisions }: TailItem): string => {
  const line = `${clockTime(at)} #${seq} ${kind}${device === null ? '' : ` ${device}`} ${bodyText(body)}`
  const told = (decisions as readonly { kind: string; code: string; flow?: string; task?: string }[]).map(
    (record) =>
      `         → ${[record.flow, record.kind, record.code, record.task].filter(Boolean).join(' ')}`,
  )
  return [cutTo(printable(line), widthMax), ...told.map(printable)].join('\n')
}

const opened = ({ seq, at, kind, device, cause, body }: StoredEntry): TailItem => ({
  seq,
  at,
  kind,
  device,
  cause,
  body: body === null ? null : (JSON.parse(body) as { body: unknown }).body,
  decisions: [],
})

const follow = async ({ control, json }: Asking, last: number) => {
  const print = (item: TailItem) => console.log(json ? JSON.stringify(item) : tailText(item))
  for (const entry of await control.request<readonly StoredEntry[]>('journal.last', { count: last }))
    print(opened(entry))
  for await (const item of control.stream<TailItem>('journal.follow')) print(item)
}

/** An answer that the chain does not hold is the command's own failure: scripts look at the exit code. */
const judge = (verdict: Verdict) => {
  if (verdict.ok) return
  process.exitCode = exitCodes.refused
  const { seq, how } = verdict.broken ?? { seq: 0, how: 'it ends too early' }
  throw new UsherError('journal.broken', `At entry ${seq}: ${how}.`)
}

const verifyFile = async (file: string, command: Command) => {
  const { verifyEvidence } = await import('../evidence/verify.ts')
  const verdict = verifyEvidence(file)
  const { branch, from, to, shown, records, lastHash, madeAt } = verdict
  if (verdict.ok || sharedOf(command).json === true)
    console.log(
      sharedOf(command).json === true
        ? JSON.stringify(verdict, null, 2)
        : `The evidence holds: ${branch}, entries ${from} to ${to}, ${shown} shown in full with ${records} decision records.\n` +
            `Written ${dateTime(madeAt)}. It hangs together by itself; that it is of this hub shows when its last\n` +
            `link is also in the hub's journal: ${lastHash}`,
    )
  judge(verdict)
}

const verifyHub = (wishes: { from?: number; to?: number }, command: Command) =>
  withHub(command, async ({ control, say }) => {
    const verdict = await control.request<Verdict>('journal.verify', wishes)
    if (verdict.ok)
      say(
        verdict,
        () => `The chain holds: ${verdict.entries} entries, ${verdict.erased} of them with an erased body.`,
      )
    judge(verdict)
  })

const exportExamples = `
Examples:
  usher journal export --from 1000 > journal.jsonl
  usher journal export --day yesterday --out yesterday.jsonl`

interface ExportWishes {
  readonly from?: number
  readonly to?: number
  readonly day?: string
  readonly out?: string
}

const exportTo = async ({ control, say }: Asking, { day, out, ...range }: ExportWishes) => {
  const whole = day !== undefined
  if (whole && (range.from !== undefined || range.to !== undefined))
    throw new UsherError('command.invalid', 'Name a stretch by --from and --to, or a --day.')
  if (!whole && out !== undefined) throw new UsherError('command.invalid', 'Name the --day for --out.')
  const items = whole ? control.stream('journal.day', { day }) : control.stream('journal.export', range)
  if (out === undefined) {
    for await (const item of items) console.log(JSON.stringify(item))
    return
  }
  const { saveEvidence } = await import('../evidence/save.ts')
  const { lines } = await saveEvidence(out, items)
  say({ file: out, lines }, () => `${lines} lines written to ${out}.`)
}

export const addJournal = (program: Command): void => {
  const journal = program.command('journal').description('everything that could change a decision, in order')
  journal
    .command('tail')
    .description('follow it')
    .option('--last <n>', 'begin with so many earlier entries', parseNumber, 10)
    .addHelpText('after', '\nExamples:\n  usher journal tail\n  usher journal tail --json | grep task-1-42-0')
    .action(({ last }: { last: number }, command: Command) =>
      withHub(command, (asking) => follow(asking, last)),
    )
  journal
    .command('export')
    .description('a stretch of it as lines of JSON, with digests and links; or a whole day, for a replay')
    .option('--from <seq>', 'first entry', parseNumber)
    .option('--to <seq>', 'last entry', parseNumber)
    .option(
      '--day <day>',
      'a day of the branch (2026-10-01, yesterday, today) with the state at its beginning',
    )
    .option('--out <file>', 'with --day: into this file, which must not exist')
    .addHelpText('after', exportExamples)
    .action((wishes: ExportWishes, command: Command) =>
      withHub(command, (asking) => exportTo(asking, wishes)),
    )
  journal
    .command('verify')
    .description('check that nothing was edited, removed, added or moved')
    .option('--from <seq>', 'first entry', parseNumber)
    .option('--to <seq>', 'last entry', parseNumber)
    .option('--evidence <file>', 'check a file written by usher explain --evidence; needs no hub')
    .action(({ evidence, ...range }: { evidence?: string; from?: number; to?: number }, command: Command) =>
      evidence === undefined ? verifyHub(range, command) : verifyFile(evidence, command),
    )
  addHolds(journal)
}
