/** What became of what was said last about one thing on this page: its life is shown where it was pressed. */
import type { DeskCommandName } from '#protocol/desk/live/commands.ts'
import { type CommandLife, useLastLife } from '../../live/use-commands.ts'

interface About {
  readonly names: readonly DeskCommandName[]
  readonly field: 'task' | 'alert' | 'person'
  readonly id: string
}

export const useOwnLife = ({ names, field, id }: About): CommandLife | undefined => {
  const life = useLastLife(
    ({ command }) =>
      names.includes(command.name) && (command.params as Readonly<Record<string, unknown>>)[field] === id,
  )
  // One that is done shows in the row itself.
  return life?.state === 'done' ? undefined : life
}

/** As it will be once what was pressed has arrived; as it is where it did not. */
export const isWanted = (life: CommandLife | undefined, name: DeskCommandName, now: boolean): boolean => {
  if (life === undefined || life.state === 'failed') return now
  const { command } = life
  if (name === 'duty' && command.name === 'duty') return command.params.onDuty
  if (name === 'do-not-disturb' && command.name === 'do-not-disturb') return command.params.on
  return now
}
