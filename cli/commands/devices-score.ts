/** `usher devices score`: how each device model and firmware has kept its word, from the journal. */
import type { Command } from 'commander'
import type { ScoreAnswer } from '#hub/ops/methods/score.ts'
import { parseDuration } from '../io/time.ts'
import { withHub } from '../io/with-hub.ts'

interface Wishes {
  readonly model?: string
  readonly since?: number
  readonly csv?: boolean
}

const examples = `
Examples:
  usher devices score
  usher devices score --model Walker --since 1d
  usher devices score --csv > score.csv`

export const addScore = (devices: Command): void => {
  devices
    .command('score')
    .description('how each model and firmware kept its word: answers, starts, ends, links, messages')
    .option('--model <model>', 'only this one, as its vendor writes it')
    .option('--since <duration>', 'so far back from now (12h, 7d; default: 7d)', parseDuration)
    .option('--csv', 'as CSV, with every count')
    .addHelpText('after', examples)
    .action((wishes: Wishes, command: Command) =>
      withHub(command, async ({ control, say, json, tongue }) => {
        const [{ scoreReport }, { scoreCsv, scoreText }] = await Promise.all([
          import('../score/score-report.ts'),
          import('../score/score-text.ts'),
        ])
        const { model, since, csv } = wishes
        const answer = await control.request<ScoreAnswer>('devices.score', {
          ...(model !== undefined && { model }),
          ...(since !== undefined && { sinceMs: since }),
        })
        const report = scoreReport(answer)
        if (csv === true && !json) console.log(scoreCsv(report))
        else say(report, () => scoreText(report, tongue))
      }),
    )
}
