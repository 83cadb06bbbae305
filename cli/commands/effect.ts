/** `usher effect`: lets flows rest in drawn blocks of time, so that what they change can be measured. */
import { randomBytes } from 'node:crypto'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ShownSwitchback } from '#hub/ops/methods/effect.ts'
import { parseDuration } from '../io/time.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

interface Wishes {
  readonly flows: readonly string[]
  readonly block: number
  readonly burnIn: number
  readonly weekdays: readonly string[]
  readonly hours: { readonly from: string; readonly to: string }
  readonly seed?: string
  readonly from: string
  readonly until: string
}

const parseFlows = (text: string): readonly string[] => text.split(',').map((flow) => flow.trim())

/** `1-5`, `1,3,5`. */
const parseWeekdays = (text: string): readonly string[] =>
  text.split(',').flatMap((part) => {
    const [, first, last] = /^([1-7])(?:-([1-7]))?$/.exec(part.trim()) ?? []
    if (first === undefined) throw new InvalidArgumentError('Write weekdays like 1-5 or 1,3,5; 1 is Monday.')
    const count = Number(last ?? first) - Number(first) + 1
    if (count < 1) throw new InvalidArgumentError('Write the earlier weekday first.')
    return Array.from({ length: count }, (_, index) => String(Number(first) + index))
  })

const parseHours = (text: string): Wishes['hours'] => {
  const [, from, to] = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(text) ?? []
  if (from === undefined || to === undefined) throw new InvalidArgumentError('Write hours like 09:00-17:00.')
  return { from, to }
}

const say = async (shown: ShownSwitchback | null, asking: Asking) => {
  const [{ planText }, { planWords }] = await Promise.all([
    import('../effect/plan-text.ts'),
    import('../effect/words.ts'),
  ])
  asking.say(shown, () => (shown === null ? planWords(asking.tongue).none : planText(shown, asking.tongue)))
}

const addPlan = (effect: Command): void => {
  effect
    .command('plan')
    .description(
      'let flows rest in some blocks of time, drawn by lot; what runs is finished, and people are always helped',
    )
    .addOption(
      new Option('--flows <list>', 'any of greeting, diversion, diversion-invitation, promotion')
        .argParser(parseFlows)
        .default(['diversion', 'greeting', 'promotion'], 'diversion,greeting,promotion'),
    )
    .requiredOption('--from <day>', 'the first day, as 2026-03-02')
    .requiredOption('--until <day>', 'the last day; two weeks or more tell most')
    .addOption(
      new Option('--block <duration>', 'length of a block')
        .argParser(parseDuration)
        .default(3_600_000, '60m'),
    )
    .addOption(
      new Option('--burn-in <duration>', 'at the start of each block nobody is counted')
        .argParser(parseDuration)
        .default(1_200_000, '20m'),
    )
    .addOption(
      new Option('--weekdays <days>', '1 is Monday')
        .argParser(parseWeekdays)
        .default(['1', '2', '3', '4', '5'], '1-5'),
    )
    .addOption(
      new Option('--hours <span>', 'within opening hours')
        .argParser(parseHours)
        .default({ from: '09:00', to: '17:00' }, '09:00-17:00'),
    )
    .option('--seed <text>', 'what is drawn from; else drawn itself')
    .addHelpText(
      'after',
      '\nExamples:\n  usher effect plan --from 2026-03-02 --until 2026-03-27 --by manager-1' +
        '\n  usher effect plan --flows greeting --block 30m --burn-in 5m --hours 10:00-16:00 --from 2026-03-02 --until 2026-03-27',
    )
    .action((wishes: Wishes, command: Command) =>
      withHub(command, async (asking) => {
        const { flows, block, burnIn, weekdays, hours, from, until, seed } = wishes
        const plan = {
          flows,
          blockMs: block,
          burnInMs: burnIn,
          weekdays,
          hours,
          from,
          until,
          seed: seed ?? randomBytes(8).toString('hex'),
        }
        await say(await asking.control.request('effect.plan', { plan, by: asking.by }), asking)
      }),
    )
}

export const addEffect = (program: Command): void => {
  const effect = program
    .command('effect')
    .description('measure what the flows change for those who wait; the result: usher report effect')
  addPlan(effect)
  effect
    .command('show')
    .description('the measuring plan, which arm runs now, and what was drawn')
    .action((_: unknown, command: Command) =>
      withHub(command, async (asking) => say(await asking.control.request('effect.show'), asking)),
    )
  effect
    .command('stop')
    .description('end the measuring plan: every flow works as it is set, at once')
    .action((_: unknown, command: Command) =>
      withHub(command, async (asking) =>
        say(await asking.control.request('effect.stop', { by: asking.by }), asking),
      ),
    )
}
