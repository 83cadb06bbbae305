/** The branch as a person steers it: mode, pause, movement, and what it is now. */
import { z } from 'zod'
import { Id } from '#protocol/ids.ts'
import { modes } from '#protocol/model.ts'
import type { Command } from '../../engine/entry.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const By = Id.default('operator')
const ForMs = z.int().min(1_000).max(86_400_000).nullable().default(null)

export const branchMethods = (parts: MethodParts): Record<string, Handler> => {
  const { engine } = parts
  const row = () => engine.read((state) => state.branch.get('branch') ?? null)
  const command = async (what: Command) => {
    await engine.submit({ body: { kind: 'command', command: what } })
    return row()
  }
  const simple = (name: 'resume' | 'stop-movement' | 'allow-movement' | 'end-emergency') =>
    method(z.object({ by: By }), ({ by }) => command({ name, by }))
  return {
    'branch.show': method(z.object({}), () =>
      engine.read((state, at) => ({
        at,
        position: engine.position(),
        epoch: engine.epoch,
        branch: state.branch.get('branch') ?? null,
        zones: state.zones.values(),
        services: state.services.values(),
        counters: state.counters.values(),
        visits: state.visits.values(),
        tickets: state.tickets.values(),
        staff: state.staff.values(),
        alerts: state.alerts.values(),
        escalations: state.escalations.values(),
        openTasks: state.tasks.size,
      })),
    ),
    'hub.show': method(z.object({}), () =>
      engine.read(() => ({
        branch: parts.branch,
        epoch: engine.epoch,
        ...engine.position(),
        ports: parts.listening(),
      })),
    ),
    'branch.mode': method(z.object({ mode: z.enum(modes), by: By }), ({ mode, by }) =>
      command({ name: 'mode', mode, by }),
    ),
    'branch.pause': method(z.object({ forMs: ForMs, by: By }), ({ forMs, by }) =>
      // A command carries a duration; the row keeps the time.
      command({ name: 'pause', untilMs: forMs, by }),
    ),
    'branch.resume': simple('resume'),
    'branch.stop-movement': simple('stop-movement'),
    'branch.allow-movement': simple('allow-movement'),
    'branch.end-emergency': simple('end-emergency'),
  }
}
