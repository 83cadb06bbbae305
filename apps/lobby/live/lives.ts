/** What becomes of a command that somebody gave on this page. */
import type { DeskError } from '#protocol/desk/errors.ts'
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import type { CommandKey } from '#protocol/desk/live/line.ts'

export interface CommandLife {
  readonly key: CommandKey
  readonly command: DeskCommand
  /** `accepted`: the hub has done it. `done`: what this page shows has it in. */
  readonly state: 'queued' | 'sent' | 'accepted' | 'done' | 'failed'
  readonly error?: DeskError
  /** Of an `ask`: its tasks have it as `request`. */
  readonly request?: string
  /** When it was given, in hub time. */
  readonly at: number
}

export const nameOfKey = ({ boot, n }: CommandKey): string => `${boot}/${n}`
