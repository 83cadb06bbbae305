/** The branch as a person steers it: mode, pause, movement, devices held, people on duty, flows and the branch file. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Id, text } from '#protocol/ids.ts'
import { modes } from '#protocol/model.ts'
import { parseBranchFile } from '../../branch/load.ts'
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
  const simple = <N extends 'resume' | 'stop-movement' | 'allow-movement' | 'end-emergency'>(name: N) =>
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
    'branch.mode': method(z.object({ mode: z.enum(modes), by: By }), ({ mode, by }) =>
      command({ name: 'mode', mode, by }),
    ),
    'branch.pause': method(z.object({ forMs: ForMs, by: By }), ({ forMs, by }) =>
      command({ name: 'pause', untilMs: forMs === null ? null : parts.nowMs() + forMs, by }),
    ),
    'branch.resume': simple('resume'),
    'branch.stop-movement': simple('stop-movement'),
    'branch.allow-movement': simple('allow-movement'),
    'branch.end-emergency': simple('end-emergency'),
    'staff.duty': method(z.object({ person: Id, onDuty: z.boolean(), by: By }), ({ person, onDuty, by }) =>
      command({ name: 'duty', person, onDuty, by }),
    ),
    'staff.do-not-disturb': method(z.object({ person: Id, on: z.boolean(), by: By }), ({ person, on, by }) =>
      command({ name: 'do-not-disturb', person, on, by }),
    ),
    'alerts.claim': method(z.object({ alert: Id, by: Id }), ({ alert, by }) =>
      command({ name: 'alert.claim', alert, by }),
    ),
    'escalations.take': method(z.object({ escalation: Id, by: Id }), ({ escalation, by }) =>
      command({ name: 'escalation.take', escalation, by }),
    ),
    'escalations.end': method(
      z.object({ escalation: Id, by: Id, outcome: text(200) }),
      ({ escalation, by, outcome }) => command({ name: 'escalation.end', escalation, by, outcome }),
    ),
    /** `revision` is the one the editor began from: a second editor is refused instead of overwriting the first. */
    'config.apply': method(
      z.object({ text: z.string().max(1_000_000), revision: z.int().min(0), by: By }),
      async ({ text, revision, by }) => {
        const file = parseBranchFile(text, parts.parsePolicy)
        await engine.submit({ body: { kind: 'config', file, revision, by } })
        return row()
      },
    ),
    'config.show': method(z.object({}), () =>
      engine.read((state) => ({
        file: state.meta.get('file')?.['file'] ?? null,
        revision: state.branch.get('branch')?.revision ?? 0,
      })),
    ),
    'config.differs': method(z.object({ text: z.string().max(1_000_000) }), async ({ text }) => {
      const file = parseBranchFile(text, parts.parsePolicy)
      return engine.read((state) => !isDeepStrictEqual(state.meta.get('file')?.['file'], file))
    }),
  }
}
