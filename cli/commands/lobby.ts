/** What the hub believes about the lobby: who is in it, and how long the queues are. */
import type { Command } from 'commander'
import { fresh, type Sensed, type ServiceRow, type TicketRow, type VisitRow } from '#protocol/model.ts'
import { titled } from '../io/language.ts'
import { table } from '../io/table.ts'
import { ago, clockTime } from '../io/time.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

interface ShownBranch {
  readonly at: number
  readonly visits: readonly VisitRow[]
  readonly services: readonly ServiceRow[]
  readonly tickets: readonly TicketRow[]
}

const show = ({ control }: Asking) => control.request<ShownBranch>('branch.show')

const visitText = (visits: readonly VisitRow[]): string =>
  visits.length === 0
    ? 'Nobody is in the branch, as far as is known.'
    : table(visits, [
        { title: 'visit', cell: ({ id }) => id },
        { title: 'since', cell: ({ since }) => clockTime(since) },
        { title: 'grade', cell: ({ grade }) => grade },
        { title: 'zone', cell: ({ zone }) => zone },
        { title: 'party', cell: ({ party }) => party },
        { title: 'tickets', cell: ({ tickets }) => tickets.join(' ') },
        { title: 'tracks', cell: ({ tracks }) => tracks.join(' ') },
      ])

/** Past its time a value is unknown, never its last one. */
const known = <T>(sensed: Sensed<T> | null, at: number, text: (value: T) => string): string => {
  const value = fresh(sensed, at)
  return value === undefined ? 'unknown' : text(value)
}

const queueText = ({ services, tickets, at }: ShownBranch, { tongue }: Asking): string =>
  table(services, [
    { title: 'service', cell: ({ id }) => id },
    { title: 'name', cell: ({ title }) => titled(title, tongue) },
    { title: 'waiting', cell: ({ waiting }) => known(waiting, at, String) },
    { title: 'longest', cell: ({ longestWaitMs }) => known(longestWaitMs, at, ago) },
    { title: 'announced', cell: ({ announcedWaitMs }) => known(announcedWaitMs, at, ago) },
    { title: 'by', cell: ({ announcedBy }) => announcedBy },
    {
      title: 'tickets known',
      cell: ({ id }) => tickets.filter(({ service, state }) => service === id && state !== 'ended').length,
    },
  ])

export const addLobby = (program: Command): void => {
  program
    .command('visits')
    .description('who is in the branch, as far as is known; never who they are')
    .addHelpText('after', '\nExample:\n  usher visits    then: usher explain --visit v-1-40-0')
    .action((_: unknown, command: Command) =>
      withHub(command, async (asking) => {
        const { visits } = await show(asking)
        asking.say(visits, () => visitText(visits))
      }),
    )
  program
    .command('queues')
    .description('how many wait for each service, and how long')
    .action((_: unknown, command: Command) =>
      withHub(command, async (asking) => {
        const shown = await show(asking)
        asking.say(shown.services, () => queueText(shown, asking))
      }),
    )
}
