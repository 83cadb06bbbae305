/** `usher promotion`: what campaigns were shown, what was said to them, and what they changed. */
import type { Command } from 'commander'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { StoredDecision } from '#hub/store/port.ts'
import { UsherError } from '#protocol/errors.ts'
import { tongueOf } from '../io/language.ts'
import { printableLines } from '../io/printable.ts'
import { parseDay } from '../io/time.ts'
import { sharedOf, withHub } from '../io/with-hub.ts'

interface Wishes {
  readonly from?: string
  readonly to?: string
}

const recordsOfHub = async (wishes: Wishes, command: Command): Promise<readonly DecisionRecord[]> => {
  const records: DecisionRecord[] = []
  await withHub(command, async ({ control }) => {
    const span = { from: wishes.from ?? null, to: wishes.to ?? null }
    for await (const { record } of control.stream<StoredDecision>('promotion.records', span))
      records.push(record)
  })
  return records
}

/** Of whole days, so that a day counts in or not. */
const recordsOfFiles = async (
  files: readonly string[],
  { from = '', to = '9999' }: Wishes,
  command: Command,
): Promise<readonly DecisionRecord[]> => {
  const { openRecordedDay } = await import('../journal/open-day.ts')
  const records: DecisionRecord[] = []
  for (const file of [...files].sort()) {
    const { day, entries, fromMs } = await openRecordedDay(file, command)
    if (day < from || day > to) continue
    // What leads from the checkpoint to the day is the day before's.
    for (const entry of entries) if (entry.at >= fromMs) records.push(...(entry.records ?? []))
  }
  return records
}

export const addPromotion = (program: Command): void => {
  program
    .command('promotion')
    .description('what campaigns bring')
    .command('report')
    .description('plays, responses, and how many more ask for it than of those held out, with an interval')
    .argument('[days...]', 'files of recorded days; else what the running hub has on record')
    .option('--from <day>', 'the first day, as 2026-03-02; else the last 30 days', parseDay)
    .option('--to <day>', 'the last day; else today', parseDay)
    .addHelpText(
      'after',
      '\nExamples:\n  usher promotion report --from 2026-03-02 --to 2026-03-27\n  usher promotion report --json day-*.jsonl',
    )
    .action(async (files: readonly string[], wishes: Wishes, command: Command) => {
      const { from, to } = wishes
      if (from !== undefined && to !== undefined && from > to)
        throw new UsherError('command.invalid', `${from} comes after ${to}.`)
      const [{ readCampaigns }, { estimateCampaign }, { promotionText }] = await Promise.all([
        import('../promotion/measured.ts'),
        import('../promotion/estimate.ts'),
        import('../promotion/promotion-text.ts'),
      ])
      const records =
        files.length === 0
          ? await recordsOfHub(wishes, command)
          : await recordsOfFiles(files, wishes, command)
      const reports = readCampaigns(records).map(estimateCampaign)
      const { json, lang } = sharedOf(command)
      if (json === true) console.log(JSON.stringify(reports, null, 2))
      else console.log(printableLines(promotionText(reports, tongueOf(lang, process.env))))
    })
}
