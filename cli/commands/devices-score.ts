/** `usher devices score`: how each device model and firmware has kept its word, from the journal. */
import type { Command } from 'commander'
import type { ScoreAnswer } from '#hub/ops/methods/score.ts'
import { UsherError } from '#protocol/errors.ts'
import { tongueOf } from '../io/language.ts'
import { parseDuration } from '../io/time.ts'
import { sharedOf, withHub } from '../io/with-hub.ts'
import type { RecordedDay } from '../journal/read-day.ts'

interface Wishes {
  readonly model?: string
  readonly since?: number
  readonly csv?: boolean
}

const examples = `
Examples:
  usher devices score
  usher devices score --model Walker --since 1d
  usher devices score --csv > score.csv
  usher devices score day-*.jsonl                       recorded days, without a hub`

const answerOfHub = async ({ model, since }: Wishes, command: Command): Promise<ScoreAnswer> => {
  const answers: ScoreAnswer[] = []
  await withHub(command, async ({ control }) => {
    const asked = {
      ...(model !== undefined && { model }),
      ...(since !== undefined && { sinceMs: since }),
    }
    answers.push(await control.request<ScoreAnswer>('devices.score', asked))
  })
  return answers[0] as ScoreAnswer
}

const answerOfFiles = async (
  files: readonly string[],
  { model, since }: Wishes,
  command: Command,
): Promise<ScoreAnswer> => {
  if (since !== undefined)
    throw new UsherError('command.invalid', '--since is for a running hub; recorded days are read whole.')
  const [{ openRecordedDay }, { scoreDays }] = await Promise.all([
    import('../journal/open-day.ts'),
    import('../score/score-days.ts'),
  ])
  const days: RecordedDay[] = []
  for (const file of files) days.push(await openRecordedDay(file, command))
  return scoreDays(
    days.toSorted((a, b) => a.fromMs - b.fromMs),
    model,
  )
}

export const addScore = (devices: Command): void => {
  devices
    .command('score')
    .description('how each model and firmware kept its word: answers, starts, ends, links, messages')
    .argument('[days...]', 'files of recorded days; else the running hub')
    .option('--model <model>', 'only this one, as its vendor writes it')
    .option('--since <duration>', 'so far back from now (12h, 7d; default: 7d)', parseDuration)
    .option('--csv', 'as CSV, with every count')
    .addHelpText('after', examples)
    .action(async (files: readonly string[], wishes: Wishes, command: Command) => {
      const [{ scoreReport }, { scoreCsv, scoreText }] = await Promise.all([
        import('../score/score-report.ts'),
        import('../score/score-text.ts'),
      ])
      const answer =
        files.length === 0 ? await answerOfHub(wishes, command) : await answerOfFiles(files, wishes, command)
      const report = scoreReport(answer)
      const { json, lang } = sharedOf(command)
      if (json === true) console.log(JSON.stringify(report, null, 2))
      else if (wishes.csv === true) console.log(scoreCsv(report))
      else console.log(scoreText(report, tongueOf(lang, process.env)))
    })
}
