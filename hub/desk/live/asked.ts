/**
 * What a person asks on a page as a command of the hub, in his name. Everything is looked at here that an entry could no
 * longer say no to; what the hub knows itself, it refuses itself.
 */
import { type DeskCommand, type DeskCommandName, deskCommands } from '#protocol/desk/live/commands.ts'
import type { CommandCall } from '#protocol/desk/live/line.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { admits } from '#protocol/desk/route.ts'
import { UsherError } from '#protocol/errors.ts'
import { requestInstance, requestKey } from '../../branch/asked.ts'
import type { ParsePolicy } from '../../branch/policies.ts'
import { proposedSetting, wantedSetting } from '../../branch/wanted-setting.ts'
import { findOpenTask, findSuggestedTask, findTask, findTaskAskedOf } from '../../dispatch/find-task.ts'
import { retryOf } from '../../dispatch/retry.ts'
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

interface Order {
  readonly by: string
  /** The name of the work that is begun by hand: the same where the page asks again. */
  readonly request: string
  /** Of who works in the branch without leading it: what another has in hand is refused. */
  readonly own: { readonly onlyOwn?: true }
  readonly leads: boolean
}

type Make<Name extends DeskCommandName> = (
  params: Of<Name>,
  order: Order,
  parts: AskedParts,
) => Command | Promise<Command>

/** For himself alone: nobody who leads the branch is admitted by another of his roles. */
const isOnlyStaff = (name: DeskCommandName, { roles }: Asker) =>
  !admits(
    deskCommands[name].admits.filter((role) => role !== 'staff'),
    roles,
  )

/** What depends on how things stand at that moment is refused with the entry itself; this never changes. */
const checkOneself = (asked: DeskCommand, asker: Asker): void => {
  if (asked.name !== 'duty' && asked.name !== 'do-not-disturb') return
  const { person } = asked.params
  if (isOnlyStaff(asked.name, asker) && person !== asker.name) throw new UsherError('role.missing', person)
}

