/** `usher what-if`: a recorded day through a changed policy or changed flows, before customers meet them. */
import { type Command, InvalidArgumentError } from 'commander'
import { UsherError } from '#protocol/errors.ts'

const examples = `
Examples:
  usher journal export --day yesterday --out day.jsonl
  usher what-if --journal day.jsonl --policy longer-pause.yaml
  usher what-if --journal yesterday --policy off                 of the running hub
  usher what-if --journal day.jsonl --flows my-flows/ --report out/

A policy file holds what is to differ, as in the branch file; the rest stays as it was in force that day:
  flows: { promotion: { policy: { dwellMs: 20000 } } }

Nothing is changed anywhere. docs/guides/what-if.md says what a replay can and cannot know.`

export interface WhatIfWishes {
  readonly journal: string
  readonly policy: string | undefined
  readonly flows: string | undefined
  readonly report: string | undefined
  readonly seeds: number
  readonly waiting: boolean
}

const seedsMax = 200

const parseSeeds = (text: string): number => {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < 1 || number > seedsMax)
    throw new InvalidArgumentError(`A whole number from 1 to ${seedsMax}.`)
  return number
}

export const addWhatIf = (program: Command): void => {
  program
    .command('what-if')
    .description('a recorded day through a changed policy or changed flows')
    .requiredOption('--journal <day>', 'a file of `usher journal export --day`, or a day of the running hub')
    .option('--policy <policy>', 'a file with the settings that differ, or off')
    .option('--flows <dir>', 'changed flows: a folder of one flow, or of several')
    .option('--seeds <n>', 'so many pairs of runs, each with its own chance', parseSeeds, 5)
    .option('--no-waiting', 'without the expected change in waiting, which takes longest')
    .option('--report <dir>', 'write what-if.json and what-if.html there')
    .addHelpText('after', examples)
    .action(async (wishes: WhatIfWishes, command: Command) => {
      if (wishes.policy === undefined && wishes.flows === undefined)
        throw new UsherError('command.invalid', 'Name what is to differ: --policy, --flows or both.')
      const { askWhatIf } = await import('../what-if/ask.ts')
      await askWhatIf(wishes, command)
    })
}
