/** What a person can do in a branch from a page: each command once, with who may and what it needs. */
import { z } from 'zod'
import { Id, text } from '../../ids.ts'
import { modes } from '../../model.ts'
import { saleCommandParams as sale } from '../../recording/commands.ts'
import type { DeskRole } from '../roles.ts'
import { AskedWork } from './ask.ts'
import { callCommandParams as call } from './call-commands.ts'

interface DeskCommandDefinition<Params extends z.ZodType = z.ZodType> {
  readonly admits: readonly DeskRole[]
  readonly params: Params
}

const define = <Params extends z.ZodType>(
  admits: readonly DeskRole[],
  params: Params,
): DeskCommandDefinition<Params> => ({ admits, params })

const hour = 3_600_000
/** From a second to a day; null: until somebody ends it. */
const ForMs = z
  .int()
  .min(1_000)
  .max(24 * hour)
const Nothing = z.strictObject({})
const Task = z.strictObject({ task: Id })
const Device = z.strictObject({ device: Id })
const Alert = z.strictObject({ alert: Id })
const Proposal = z.strictObject({ flow: Id, proposal: Id })
const note = text(300)

const leads = ['manager', 'admin'] as const
/** Who works in the branch; a `staff` member for himself alone, which the hub checks. */
const works = ['manager', 'staff'] as const

const branch = {
  mode: define(leads, z.strictObject({ mode: z.enum(modes) })),
  'end-emergency': define(leads, Nothing),
  pause: define(leads, z.strictObject({ forMs: ForMs.nullable() })),
  resume: define(leads, Nothing),
  /** Anybody who works in the branch may stop what moves; only who leads it lets it move again. */
  'stop-movement': define(['manager', 'admin', 'staff'], Nothing),
  'allow-movement': define(leads, Nothing),
}

const tasks = {
  /** Greet, guide, announce, show, promote, dock or call an expert, by hand. */
  ask: define(['manager'], AskedWork),
  'task.cancel': define(['manager'], z.strictObject({ task: Id, reason: note })),
  'task.confirm': define(['manager'], Task),
  'task.dismiss': define(['manager'], Task),
  /** To another: a device, or `person/<id>`. */
  'task.reassign': define(['manager'], z.strictObject({ task: Id, to: z.string().max(80) })),
  /** Once more, after it failed. */
  'task.retry': define(['manager'], Task),
  /** I do it myself. */
  'task.take': define(works, Task),
  'task.report': define(
    works,
    z.strictObject({
      task: Id,
      status: z.enum(['accepted', 'refused', 'started', 'done', 'failed']),
      note: note.nullable(),
    }),
  ),
}

const devices = {
  'device.hold': define(['manager'], z.strictObject({ device: Id, forMs: ForMs.nullable() })),
  'device.release': define(['manager'], Device),
  'device.out-of-service': define(leads, Device),
}

const alerts = {
  'alert.claim': define(works, Alert),
  'alert.release': define(works, Alert),
  'alert.acknowledge': define(works, Alert),
  'alert.resolve': define(works, z.strictObject({ alert: Id, note: note.nullable() })),
  'alert.shelve': define(
    ['manager'],
    z.strictObject({
      alert: Id,
      reason: note.min(1),
      forMs: z
        .int()
        .min(60_000)
        .max(8 * hour),
    }),
  ),
  'alert.unshelve': define(['manager'], Alert),
}

const people = {
  duty: define(works, z.strictObject({ person: Id, onDuty: z.boolean() })),
  'do-not-disturb': define(works, z.strictObject({ person: Id, on: z.boolean() })),
  /** Somebody the sensors took for a visitor is none. */
  'visit.role': define(
    ['manager'],
    z.strictObject({ visit: Id, role: z.enum(['staff', 'guard', 'courier']) }),
  ),
  'visit.known': define(['manager'], z.strictObject({ visit: Id, ticket: z.string().max(32).nullable() })),
}

