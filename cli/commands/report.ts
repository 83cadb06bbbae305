/** `usher report`: what was measured in a running branch, or is in recorded days. */
import type { Command } from 'commander'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { ShownSwitchback } from '#hub/ops/methods/effect.ts'
import type { StoredDecision } from '#hub/store/port.ts'
import { type Tongue, tongueOf } from '../io/language.ts'
import { printableLines } from '../io/printable.ts'
import { parseDuration } from '../io/time.ts'
import { sharedOf, withHub } from '../io/with-hub.ts'
import type { RecordedDay } from '../journal/read-day.ts'

interface DayWishes {
  readonly day?: string
  readonly csv?: boolean
}

interface EffectWishes {
  readonly plan?: string
  readonly smallest?: number
  readonly csv?: boolean
}

/** As JSON, as CSV, or in words. */
interface Answer {
  readonly value: unknown
  readonly csv: () => string
  readonly text: (tongue: Tongue) => string
}

const print = (command: Command, wishes: { readonly csv?: boolean }, { value, csv, text }: Answer) => {
  const { json, lang } = sharedOf(command)
  if (json === true) console.log(JSON.stringify(value, null, 2))
  else console.log(wishes.csv === true ? csv() : printableLines(text(tongueOf(lang, process.env))))
}

const readFiles = async (files: readonly string[], command: Command): Promise<readonly RecordedDay[]> => {
  const { openRecordedDay } = await import('../journal/open-day.ts')
  const days: RecordedDay[] = []
  for (const file of files) days.push(await openRecordedDay(file, command))
  return days.toSorted((a, b) => a.fromMs - b.fromMs)
}

/** One day: of a file, or of the running hub, today unless named. */
const theDay = async ({ day = 'today' }: DayWishes, command: Command): Promise<RecordedDay> => {
  const { openRecordedDay } = await import('../journal/open-day.ts')
  return openRecordedDay(day, command)
}

interface Records {
  readonly records: readonly DecisionRecord[]
  readonly asOf: number
  /** Of the branch. */
  readonly timeZone: string
}

const recordsOfHub = async (command: Command): Promise<Records> => {
  const records: DecisionRecord[] = []
  let asOf = 0
  let timeZone = 'UTC'
  await withHub(command, async ({ control }) => {
    asOf = (await control.request<{ at: number }>('hub.show')).at
    const shown = await control.request<ShownSwitchback | null>('effect.show')
    timeZone = shown?.timeZone ?? timeZone
    for await (const { record } of control.stream<StoredDecision>('effect.records')) records.push(record)
  })
  return { records, asOf, timeZone }
}

const recordsOfFiles = async (files: readonly string[], command: Command): Promise<Records> => {
  const days = await readFiles(files, command)
  const records = days.flatMap(({ entries, fromMs }) =>
    // What leads from the checkpoint to the day is the day before's.
    entries.filter(({ at }) => at >= fromMs).flatMap((entry) => entry.records ?? []),
  )
  const last = days.at(-1)
  return { records, asOf: last?.toMs ?? 0, timeZone: last?.timeZone ?? 'UTC' }
}

const addEffectReport = (report: Command): void => {
  report
    .command('effect')
    .description('what the flows of a measuring plan change for those who wait, with an interval')
    .argument('[days...]', 'files of recorded days; else all that the running hub has measured')
    .option('--plan <id>', 'of an earlier plan in recorded days')
    .option('--smallest <duration>', 'an effect on the mean wait below this matters to nobody', parseDuration)
    .option('--csv', 'the table as CSV')
    .addHelpText(
      'after',
      '\nExamples:\n  usher report effect\n  usher report effect --smallest 30s day-*.jsonl',
    )
    .action(async (files: readonly string[], wishes: EffectWishes, command: Command) => {
      const [
        { readMeasurement },
        { estimateEffect },
        { effectCsv, effectJson, effectText },
        { effectWords },
      ] = await Promise.all([
        import('../effect/measurement.ts'),
        import('../effect/estimate.ts'),
        import('../effect/effect-text.ts'),
        import('../effect/words.ts'),
      ])
      const { records, asOf, timeZone } =
        files.length === 0 ? await recordsOfHub(command) : await recordsOfFiles(files, command)
      const measurement = readMeasurement(records, wishes.plan)
      if (measurement === undefined)
        return print(command, wishes, {
          value: null,
          csv: () => '',
          text: (tongue) => effectWords(tongue).nothing,
        })
      const found = estimateEffect(measurement, {
        asOf,
        ...(wishes.smallest !== undefined && { smallestMs: wishes.smallest }),
      })
      print(command, wishes, {
        value: effectJson(found),
        csv: () => effectCsv(found),
        text: (tongue) => effectText(found, { tongue, timeZone }),
      })
    })
}

const addDayReport = (report: Command): void => {
  report
    .command('day')
    .description('the key figures of a day: the same as of a simulated one, as far as a journal knows them')
    .option(
      '--day <day>',
      'today, yesterday or 2026-03-02 of the running hub, or the file of a recorded day',
      'today',
    )
    .option('--csv', 'as CSV')
    .addHelpText('after', '\nExamples:\n  usher report day\n  usher report day --day 2026-03-02 --json')
    .action(async (wishes: DayWishes, command: Command) => {
      const [{ dayJson, dayReport }, { dayCsv, dayText }] = await Promise.all([
        import('../day/day-report.ts'),
        import('../day/day-text.ts'),
      ])
      const found = dayReport(await theDay(wishes, command))
      print(command, wishes, {
        value: dayJson(found),
        csv: () => dayCsv(found),
        text: (tongue) => dayText(found, tongue),
      })
    })
}

const addFloorReport = (report: Command): void => {
  report
    .command('floor')
    .description('footfall, dwell, heat and empty counters, by zone and quarter of an hour')
    .option(
      '--day <day>',
      'today, yesterday or 2026-03-02 of the running hub, or the file of a recorded day',
      'today',
    )
    .option('--csv', 'every quarter of an hour as CSV')
    .addHelpText(
      'after',
      '\nExamples:\n  usher report floor\n  usher report floor --day 2026-03-02 --csv > floor.csv',
    )
    .action(async (wishes: DayWishes, command: Command) => {
      const [{ floorJson, floorReport }, { floorCsv, floorText }] = await Promise.all([
        import('../floor/floor-report.ts'),
        import('../floor/floor-text.ts'),
      ])
      const found = floorReport(await theDay(wishes, command))
      print(command, wishes, {
        value: floorJson(found),
        csv: () => floorCsv(found),
        text: (tongue) => floorText(found, tongue),
      })
    })
}

export const addReport = (program: Command): void => {
  const report = program.command('report').description('what was measured, and the figures of a day')
  addEffectReport(report)
  addDayReport(report)
  addFloorReport(report)
}
