/** `usher doctor`: is this machine fit for the hub, and is the hub well? */
import type { Command } from 'commander'
import { sharedOf } from '../io/with-hub.ts'

const help = `
Examples:
  usher doctor --config hub.yaml     before the first start, and whenever something is odd
  usher doctor --json

Each check is ok, warn or fail with what to do. Exit code 1 when one fails, 0 otherwise.`

export const addDoctor = (program: Command): void => {
  program
    .command('doctor')
    .description('check ports, clock, disk, certificates, Node, broker, adapters and the data directory')
    .addHelpText('after', help)
    .action(async (_: unknown, command: Command) => {
      const { runDoctor } = await import('../doctor/run.ts')
      await runDoctor(sharedOf(command))
    })
}
