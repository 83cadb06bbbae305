/** `usher adapters`: made from the template, and those that run under the hub's care. */
import type { Command } from 'commander'
import type { AdapterFacts } from '../adapters/methods.ts'
import { adaptersOf } from '../io/adapters-of.ts'
import { type Tongue, tongueOf } from '../io/language.ts'
import { printable, shellQuoted } from '../io/printable.ts'
import { table } from '../io/table.ts'
import { clockTime } from '../io/time.ts'
import { sharedOf, withHub } from '../io/with-hub.ts'

const examples = `
Examples:
  usher adapter new acme-robot               a folder that runs at once, with a simulated robot
  usher adapter new acme-robot --dir ~/work`

const nextSteps: Readonly<Record<Tongue, (folder: string) => string>> = {
  en: (folder) => `Made ${folder}. Next:

  cd ${folder}
  npm install
  npm run conformance:quick    examines it against the contract; needs no hub

docs/guides/first-adapter.md goes on from here: to a running hub, and to your own device.`,
  zh: (folder) => `已创建 ${folder}。接下来：

  cd ${folder}
  npm install
  npm run conformance:quick    按协议逐条检查；不需要中枢

docs/guides/first-adapter.md 从这里继续：接入运行中的中枢，再换成您自己的设备。`,
}

const addNew = (adapters: Command): void => {
  adapters
    .command('new')
    .description('make a new adapter from the template')
    .argument('<name>', 'lower-case letters, digits and dashes; also its device until you say otherwise')
    .option('--dir <folder>', 'where the new folder is made', '.')
    .option('--sdk <file>', 'the packed SDK; default: what `npm run pack:sdk` made last')
    .addHelpText('after', examples)
    .action(async (name: string, { dir, sdk }: { dir: string; sdk?: string }, command: Command) => {
      const { lang, json } = sharedOf(command)
      const [{ writeNewAdapter }, { packedSdk }] = await Promise.all([
        import('../adapters/new-folder.ts'),
        import('../adapters/sdk-package.ts'),
      ])
      const folder = writeNewAdapter({ name, dir, sdk: sdk ?? packedSdk() })
      console.log(
        json === true
          ? JSON.stringify({ folder })
          : nextSteps[tongueOf(lang, process.env)](shellQuoted(folder)),
      )
    })
}

const words: Readonly<Record<Tongue, Readonly<Record<string, string>>>> = {
  en: {
    none: 'No adapters run under this hub. They are named under `adapters` in its settings.',
    running: 'running',
    waiting: 'waiting to be started again',
    stopped: 'stopped: not started any more',
    ended: 'ended',
    flooding: ', sends too much',
  },
  zh: {
    none: '此中枢没有托管的适配器。在中枢设置的 adapters 中登记。',
    running: '运行中',
    waiting: '等待重启',
    stopped: '已停止，不再启动',
    ended: '已结束',
    flooding: '，发送过多',
  },
}

const listText = (adapters: readonly AdapterFacts[], tongue: Tongue): string => {
  const say = words[tongue]
  if (adapters.length === 0) return say['none'] ?? ''
  return table(adapters, [
    { title: 'adapter', cell: ({ device }) => device },
    { title: 'is', cell: ({ state, flooding }) => `${say[state]}${flooding ? say['flooding'] : ''}` },
    { title: 'since', cell: ({ since }) => clockTime(since) },
    { title: 'starts again', cell: ({ restarts }) => restarts },
    { title: 'ended last by', cell: ({ lastCode }) => lastCode },
    {
      title: 'memory',
      cell: ({ memoryMb, memoryMbMax }) =>
        `${memoryMb === null ? '-' : Math.round(memoryMb)} of ${memoryMbMax} MB`,
    },
    { title: 'pid', cell: ({ pid }) => pid },
  ])
}

const addCare = (adapters: Command): void => {
  adapters
    .command('list')
    .description('those that run under the care of the hub: how they are, what they take')
    .action((_: unknown, command: Command) =>
      withHub(command, async ({ control, tongue, say }) => {
        const all = await adaptersOf(control)
        say(all, () => listText(all, tongue))
      }),
    )
  adapters
    .command('restart')
    .description('start one again, also one that was given up')
    .argument('<device>', 'the device it speaks for')
    .action((device: string, _: unknown, command: Command) =>
      withHub(command, async ({ control, tongue, say }) => {
        const facts = await control.request<AdapterFacts>('adapters.restart', { device })
        say(facts, () => listText([facts], tongue))
      }),
    )
  adapters
    .command('logs')
    .description('what one has written last')
    .argument('<device>', 'the device it speaks for')
    .option('--last <n>', 'so many lines (at most 1000)', Number, 50)
    .option('-f, --follow', 'go on as it writes')
    .action((device: string, wish: { last: number; follow?: true }, command: Command) =>
      withHub(command, async ({ control }) => {
        const { last, follow = false } = wish
        for await (const line of control.stream<string>('adapters.logs', { device, last, follow }))
          console.log(printable(line))
      }),
    )
}

export const addAdapters = (program: Command): void => {
  const adapters = program
    .command('adapters')
    .alias('adapter')
    .description('programs between the hub and devices: made from a template, watched by the hub')
  addNew(adapters)
  addCare(adapters)
}