const making: { readonly [Name in DeskCommandName]: Make<Name> } = {
  mode: ({ mode }, { by }) => ({ name: 'mode', mode, by }),
  'end-emergency': (_, { by }) => ({ name: 'end-emergency', by }),
  // A command carries a duration; the row keeps the time.
  pause: ({ forMs }, { by }) => ({ name: 'pause', by, untilMs: forMs }),
  resume: (_, { by }) => ({ name: 'resume', by }),
  'stop-movement': (_, { by }) => ({ name: 'stop-movement', by }),
  'allow-movement': (_, { by }) => ({ name: 'allow-movement', by }),
  ask: (ask, { by, request }) => ({ name: 'ask', ask, request, by }),
  'task.reassign': async ({ task, to }, { by }, parts) => {
    await findOpenTask(parts, task)
    return { name: 'task.reassign', task, to, by }
  },
  'task.retry': async ({ task }, order, parts) => retryOf(await findTask(parts, task), order),
  'task.take': async ({ task }, { by, own }, parts) => {
    await findOpenTask(parts, task)
    return { name: 'task.take', task, by, ...own }
  },
  'task.cancel': async ({ task, reason }, { by }, parts) => {
    await findOpenTask(parts, task)
    return { name: 'task.cancel', task, by, reason }
  },
  'task.confirm': async ({ task }, { by }, parts) => {
    await findSuggestedTask(parts, task)
    return { name: 'task.confirm', task, by }
  },
  'task.dismiss': async ({ task }, { by }, parts) => {
    await findSuggestedTask(parts, task)
    return { name: 'task.dismiss', task, by }
  },
  'task.report': async ({ task, status, note }, { by }, parts) => {
    await findTaskAskedOf(parts, task, by)
    return { name: 'task.report', task, by, status, note, onlyOwn: true }
  },
  'device.hold': ({ device, forMs }, { by }) => ({ name: 'device.hold', device, by, untilMs: forMs }),
  'device.release': ({ device }, { by }) => ({ name: 'device.release', device, by }),
  'device.out-of-service': ({ device }, { by }) => ({ name: 'device.out-of-service', device, by }),
  'alert.claim': ({ alert }, { by }) => ({ name: 'alert.claim', alert, by }),
  'alert.release': ({ alert }, { by }) => ({ name: 'alert.release', alert, by }),
  'alert.acknowledge': ({ alert }, { by }) => ({ name: 'alert.acknowledge', alert, by }),
  'alert.resolve': ({ alert, note }, { by, own }) => ({ name: 'alert.resolve', alert, note, by, ...own }),
  'alert.shelve': ({ alert, reason, forMs }, { by }) => ({ name: 'alert.shelve', alert, reason, forMs, by }),
  'alert.unshelve': ({ alert }, { by }) => ({ name: 'alert.unshelve', alert, by }),
  duty: ({ person, onDuty }, { by }) => ({ name: 'duty', person, onDuty, by }),
  'do-not-disturb': ({ person, on }, { by }) => ({ name: 'do-not-disturb', person, on, by }),
  'visit.role': ({ visit, role }, { by }) => ({ name: 'visit.role', visit, role, by }),
  'visit.known': ({ visit, ticket }, { by }) => ({ name: 'visit.known', visit, ticket, by }),
  'flow.set': (wish, { by }, parts) => wantedSetting(parts, { ...wish, by }),
  'flow.propose': (wish, { by }, parts) => proposedSetting(parts, { ...wish, by }),
  'flow.approve': ({ flow, proposal }, { by }) => ({ name: 'flow.approve', flow, proposal, by }),
  'flow.decline': ({ flow, proposal, reason }, { by }) => ({
    name: 'flow.decline',
    flow,
    proposal,
    reason,
    by,
  }),
  'flow.withdraw': ({ flow, proposal }, { by }) => ({ name: 'flow.withdraw', flow, proposal, by }),
  'campaign.set': ({ campaign, on }, { by }) => ({ name: 'campaign.set', campaign, on, by }),
  'expert.presence': (asked, { by }) => ({ name: 'expert.presence', expert: by, ...asked, by }),
  'call.accept': (asked, { by }) => ({ name: 'call.accept', ...asked, by }),
  'call.decline': (asked, { by }) => ({ name: 'call.decline', ...asked, by }),
  'call.snooze': (asked, { by }) => ({ name: 'call.snooze', ...asked, by }),
  'call.note': (asked, { by }) => ({ name: 'call.note', ...asked, by }),
  'call.identified': (asked, { by }) => ({ name: 'call.identified', ...asked, by }),
  'call.hand-over': (asked, { by }) => ({ name: 'call.hand-over', ...asked, by }),
  'call.invite': (asked, { by }) => ({ name: 'call.invite', ...asked, by }),
  'call.guest-mode': (asked, { by }) => ({ name: 'call.guest-mode', ...asked, by }),
  'call.take-off': (asked, { by }) => ({ name: 'call.take-off', ...asked, by }),
  'call.guest-note': (asked, { by }) => ({ name: 'call.guest-note', ...asked, by }),
  'call.leave': ({ call }, { by }) => ({ name: 'call.leave', call, by }),
  'expert.set': (asked, { by }) => ({ name: 'expert.presence', ...asked, reason: null, by }),
  'call.move': (asked, { by }) => ({ name: 'call.move', ...asked, by }),
  'call.pass-on': (asked, { by }) => ({ name: 'call.pass-on', ...asked, by }),
  'call.to-staff': (asked, { by }) => ({ name: 'call.to-staff', ...asked, by }),
  'call.show': (asked, { by }) => ({ name: 'call.show', ...asked, by }),
  'call.put-away': (asked, { by }) => ({ name: 'call.put-away', ...asked, by }),
  'call.wrap-up': (asked, { by }) => ({ name: 'call.wrap-up', ...asked, by }),
  'call.more-time': (asked, { by }) => ({ name: 'call.more-time', ...asked, by }),
  // Who leads the branch hangs up for everybody, an expert ends his own call.
  'call.hang-up': ({ call }, { by, leads }) => ({
    name: 'call.hang-up',
    call,
    participant: leads ? null : `expert:${by}`,
    by,
  }),
  'call.withdraw': (asked, { by }) => ({ name: 'call.withdraw', ...asked, by }),
  'sale.begin': (asked, { by, leads }) => ({ name: 'sale.begin', ...asked, by, leads }),
  'sale.consent': (asked, { by, leads }) => ({ name: 'sale.consent', ...asked, by, leads }),
  'sale.tick': (asked, { by, leads }) => ({ name: 'sale.tick', ...asked, by, leads }),
  'sale.untick': (asked, { by, leads }) => ({ name: 'sale.untick', ...asked, by, leads }),
  'sale.settle': (asked, { by, leads }) => ({ name: 'sale.settle', ...asked, by, leads }),
  'sale.pause': (asked, { by, leads }) => ({ name: 'sale.pause', ...asked, by, leads }),
  'sale.resume': (asked, { by, leads }) => ({ name: 'sale.resume', ...asked, by, leads }),
  'sale.sell': (asked, { by, leads }) => ({ name: 'sale.sell', ...asked, by, leads }),
  'sale.end': (asked, { by, leads }) => ({ name: 'sale.end', ...asked, by, leads }),
}

/** @throws UsherError `role.missing` */
export const checkRole = (name: DeskCommandName, { roles }: Asker): void => {
  if (!admits(deskCommands[name].admits, roles)) throw new UsherError('role.missing', name)
}

/** @returns the flow instance that will look after it, for what begins one. */
export const requestOf = ({ command, key }: CommandCall, { name }: Asker): string | undefined =>
  command.name === 'ask' || command.name === 'task.retry' ? requestInstance(requestKey(name, key)) : undefined

/** @throws UsherError why it cannot be done, as far as that can be said beforehand. */
export const commandOf = async (
  { command, key }: CommandCall,
  asker: Asker,
  parts: AskedParts,
): Promise<Command> => {
  checkRole(command.name, asker)
  checkOneself(command, asker)
  // That a command's own types fit each other stands in the table; of all of them it cannot be said.
  const make = making[command.name] as Make<DeskCommandName>
  const own: Order['own'] = isOnlyStaff(command.name, asker) ? { onlyOwn: true } : {}
  const leads = asker.roles.includes('manager')
  return make(command.params, { by: asker.name, request: requestKey(asker.name, key), own, leads }, parts)
}
