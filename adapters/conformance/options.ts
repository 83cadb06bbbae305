/** The words on the examiner's command line, checked before anything starts. */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Id } from '#protocol/ids.ts'
import { paceNames, type paces } from './pace.ts'
import { levels } from './rule.ts'
import { say } from './words.ts'

const english = `Examines a device or an adapter against the contract of Usher (MQTT, version 1).

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

const chinese = `按照 Usher 的约定（MQTT，第 1 版）检查一台设备或一个适配器。

  usher-conformance 文件夹                      适配器：package.json 里写有 "usher": {"adapter": "./main.ts"}
  usher-conformance --start "命令"              任何语言的程序；它从环境变量 USHER_BROKER、USHER_BRANCH、
                                                USHER_DEVICE 和 USHER_STATE 得到设置
  usher-conformance --device ID --broker URL    已经连到消息服务器上的设备；需要切断线路或重启的
                                                规则无法这样证明，因此级别有限

  --level LEVEL      ${levels.join('、')}：达到这一级别时退出码为 0（默认 bronze）
  --out FOLDER       report.json 和 report.html 写到哪里（默认 conformance-report）
  --no-report        不写文件
  --language LANG    zh 或 en（默认与终端相同）
  --device ID        设备自己的标识（默认 examined-1）
  --member ID        网关：把任务交给哪一台设备（默认是它所代表的第一台）
  --branch ID        默认 demo
  --pace PACE        ${paceNames.join(' 或 ')}：各种等待的时长（默认 normal；quick 用于模拟设备）
  --seed TEXT        相同的种子产生相同的指令（默认 1）
  --hints FILE       JSON：{"places": ["entrance"], "commands": {"guide": [{...}]}}，在设备有要求时使用
  --config FILE      JSON：适配器自己的配置，覆盖 package.json 里的配置
  --epoch N          与 --broker 合用：设备所属中枢的纪元（默认 1）
  --user NAME        与 --broker 合用；密码从 USHER_PASSWORD 读取
  --verbose          显示程序的输出
  --rules            列出所有规则后结束
  --help             显示本说明

退出码：0 达到级别，1 未达到，2 检查无法进行。`

export const helpText = say(english, chinese)

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
