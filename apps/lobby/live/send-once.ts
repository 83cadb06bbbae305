/**
 * Pressed twice, meant once: while what was ordered about a thing is under way, the same order about it is that one. A
 * page that was drawn a moment ago lets itself be pressed twice before it is drawn again.
 */
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import type { CommandLife } from './lives.ts'

const things = ['alert', 'task', 'device', 'person', 'campaign', 'flow'] as const

/** What the order is about; of one that names nothing of the kind, all that it says. */
const aboutOf = ({ name, params }: DeskCommand): string => {
  const named = params as Readonly<Record<string, unknown>>
  const thing = name === 'ask' ? undefined : things.find((one) => typeof named[one] === 'string')
  return thing === undefined ? `${name} ${JSON.stringify(params)}` : `${thing} ${String(named[thing])}`
}

export const isUnderWay = ({ state }: Pick<CommandLife, 'state'>): boolean =>
  state === 'queued' || state === 'sent' || state === 'accepted'

const isSame = (a: DeskCommand, b: DeskCommand) =>
  a.name === b.name && JSON.stringify(a.params) === JSON.stringify(b.params)

/** @returns the last order about the same thing, where it is this very order and not over. */
export const sameUnderWay = (
  lives: readonly CommandLife[],
  command: DeskCommand,
): CommandLife | undefined => {
  const about = aboutOf(command)
  const last = [...lives].reverse().find((life) => isUnderWay(life) && aboutOf(life.command) === about)
  return last !== undefined && isSame(last.command, command) ? last : undefined
}
