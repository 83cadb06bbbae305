/** `usher simulate`: a simulated day of a branch through the real hub, and what a policy does to the waiting. */
import { once } from 'node:events'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { UsherError } from '#protocol/errors.ts'
import { type Tongue, tongueOf } from '../io/language.ts'
import { type Shared, sharedOf } from '../io/with-hub.ts'

const examples = `
Examples:
  usher simulate                                          which scenarios there are
  usher simulate morning-rush --report out/               one day, with a page to look at
  usher simulate morning-rush --compare on off --days 30  what the hub does to the waiting, with an interval
  usher simulate morning-rush --policy off                the same day with greeting, diversion and promotion off
  usher simulate my-branch.yaml --compare on mine.yaml    a changed policy before customers meet it
  usher simulate payday --csv tickets.csv                 the arrivals of a real day, from the queue system's log
  usher simulate payday --report out/ --lang zh           the page and the summary in Chinese
  usher simulate payday --hub mqtt://127.0.0.1:1883       the same people and devices before a hub that runs

Without --hub no hub needs to run. The same seed is the same day, to the byte. docs/guides/simulate.md goes on from here.`

export interface SimulateWishes {
  readonly seed: number
  readonly days: number
  readonly policy: string
  readonly compare: readonly string[] | undefined
  readonly sensitivity: boolean
  readonly csv: string | undefined
  readonly mapping: string | undefined
  readonly report: string | undefined
  readonly threads: number | undefined
  readonly json: boolean
  readonly tongue: Tongue
}

const daysMax = 1_000

const parseWhole = (least: number, most: number) => (text: string) => {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < least || number > most)
    throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`)
  return number
}

const parseSpeed = (text: string): number => {
  const speed = Number(text)
  if (!(speed >= 0.1 && speed <= 100)) throw new InvalidArgumentError('A number from 0.1 to 100.')
  return speed
}

const parseHub = (text: string): URL => {
  const hub = URL.parse(text)
  if (hub?.protocol !== 'mqtt:' || hub.hostname === '')
    throw new InvalidArgumentError('An address as mqtt://127.0.0.1:1883.')
  return hub
}

interface Options extends Omit<SimulateWishes, 'json' | 'tongue' | 'sensitivity'> {
  readonly sensitivity?: boolean
  readonly seeds: number | undefined
  readonly hub?: URL
  readonly speed?: number
}

/** What is compared, counted and written is of days that are lived in memory. */
const ofMemory = ['days', 'seeds', 'policy', 'compare', 'sensitivity', 'csv', 'mapping', 'report', 'threads']

/** As words, or as paths of one file. */
const sameArm = ([first = '', second = '']: readonly string[]): boolean => {
  const isWord = (arm: string) => arm === 'on' || arm === 'off'
  return first === second || (!isWord(first) && !isWord(second) && resolve(first) === resolve(second))
}

const checked = (
  { seeds, ...options }: Options,
  { json = false, lang }: Pick<Shared, 'json' | 'lang'>,
): SimulateWishes => {
  const { compare, sensitivity = false } = options
  if (compare !== undefined && compare.length !== 2)
    throw new UsherError('command.invalid', '--compare takes two policies: on, off or a file.')
  if (compare !== undefined && sameArm(compare))
    throw new UsherError(
      'command.invalid',
      `--compare ${compare.join(' ')}: both arms are the same; name two policies that differ.`,
    )
  if (sensitivity && compare === undefined)
    throw new UsherError('command.invalid', '--sensitivity needs two policies to --compare.')
  return { ...options, days: seeds ?? options.days, sensitivity, json, tongue: tongueOf(lang, process.env) }
}

const beforeHub = async (
  scenario: string | undefined,
  { hub, seed, speed = 1 }: Pick<Options, 'seed' | 'speed'> & { readonly hub: URL },
): Promise<void> => {
  if (scenario === undefined) throw new UsherError('command.invalid', '--hub needs a scenario.')
  const { simulateBeforeHub } = await import('../simulate/before-hub.ts')
  const stopped = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)))
  const [say, complain] = [(text: string) => console.log(text), (text: string) => console.error(text)]
  await simulateBeforeHub(scenario, { hub, seed, speed, say, complain, stopped })
  // Delays of the day that was broken off are still open, and nobody waits for them.
  process.exit()
}

export const addSimulate = (program: Command): void => {
  program
    .command('simulate')
    .argument('[scenario]', 'name of a shipped scenario, or path of a file')
    .description('a simulated day of a branch, and what a policy does to the waiting')
    .option('--seed <n>', 'another seed is another day', parseWhole(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--days <n>', 'so many days, of this seed and the next', parseWhole(1, daysMax), 1)
    .addOption(new Option('--seeds <n>', 'the same as --days').argParser(parseWhole(1, daysMax)).hideHelp())
    .option('--policy <policy>', 'on (as the branch file says), off, or a file', 'on')
    .option('--compare <policies...>', 'two policies on the same days: on, off or a file')
    .option('--sensitivity', 'and again with the assumptions changed that matter most')
    .option('--csv <file>', "arrivals from the ticket log of a queue system instead of the scenario's rates")
    .option('--mapping <file>', 'how that log is to be read: its columns, its times, its names of services')
    .option('--report <dir>', 'write report.json and report.html there')
    .option('--threads <n>', 'days lived at the same time (default: one for each core)', parseWhole(1, 64))
    .addOption(
      new Option('--hub <url>', 'before a running hub: the address of its broker')
        .argParser(parseHub)
        .conflicts(ofMemory),
    )
    .option('--speed <n>', 'before a running hub: so many times as fast as life (default: 1)', parseSpeed)
    .addHelpText('after', examples)
    .action(async (scenario: string | undefined, options: Options, command: Command) => {
      if (options.hub !== undefined) return beforeHub(scenario, { ...options, hub: options.hub })
      if (options.speed !== undefined) throw new UsherError('command.invalid', '--speed needs a --hub.')
      const wishes = checked(options, sharedOf(command))
      const { runSimulate } = await import('../simulate/run.ts')
      await runSimulate(scenario, wishes)
    })
}