const settings = {
  'flow.set': define(
    leads,
    z.strictObject({
      flow: Id,
      autonomy: z.enum(['off', 'suggest', 'automatic']).nullable(),
      /** Only what is to change. */
      policy: z.record(z.string().max(64), z.json()).nullable(),
      /** The revision that the page showed: a second editor is told that the first was there. */
      revision: z.int().min(0),
      reason: note.nullable(),
    }),
  ),
  /** Beyond head office's bounds: in force once a second person who leads the branch has agreed. */
  'flow.propose': define(
    leads,
    z.strictObject({
      flow: Id,
      autonomy: z.enum(['off', 'suggest', 'automatic']).nullable(),
      policy: z.record(z.string().max(64), z.json()),
      revision: z.int().min(0),
      /** For whoever is to agree, and for the record. */
      reason: note.regex(/\S/),
    }),
  ),
  /** By anybody else who leads the branch. */
  'flow.approve': define(leads, Proposal),
  'flow.decline': define(leads, z.strictObject({ ...Proposal.shape, reason: note.nullable() })),
  /** By who asked. */
  'flow.withdraw': define(leads, Proposal),
  'campaign.set': define(leads, z.strictObject({ campaign: Id, on: z.boolean() })),
}

/** An expert acts for himself alone, which the hub checks. */
const experts = ['expert'] as const

const calls = {
  'expert.presence': define(experts, call['expert.presence']),
  'call.accept': define(experts, call['call.accept']),
  'call.decline': define(experts, call['call.decline']),
  'call.snooze': define(experts, call['call.snooze']),
  'call.note': define(experts, call['call.note']),
  'call.identified': define(experts, call['call.identified']),
  'call.hand-over': define(experts, call['call.hand-over']),
  'call.invite': define(experts, call['call.invite']),
  'call.guest-mode': define(experts, call['call.guest-mode']),
  'call.take-off': define(experts, call['call.take-off']),
  'call.guest-note': define(experts, call['call.guest-note']),
  'call.leave': define(experts, call['call.leave']),
  'expert.set': define(['lead'], call['expert.set']),
  'call.move': define(['lead'], call['call.move']),
  'call.pass-on': define(['lead', 'manager'], call['call.pass-on']),
  'call.to-staff': define(['manager'], call['call.to-staff']),
  'call.show': define(experts, call['call.show']),
  'call.put-away': define(experts, call['call.put-away']),
  'call.wrap-up': define(experts, call['call.wrap-up']),
  'call.more-time': define(experts, call['call.more-time']),
  'call.hang-up': define(['expert', 'manager'], call['call.hang-up']),
  'call.withdraw': define(['manager'], call['call.withdraw']),
}

/** In which call, the hub checks: an expert in their own, a manager in one that they stand in, or without one. */
const sells = ['expert', 'manager'] as const

const sales = {
  'sale.begin': define(sells, sale['sale.begin']),
  'sale.consent': define(sells, sale['sale.consent']),
  'sale.tick': define(sells, sale['sale.tick']),
  'sale.untick': define(sells, sale['sale.untick']),
  'sale.settle': define(sells, sale['sale.settle']),
  'sale.pause': define(sells, sale['sale.pause']),
  'sale.resume': define(sells, sale['sale.resume']),
  'sale.sell': define(sells, sale['sale.sell']),
  'sale.end': define(sells, sale['sale.end']),
}

export const deskCommands = {
  ...branch,
  ...tasks,
  ...devices,
  ...alerts,
  ...people,
  ...settings,
  ...calls,
  ...sales,
}
export type DeskCommandName = keyof typeof deskCommands
export type ParamsOf<Name extends DeskCommandName> = z.infer<(typeof deskCommands)[Name]['params']>

const shapes = Object.entries(deskCommands).map(([name, { params }]) =>
  z.strictObject({ name: z.literal(name), params: params as z.ZodType }),
)
export type DeskCommand = {
  [Name in DeskCommandName]: { readonly name: Name; readonly params: ParamsOf<Name> }
}[DeskCommandName]

export const DeskCommand = z.discriminatedUnion(
  'name',
  shapes as [(typeof shapes)[number], ...typeof shapes],
) as unknown as z.ZodType<DeskCommand>
