/** The command line as a page of the reference, made from the commands themselves. */
import type { Command } from 'commander'

const named = (command: Command): string =>
  command.parent === null ? command.name() : `${named(command.parent)} ${command.name()}`

/** A bar would end the cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|')

const optionRows = (command: Command): readonly string[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long }) => long !== '--help')
    .map(
      (option) => `| \`${cell(option.flags)}\` | ${cell(command.createHelp().optionDescription(option))} |`,
    )

const leaf = (command: Command): readonly string[] => {
  const rows = optionRows(command)
  const usage = command.usage().replace('[options]', '').trim()
  return [
    `### \`${[named(command), usage].join(' ').trim()}\``,
    '',
    command.description(),
    '',
    ...(rows.length === 0 ? [] : ['| Option | |', '| --- | --- |', ...rows, '']),
  ]
}

const leaves = (command: Command): readonly Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap((child) => leaves(child))

const head = `<!-- Made by \`npm run docs\`; change the command it is made from. -->

# The command \`usher\`

\`npx usher COMMAND\` in the folder of Usher. \`--help\` shows these words and examples, after any command.

A command speaks to the hub that runs on a data directory: the one named by \`--data\`, by the settings of \`--config\`, or
by the variable \`USHER_DATA\`; else \`./data\`; else the running demo. It must run as the user of the hub.

| Exit code | |
| --- | --- |
| 0 | done |
| 1 | refused: the line on the error output begins with \`error\` and a [code](errors.md), and says what to do |
| 2 | wrong words |
| 3 | no hub answers there |
| 70 | the hub failed, and says why in its log |

These options go with every command:
`

export const commandLinePage = (program: Command): string => {
  const groups = program.commands.filter((command) => command.name() !== 'help')
  return [
    head,
    '| Option | |',
    '| --- | --- |',
    ...optionRows(program),
    '',
    ...groups.flatMap((group) => [
      `## ${group.name()}`,
      '',
      ...(group.commands.length === 0 ? [] : [group.description(), '']),
      ...leaves(group).flatMap((command) => leaf(command)),
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}
