/** The table of rules as a page of the reference, so that a vendor can read what will be asked before it is asked. */
import { levelSentences } from './level.ts'
import { levels, type Rule } from './rule.ts'
import { rules } from './rules/table.ts'

const wants = {
  line: 'its own broker',
  program: 'to start and stop the program',
} as const

const row = ({ id, title, clause, wants: wanted }: Rule) =>
  `| \`${id}\` | ${title.en}<br>${title.zh} | ${clause} | ${wanted === undefined ? '' : wants[wanted]} |`

export const rulePage = (): string =>
  [
    '# The rules of conformance',
    '',
    'Written by `node adapters/conformance/generate.ts`. How to run them: [Prove a device](../guides/prove-a-device.md).',
    '`contract 4` is section 4 of [Speak MQTT directly](../guides/speak-mqtt-directly.md).',
    ...levels.flatMap((level) => [
      '',
      `## ${level[0]?.toUpperCase()}${level.slice(1)}`,
      '',
      levelSentences[level].en,
      '',
      levelSentences[level].zh,
      '',
      '| Rule | What must hold | Where the contract says so | The examiner needs |',
      '| --- | --- | --- | --- |',
      ...rules.filter((rule) => rule.level === level).map(row),
    ]),
    '',
  ].join('\n')
