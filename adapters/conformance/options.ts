/** The words on the examiner's command line, checked before anything starts. */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Id } from '#protocol/ids.ts'
import { paceNames, type paces } from './pace.ts'
import { levels } from './rule.ts'

export const helpText = `Examines a device or an adapter against the contract of Usher (MQTT, version 1).

  usher-conformance FOLDER                      an adapter: package.json says "usher": {"adapter": "./main.ts"}
  usher-conformance --start "COMMAND"           any program in any language; it finds USHER_BROKER, USHER_BRANCH,
                                                USHER_DEVICE and USHER_STATE in its environment
  usher-conformance --device ID --broker URL    a device that is connected to a broker already; what needs a cut
                                                line or a restart cannot be proved so, which limits the level

  --level LEVEL      ${levels.join(', ')}: what must be reached for exit code 0 (default bronze)
  --out FOLDER       where report.json and report.html go (default conformance-report)
  --no-report        write no files
  --language LANG    zh or en (default: the terminal's)
  --device ID        the device's own id (default examined-1)
  --member ID        of a gateway: the device that is given work (default: the first it speaks for)
  --branch ID        default demo
  --pace PACE        ${paceNames.join(' or ')}: how long to wait for what (default normal; quick is for simulators)
  --seed TEXT        the same seed makes the same commands (default 1)
  --hints FILE       JSON: {"places": ["entrance"], "commands": {"guide": [{...}]}}, where the device minds
  --config FILE      JSON: the adapter's own config, merged over what its package.json says
  --epoch N          for --broker: the epoch of the hub it belongs to (default 1)
  --user NAME        for --broker; the password is read from USHER_PASSWORD
  --verbose          show what the program writes
  --rules            print the rules and end
  --help             this text

Exit code: 0 the level is reached, 1 it is not, 2 the examination could not be run.`

const Options = z
  .object({
    folder: z.string().optional(),
    start: z.string().min(1).optional(),
    broker: z
      .string()
      .regex(/^mqtts?:\/\//, 'starts with mqtt:// or mqtts://')
      .optional(),
    device: Id.optional(),
    member: Id.optional(),
    branch: Id.default('demo'),
    level: z.enum(levels).default('bronze'),
    out: z.string().default('conformance-report'),
    'no-report': z.boolean().default(false),
    language: z.enum(['zh', 'en']).optional(),
    pace: z.enum(paceNames as [keyof typeof paces, ...(keyof typeof paces)[]]).default('normal'),
    seed: z.string().default('1'),
    hints: z.string().optional(),
    config: z.string().optional(),
    epoch: z.coerce.number().int().min(1).default(1),
    user: z.string().optional(),
    verbose: z.boolean().default(false),
  })
  .refine(
    ({ folder, start, broker }) => [folder, start, broker].filter((one) => one !== undefined).length === 1,
    'Name one of: a folder, --start, or --device with --broker.',
  )
  .refine(
    ({ broker, device }) => broker === undefined || device !== undefined,
    '--broker needs --device: which one to examine.',
  )
export type Options = z.output<typeof Options>

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

/** @throws with what is wrong, in words for the terminal. */
export const parseOptions = (args: readonly string[]): Options | 'help' | 'rules' => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      start: text,
      broker: text,
      device: text,
      member: text,
      branch: text,
      level: text,
      out: text,
      'no-report': flag,
      language: text,
      pace: text,
      seed: text,
      hints: text,
      config: text,
      epoch: text,
      user: text,
      verbose: flag,
      rules: flag,
      help: flag,
    },
  })
  if (values.help === true) return 'help'
  if (values.rules === true) return 'rules'
  if (positionals.length > 1) throw new Error(`One folder at a time, not ${positionals.join(', ')}.`)
  const [folder] = positionals
  const parsed = Options.safeParse({ ...values, ...(folder !== undefined && { folder }) })
  if (!parsed.success) throw new Error(`${z.prettifyError(parsed.error)}\n\nTry --help.`)
  return parsed.data
}
