/** `usher backup` and `usher restore`: one file out of a running hub, and back into the data directory of a stopped one. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { dataDirectory } from '../io/find-hub.ts'
import { dateTime } from '../io/time.ts'
import { sharedOf, withHub } from '../io/with-hub.ts'

const restoreHelp = `
Example:
  usher restore /backup/usher-2026-03-31.db --data /var/lib/usher

Refused while a hub runs on that directory, and when the directory holds newer work than the backup (--force gives that
work up). The replaced database is kept beside the new one. The epoch rises: devices drop what they still hold of the
time after the backup, and nothing is done twice. docs/operations/backup-and-restore.md has the whole procedure.`

export const addBackup = (program: Command): void => {
  program
    .command('backup')
    .description('write everything committed so far to one file, while the hub works')
    .argument('<file>', 'a new file; never overwrites')
    .addHelpText('after', '\nExample:\n  usher backup /backup/usher-$(date +%F).db')
    .action((file: string, _: unknown, command: Command) =>
      withHub(command, async ({ control, say }) => {
        const done = await control.request<{ file: string; seq: number; at: number }>('store.backup', {
          file: resolve(file),
        })
        say(done, () => `Backup of entry ${done.seq}, ${dateTime(done.at)}: ${done.file}`)
      }),
    )
  program
    .command('restore')
    .description('put a backup in the place of a data directory’s database; the hub must be stopped')
    .argument('<file>')
    .option('--force', 'also where the directory holds newer work, which is given up')
    .addHelpText('after', restoreHelp)
    .action(async (file: string, { force = false }: { force?: boolean }, command: Command) => {
      const shared = sharedOf(command)
      const directory = await dataDirectory(shared, process.env)
      const { restore } = await import('#hub/store/restore.ts')
      const done = restore({ from: resolve(file), directory, now: Date.now(), force })
      const heads = done.heads.map(
        ({ branch, epoch, seq, at }) => `${branch}: entry ${seq}, ${dateTime(at)}, now epoch ${epoch}`,
      )
      const kept = done.replaced === null ? '' : `\nThe replaced database is kept as ${done.replaced}`
      console.log(
        shared.json === true
          ? JSON.stringify(done, null, 2)
          : `Restored into ${directory}.\n${heads.join('\n')}${kept}`,
      )
    })
}
