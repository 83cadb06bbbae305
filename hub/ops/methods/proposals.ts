/**
 * Settings that wait for a second person, at the command line. Who sits there could write any name: what is decided on
 * here is decided by the command line, which nobody is called and which asks for no such setting itself.
 */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const by = 'operator'
const Reason = z.string().max(300).nullable().default(null)

export const proposalMethods = ({ engine }: MethodParts): Record<string, Handler> => {
  const list = () => engine.read((state) => state.flowProposals.values())
  const flowOf = async (proposal: string) => {
    const row = (await list()).find(({ id }) => id === proposal)
    if (row === undefined) throw new UsherError('proposal.unknown', proposal)
    return row.flow
  }
  return {
    'flows.proposals': method(z.object({}), list),
    'flows.approve': method(z.object({ proposal: Id }), async ({ proposal }) => {
      const command = { name: 'flow.approve', flow: await flowOf(proposal), proposal, by } as const
      await engine.submit({ body: { kind: 'command', command } })
      return list()
    }),
    'flows.decline': method(z.object({ proposal: Id, reason: Reason }), async ({ proposal, reason }) => {
      const command = { name: 'flow.decline', flow: await flowOf(proposal), proposal, reason, by } as const
      await engine.submit({ body: { kind: 'command', command } })
      return list()
    }),
  }
}
