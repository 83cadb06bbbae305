/** `usher calls`: what calls there are, and what they need beside the hub. */
import type { Command } from 'commander'
import { UsherError } from '#protocol/errors.ts'
import { sharedOf } from '../io/with-hub.ts'
import { addCallsList } from './calls-list.ts'

const help = `
Examples:
  usher calls turn-config --config hub.yaml > /etc/turnserver.conf
  usher calls turn-config --config hub.yaml | ssh relay.branch.example 'umask 077; cat > turnserver.conf'

The file holds the secret that the hub and the relay share: keep it readable by the user of coturn alone.`

const turnConfig = async (file: string | undefined): Promise<string> => {
  const [{ loadHubConfig }, { readTurnSecret }, { turnserverConf }] = await Promise.all([
    import('#hub/ops/config.ts'),
    import('#hub/calls/turn/ice.ts'),
    import('#hub/calls/turn/turnserver-conf.ts'),
  ])
  if (file === undefined) throw new UsherError('command.invalid', 'Name the settings of a hub with --config.')
  const { turn, relay } = loadHubConfig(file).calls
  if (turn === false) throw new UsherError('command.invalid', `${file} has no calls.turn.`)
  return turnserverConf(relay, readTurnSecret(turn.secretFile))
}

export const addCalls = (program: Command): void => {
  const calls = program.command('calls').description('calls with experts')
  addCallsList(calls)
  calls
    .command('turn-config')
    .description('the configuration of coturn that fits the settings of the hub; needs no hub')
    .addHelpText('after', help)
    .action(async (_: unknown, command: Command) => {
      const { config, json } = sharedOf(command)
      const text = await turnConfig(config)
      process.stdout.write(json === true ? `${JSON.stringify({ text })}\n` : text)
    })
}
