/**
 * What a person asks on a page as a command of the hub, in his name. Everything is looked at here that an entry could no
 * longer say no to; what the hub knows itself, it refuses itself.
 */
import { type DeskCommand, type DeskCommandName, deskCommands } from '#protocol/desk/live/commands.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { admits } from '#protocol/desk/route.ts'
import { UsherError } from '#protocol/errors.ts'
import type { ParsePolicy } from '../../branch/policies.ts'
import { wantedSetting } from '../../branch/wanted-setting.ts'
import { findOpenTask, findSuggestedTask, findTaskAskedOf } from '../../dispatch/find-task.ts'
import type { Command } from '../../engine/entry.ts'
import type { Engine } from '../../engine/open-engine.ts'
import type { Store } from '../../store/port.ts'

export interface AskedParts {
  readonly branch: string
  readonly engine: Pick<Engine, 'read' | 'flows'>
  readonly store: Pick<Store, 'tasks'>
  readonly parsePolicy: ParsePolicy
}

/** Who asks. */
export interface Asker {
  readonly name: string
  readonly roles: readonly DeskRole[]
}

type Of<Name extends DeskCommandName> = Extract<DeskCommand, { name: Name }>['params']
type Make<Name extends DeskCommandName> = (
  params: Of<Name>,
  by: string,
  parts: AskedParts,
) => Command | Promise<Command>

/** For himself alone: nobody who leads the branch is admitted by another of his roles. */
const isOnlyStaff = (name: DeskCommandName, { roles }: Asker) =>
  !admits(
    deskCommands[name].admits.filter((role) => role !== 'staff'),
    roles,
  )

const mustBeOneself = (person: string, asker: Asker) => {
  if (person !== asker.name) throw new UsherError('role.missing', person)
}

/** What another has taken in hand is his, until somebody who leads the branch says otherwise. */
const mustBeFreeOrOwn = async (alert: string, asker: Asker, { engine }: AskedParts) => {
  const claimedBy = await engine.read(
    (state) => state.alerts.values().find(({ id, key }) => id === alert || key === alert)?.claimedBy,
  )
  if (claimedBy != null) mustBeOneself(claimedBy, asker)
}

const checkOwn = async (asked: DeskCommand, asker: Asker, parts: AskedParts): Promise<void> => {
  if (!isOnlyStaff(asked.name, asker)) return
  switch (asked.name) {
    case 'duty':
    case 'do-not-disturb':
      return mustBeOneself(asked.params.person, asker)
    case 'alert.release':
    case 'alert.resolve':
      return mustBeFreeOrOwn(asked.params.alert, asker, parts)
    default:
  }
}

const making: { readonly [Name in DeskCommandName]?: Make<Name> } = {
  mode: ({ mode }, by) => ({ name: 'mode', mode, by }),
  'end-emergency': (_, by) => ({ name: 'end-emergency', by }),
  // A command carries a duration; the row keeps the time.
  pause: ({ forMs }, by) => ({ name: 'pause', by, untilMs: forMs }),
  resume: (_, by) => ({ name: 'resume', by }),
  'stop-movement': (_, by) => ({ name: 'stop-movement', by }),
  'allow-movement': (_, by) => ({ name: 'allow-movement', by }),
  'task.cancel': async ({ task, reason }, by, parts) => {
    await findOpenTask(parts, task)
    return { name: 'task.cancel', task, by, reason }
  },
  'task.confirm': async ({ task }, by, parts) => {
    await findSuggestedTask(parts, task)
    return { name: 'task.confirm', task, by }
  },
  'task.dismiss': async ({ task }, by, parts) => {
    await findSuggestedTask(parts, task)
    return { name: 'task.dismiss', task, by }
  },
  'task.report': async ({ task, status, note }, by, parts) => {
    await findTaskAskedOf(parts, task, by)
    return { name: 'task.report', task, by, status, note }
  },
  'device.hold': ({ device, forMs }, by) => ({ name: 'device.hold', device, by, untilMs: forMs }),
  'device.release': ({ device }, by) => ({ name: 'device.release', device, by }),
  'device.out-of-service': ({ device }, by) => ({ name: 'device.out-of-service', device, by }),
  'alert.claim': ({ alert }, by) => ({ name: 'alert.claim', alert, by }),
  'alert.release': ({ alert }, by) => ({ name: 'alert.release', alert, by }),
  'alert.acknowledge': ({ alert }, by) => ({ name: 'alert.acknowledge', alert, by }),
  'alert.resolve': ({ alert, note }, by) => ({ name: 'alert.resolve', alert, note, by }),
  'alert.shelve': ({ alert, reason, forMs }, by) => ({ name: 'alert.shelve', alert, reason, forMs, by }),
  'alert.unshelve': ({ alert }, by) => ({ name: 'alert.unshelve', alert, by }),
  duty: ({ person, onDuty }, by) => ({ name: 'duty', person, onDuty, by }),
  'do-not-disturb': ({ person, on }, by) => ({ name: 'do-not-disturb', person, on, by }),
  'visit.role': ({ visit, role }, by) => ({ name: 'visit.role', visit, role, by }),
  'visit.known': ({ visit, ticket }, by) => ({ name: 'visit.known', visit, ticket, by }),
  'flow.set': ({ flow, autonomy, policy, revision }, by, parts) =>
    wantedSetting(parts, { flow, autonomy, policy, revision, by }),
}

/** @throws UsherError `role.missing` */
export const checkRole = (name: DeskCommandName, { roles }: Asker): void => {
  if (!admits(deskCommands[name].admits, roles)) throw new UsherError('role.missing', name)
}

/** @throws UsherError why it cannot be done, as far as that can be said beforehand. */
export const commandOf = async (asked: DeskCommand, asker: Asker, parts: AskedParts): Promise<Command> => {
  checkRole(asked.name, asker)
  await checkOwn(asked, asker, parts)
  // That a command's own types fit each other stands in the table; of all of them it cannot be said.
  const make = making[asked.name] as Make<DeskCommandName> | undefined
  if (make === undefined) throw new UsherError('request.unknown', asked.name)
  return make(asked.params, asker.name, parts)
}
