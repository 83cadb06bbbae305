/** `usher explain`: why this one, why not the others, why nobody; and evidence of it for others to check. */
import { type Command, Option } from 'commander'
import type { Explanation } from '#hub/dispatch/explain.ts'
import { UsherError } from '#protocol/errors.ts'
import { printableLines } from '../io/printable.ts'
import { parseDuration, parseTime } from '../io/time.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

const examples = `
Examples:
  usher explain --task task-1-42-0          one task: cause, policy, every candidate, words, reports
  usher explain --visit visit-1-40-0        also for a visitor whom nobody greeted
  usher explain --at 14:05 --zone entrance  what was decided there around that time
  usher explain --ticket A107 --lang zh
  usher explain --task task-1-42-0 --evidence task.jsonl
  usher journal verify --evidence task.jsonl`

interface Wishes {
  readonly task?: string
  readonly visit?: string
  readonly ticket?: string
  readonly device?: string
  readonly at?: string
  readonly zone?: string
  readonly around: number
  readonly evidence?: string
}

/** What the hub is asked; exactly one thing. */
const questionOf = ({ at, zone, around, ...named }: Wishes): Record<string, unknown> => {
  const asked = (['task', 'visit', 'ticket', 'device'] as const).filter((kind) => named[kind] !== undefined)
  const [kind] = asked
  if (asked.length + (at === undefined ? 0 : 1) !== 1)
    throw new UsherError('command.invalid', 'Name one of --task, --visit, --ticket, --device and --at.')
  if (kind !== undefined) return { [kind]: named[kind] }
  const moment = parseTime(at ?? '', Date.now())
  return { from: moment - around, to: moment + around, ...(zone !== undefined && { zone }) }
}

interface Explained {
  readonly explanation: Explanation
  readonly lines: readonly string[]
}

const tell = async ({ control, say, tongue }: Asking, question: Record<string, unknown>) => {
  const { explanation, lines } = await control.request<Explained>('explain', { ...question, lang: tongue })
  say(explanation, () => printableLines(lines.join('\n')))
}

const writeEvidence = async ({ control, say }: Asking, question: Record<string, unknown>, file: string) => {
  const { saveEvidence } = await import('../evidence/save.ts')
  const { lines } = await saveEvidence(file, control.stream('explain.evidence', question))
  say(
    { file, lines },
    () => `${lines} lines written to ${file}.\nCheck it with: usher journal verify --evidence ${file}`,
  )
}

export const addExplain = (program: Command): void => {
  program
    .command('explain')
    .description('why this one, why not the others, why nobody')
    .option('--task <task>')
    .option('--visit <visit>')
    .option('--ticket <number>')
    .option('--device <device>')
    .option('--at <time>', '14:05, or 2026-03-31T14:05')
    .addOption(new Option('--zone <zone>', 'with --at: only there'))
    .option('--around <duration>', 'with --at: so long before and after', parseDuration, 60_000)
    .option('--evidence <file>', 'write what is on record, with the links of the chain, to a file')
    .addHelpText('after', examples)
    .action((wishes: Wishes, command: Command) =>
      withHub(command, async (asking) => {
        const question = questionOf(wishes)
        if (wishes.evidence === undefined) await tell(asking, question)
        else await writeEvidence(asking, question, wishes.evidence)
      }),
    )
}
