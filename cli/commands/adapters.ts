/** `usher adapters`: made from the template, and those that run under the hub's care. */
import type { Command } from 'commander'
import { type Tongue, tongueOf } from '../io/language.ts'
import { shellQuoted } from '../io/printable.ts'
import { sharedOf } from '../io/with-hub.ts'

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

export const addAdapters = (program: Command): void => {
  const adapters = program
    .command('adapters')
    .alias('adapter')
    .description('programs between the hub and devices')
  addNew(adapters)
}
