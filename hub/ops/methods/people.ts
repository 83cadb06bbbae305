/** The people of the branch, and what waits for them: duty, alerts, requests for a person. */
import { z } from 'zod'
import { Id, text } from '#protocol/ids.ts'
import type { Command } from '../../engine/entry.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const By = Id.default('operator')

export const peopleMethods = ({ engine }: MethodParts): Record<string, Handler> => {
  const command = async (what: Command) => {
    await engine.submit({ body: { kind: 'command', command: what } })
    return engine.read((state) => state.branch.get('branch') ?? null)
  }
  return {
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
  }
}
