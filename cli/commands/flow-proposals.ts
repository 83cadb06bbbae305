/** `usher flows proposals`, `approve`, `decline`: settings beyond head office's bounds, which wait for a second person. */
import type { Command } from 'commander'
import type { FlowProposalRow } from '#protocol/model.ts'
import { table } from '../io/table.ts'
import { dateTime } from '../io/time.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

const beyondText = ({ beyond }: FlowProposalRow): string =>
  beyond
    .map(({ name, wanted, min, max }) => `${name}=${wanted} (${min ?? 'any'} to ${max ?? 'any'})`)
    .join(', ')

const listText = (rows: readonly FlowProposalRow[]): string =>
  rows.length === 0
    ? 'Nothing waits for a second person.'
    : table(rows, [
        { title: 'proposal', cell: ({ id }) => id },
        { title: 'flow', cell: ({ flow }) => flow },
        { title: 'is', cell: ({ state }) => state },
        { title: 'beyond', cell: beyondText },
        { title: 'asked by', cell: ({ askedBy }) => askedBy },
        { title: 'until', cell: ({ endsAt }) => dateTime(endsAt) },
        { title: 'reason', cell: ({ reason }) => reason },
      ])

const tell = async (asking: Asking, method: string, params: object = {}) => {
  const rows = await asking.control.request<readonly FlowProposalRow[]>(method, params)
  asking.say(rows, () => listText(rows))
}

export const addProposals = (flows: Command): void => {
  flows
    .command('proposals')
    .description("settings beyond head office's bounds that wait for a second person, or did today")
    .action((_: unknown, command: Command) => withHub(command, (asking) => tell(asking, 'flows.proposals')))
  flows
    .command('approve')
    .description('agree to such a setting: it is in force at once; stands on record as the command line')
    .argument('<proposal>')
    .action((proposal: string, _: unknown, command: Command) =>
      withHub(command, (asking) => tell(asking, 'flows.approve', { proposal })),
    )
  flows
    .command('decline')
    .description('decline such a setting; stands on record as the command line')
    .argument('<proposal>')
    .option('--reason <text>', 'what the person who asked should know')
    .action((proposal: string, { reason }: { reason?: string }, command: Command) =>
      withHub(command, (asking) => tell(asking, 'flows.decline', { proposal, reason: reason ?? null })),
    )
}
