/** `usher config`: the branch file, checked before it is believed and changed without one editor overwriting another. */
import { type Command, InvalidArgumentError } from 'commander'
import { UsherError } from '#protocol/errors.ts'
import type { BranchRow } from '#protocol/model.ts'
import { sharedOf, withHub } from '../io/with-hub.ts'

const parseRevision = (text: string): number => {
  const revision = Number(text)
  if (!Number.isInteger(revision) || revision < 0) throw new InvalidArgumentError('A whole number.')
  return revision
}

const readText = async (file: string): Promise<string> => {
  const { readFile } = await import('node:fs/promises')
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new UsherError('config.unreadable', file, { cause })
  }
}

const check = async (file: string | undefined, settings: string | undefined) => {
  const [{ parseBranchFile }, { createPolicyParser }, { flows }, { loadHubConfig }] = await Promise.all([
    import('#hub/branch/load.ts'),
    import('#hub/branch/policies.ts'),
    import('#flows/index.ts'),
    import('#hub/ops/config.ts'),
  ])
  const branch = file ?? (settings === undefined ? undefined : loadHubConfig(settings).branch)
  if (branch === undefined)
    throw new UsherError('command.invalid', 'Name a branch file, or the settings of a hub with --config.')
  const parsed = parseBranchFile(await readText(branch), createPolicyParser(flows))
  return { file: branch, branch: parsed.branch, devices: parsed.devices.length, zones: parsed.zones.length }
}

export const addConfig = (program: Command): void => {
  const config = program.command('config').description('the branch file')
  config
    .command('check')
    .description('is it whole and consistent? needs no hub')
    .argument('[file]', 'a branch file; else the one that --config names, with those settings')
    .addHelpText(
      'after',
      '\nExamples:\n  usher config check branch.yaml\n  usher config check --config hub.yaml',
    )
    .action(async (file: string | undefined, _: unknown, command: Command) => {
      const shared = sharedOf(command)
      const found = await check(file, shared.config)
      console.log(
        shared.json === true
          ? JSON.stringify(found, null, 2)
          : `${found.file}: branch ${found.branch}, ${found.zones} zones, ${found.devices} devices. It fits.`,
      )
    })
  config
    .command('show')
    .description('the branch file in force, and its revision')
    .action((_: unknown, command: Command) =>
      withHub(command, async ({ control, json, say }) => {
        const shown = await control.request<{ file: unknown; revision: number }>('config.show')
        if (json) return say(shown, () => '')
        const { stringify } = await import('yaml')
        console.log(`# revision ${shown.revision}\n${stringify(shown.file)}`)
      }),
    )
  config
    .command('apply')
    .description('put a branch file in force; running work goes on')
    .argument('<file>')
    .requiredOption(
      '--revision <n>',
      'the one you began from (usher config show); refused when it has moved on',
      parseRevision,
    )
    .addHelpText('after', '\nExample:\n  usher config apply branch.yaml --revision 3 --by manager-1')
    .action((file: string, { revision }: { revision: number }, command: Command) =>
      withHub(command, async ({ control, by, say }) => {
        const text = await readText(file)
        const row = await control.request<BranchRow>('config.apply', { text, revision, by })
        say(row, () => `In force, as revision ${row.revision}.`)
      }),
    )
}
