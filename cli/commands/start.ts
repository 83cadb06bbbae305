/** `usher start`: the hub of a branch, in the foreground, until it is asked to stop. */
import { type Command, Option } from 'commander'
import { UsherError } from '#protocol/errors.ts'
import { sharedOf } from '../io/with-hub.ts'

const examples = `
Examples:
  usher start --config /etc/usher/hub.yaml
  usher start --role desk --config desk.yaml      experts for many branches: no lobby, no devices, no flows
  usher start --config hub.yaml | tee hub.log     JSON lines when the output is no terminal

SIGINT and SIGTERM stop it cleanly: what was accepted is committed, devices are told. A second one ends it at once;
nothing accepted is lost then either. docs/operations has the settings and a unit for systemd.`

export const addStart = (program: Command): void => {
  program
    .command('start')
    .description('run the hub of a branch, or an expert desk for many')
    .addOption(new Option('--role <role>', 'what it is').choices(['branch', 'desk']).default('branch'))
    .addHelpText('after', examples)
    .action(async ({ role }: { role: 'branch' | 'desk' }, command: Command) => {
      const { config } = sharedOf(command)
      if (config === undefined)
        throw new UsherError('command.invalid', 'Name the settings of the hub with --config FILE.')
      const { loadHubConfig } = await import('#hub/ops/config.ts')
      const settings = loadHubConfig(config)
      const { createDurableStore } = await import('#hub/store/durable-store.ts')
      // It gets ready in a thread of its own while the rest of the hub is loaded.
      const store = createDurableStore({ directory: settings.data })
      try {
        const { runStart } = await import('../start/run.ts')
        await runStart(role, settings, store)
      } finally {
        await store.close()
      }
    })
}
