/** Flows as people set them: what is shipped, how each is set, and what of it is running or parked. */

import { z } from 'zod'
import type { AnyFlow } from '#flows/define.ts'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

export const flowMethods = (parts: MethodParts, flows: readonly AnyFlow[]): Record<string, Handler> => {
  const { engine } = parts
  const show = (id: string) =>
    engine.read((state) => {
      const flow = flows.find((one) => one.id === id)
      if (flow === undefined) throw new UsherError('flow.unknown', id)
      const instances = state.instances.values().filter((row) => row.flow === id)
      return {
        id,
        version: flow.version,
        title: flow.title,
        purpose: flow.purpose,
        modes: flow.modes,
        pausable: flow.pausable,
        setting: state.flowSettings.get(id) ?? null,
        policy: state.flowSettings.get(id)?.policy ?? (flow.policy.parse({}) as Record<string, unknown>),
        running: instances.filter((row) => row.parked === null).map((row) => row.key),
        parked: instances
          .filter((row) => row.parked !== null)
          .map((row) => ({ key: row.key, reason: row.parked })),
      }
    })
  return {
    'flows.list': method(z.object({}), () => Promise.all(flows.map((flow) => show(flow.id)))),
    'flows.show': method(z.object({ flow: Id }), ({ flow }) => show(flow)),
    'flows.set': method(
      z.object({
        flow: Id,
        autonomy: z.enum(['off', 'suggest', 'automatic']).nullable().default(null),
        policy: z.record(z.string(), z.json()).nullable().default(null),
        /** The revision the editor began from; absent: whatever is in force. */
        revision: z.int().min(0).optional(),
        by: Id.default('operator'),
      }),
      async ({ flow, autonomy, policy, revision, by }) => {
        const row = await engine.read((state) => state.flowSettings.get(flow))
        const whole = policy === null ? null : parts.parsePolicy(flow, { ...row?.policy, ...policy })
        const from = revision ?? row?.revision ?? 0
        await engine.submit({
          body: {
            kind: 'command',
            command: { name: 'flow.set', flow, autonomy, policy: whole, revision: from, by },
          },
        })
        return show(flow)
      },
    ),
  }
}
