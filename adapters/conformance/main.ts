/** `usher-conformance`: examines, tells as it goes, writes the reports, and ends with what was reached. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Hints, readAdapterFolder, readHints, readJson } from './adapter-folder.ts'
import { visible } from './evidence.ts'
import { reaches } from './level.ts'
import { examineLive, examineProgram } from './open.ts'
import { helpText, type Options, parseOptions } from './options.ts'
import { paces } from './pace.ts'
import { reportPage } from './report/page.ts'
import { findingLine, levelWords, ruleTable, summary } from './report/terminal.ts'
import type { Result } from './result.ts'
import { rules } from './rules/table.ts'
import { createScratchFolder } from './scratch-folder.ts'
import { startVendorSimulator, type VendorSimulator } from './vendor-simulator.ts'
import { say, type Tongue, tongueOf } from './words.ts'

const usedWrongly = 2
const notReached = 1
const defaultDevice = 'examined-1'

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`

const commonOf = (options: Options, { hints, tongue }: { hints: Hints; tongue: Tongue }) => {
  const { branch, seed, pace } = options
  const given = { ...hints, ...(options.hints !== undefined && readHints(options.hints)) }
  const member = options.member ?? given.member
  const [place = 'entrance', ...places] = given.places ?? ['entrance', 'waiting']
  return {
    branch,
    seed,
    pace: paces[pace],
    device: options.device ?? given.device ?? defaultDevice,
    ...(member !== undefined && { member }),
    around: { places: [place, ...places] as const, commands: given.commands ?? {} },
    onFinding: (finding: Result['findings'][number]) => console.log(findingLine(finding, tongue)),
  }
}

const shower = ({ verbose }: Options) =>
  verbose ? (text: string) => void process.stderr.write(text) : () => undefined

const simulatorEnded = ({ how, lastWords }: { how: string; lastWords: string }) => {
  const words = lastWords.split('\n').map((line) => `    ${visible(line)}`)
  return say(
    [
      `! the simulator has ended by itself (${how}): what follows says nothing about the adapter. It said last:`,
      ...words,
    ].join('\n'),
    [`! 模拟器自行结束了（${how}）：以下结果与适配器无关。它最后的输出：`, ...words].join('\n'),
  )
}

/** The adapter with its simulator, where it brings one: both stop with the examination. */
const examineFolder = async (options: Options, folder: string, tongue: Tongue): Promise<Result> => {
  const { adapter, simulator, config, hints } = readAdapterFolder(folder)
  const common = commonOf(options, { hints, tongue })
  const own = options.config === undefined ? {} : (readJson(options.config) as object)
  const onOutput = shower(options)
  const scratch = createScratchFolder()
  let vendor: VendorSimulator | undefined
  try {
    if (simulator !== undefined)
      vendor = await startVendorSimulator(simulator, {
        withinMs: common.pace.startupMs,
        onOutput,
        onSurprise: (end) => console.log(simulatorEnded(end)[tongue]),
      })
    const file = join(scratch.path, 'config.json')
    writeFileSync(file, JSON.stringify({ ...config, ...own, ...vendor?.config }))
    return await examineProgram({
      ...common,
      what: folder,
      folder,
      command: `exec ${quoted(process.execPath)} ${quoted(adapter)}`,
      environment: { USHER_CONFIG: file },
      onOutput,
    })
  } finally {
    await vendor?.stop()
    scratch.remove()
  }
}

const examineAny = (options: Options, tongue: Tongue): Promise<Result> => {
  const { folder, start, broker, device, user, epoch } = options
  if (folder !== undefined) return examineFolder(options, resolve(folder), tongue)
  const common = commonOf(options, { hints: {}, tongue })
  if (start !== undefined)
    return examineProgram({
      ...common,
      what: start,
      folder: process.cwd(),
      command: start,
      onOutput: shower(options),
    })
  const password = process.env['USHER_PASSWORD']
  return examineLive({
    ...common,
    what: `${device} @ ${broker}`,
    broker: broker ?? '',
    epoch,
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
  })
}

const write = (result: Result, { out }: Options, tongue: Tongue) => {
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'report.json'), `${JSON.stringify(result, undefined, 2)}\n`)
  writeFileSync(join(out, 'report.html'), reportPage(result, tongue))
  const files = `${join(out, 'report.html')}, ${join(out, 'report.json')}`
  console.log(say(`Written: ${files}`, `已写入：${files}`)[tongue])
}

const run = async () => {
  const options = parseOptions(process.argv.slice(2))
  if (options === 'help') return console.log(helpText[tongueOf(undefined, process.env)])
  if (options === 'rules') return console.log(ruleTable(rules, tongueOf(undefined, process.env)))
  const tongue = tongueOf(options.language, process.env)
  const result = await examineAny(options, tongue)
  console.log(summary(result, tongue))
  if (!options['no-report']) write(result, options, tongue)
  if (reaches(result.level, options.level)) return
  const wanted = levelWords[options.level]
  console.log(say(`The level asked for is ${wanted.en}.`, `要求的级别是${wanted.zh}。`)[tongue])
  process.exitCode = notReached
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(usedWrongly))

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = usedWrongly
})
