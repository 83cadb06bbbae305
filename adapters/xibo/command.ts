/** Commands that the bank defined in the CMS (switch the panel on, show the status window), by the names that its settings give them. */
import { z } from 'zod'
import type { JsonObject, VendorHandler } from '../sdk/adapter.ts'
import { DeviceUnsupported } from '../sdk/errors.ts'
import type { Cms } from './cms/cms.ts'
import { CmsTrouble } from './cms/trouble.ts'
import type { XiboConfig } from './config.ts'
import { mishapOf } from './mishap.ts'
import type { Screen } from './screen.ts'

const Command = z.object({ command: z.string().max(64) })

/** @throws DeviceUnsupported */
export const commandIn = ({ commands }: XiboConfig, command: JsonObject): number => {
  const parsed = Command.safeParse(command)
  if (!parsed.success) throw new DeviceUnsupported(z.prettifyError(parsed.error), { code: 'bad-command' })
  const id = Object.hasOwn(commands, parsed.data.command) ? commands[parsed.data.command] : undefined
  if (id === undefined)
    throw new DeviceUnsupported('The settings name no such command.', { code: 'no-command' })
  return id
}

/** Done when the CMS has passed it on: no display says that it has obeyed. */
export const runCommand =
  (screen: Screen, { cms, config }: { cms: Cms; config: XiboConfig }): VendorHandler =>
  async (command, { signal }) => {
    const id = commandIn(config, command)
    screen.assertThere()
    try {
      await cms.command(screen.displayGroupId, id, { withinMs: config.answerMs, signal })
    } catch (error) {
      if (!(error instanceof CmsTrouble)) throw error
      throw error.kind === 'missing'
        ? new DeviceUnsupported(error.message, { code: 'command-missing' })
        : mishapOf(error)
    }
    return { passedOn: true }
  }
