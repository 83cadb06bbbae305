/**
 * How a page becomes a device of the branch: it shows six characters, somebody who may types them at the desk and says
 * which device it is, and the page gets a claim code with which it enrols like every other device.
 */
import { z } from 'zod'
import { Id, Language, text } from '../ids.ts'
import { deskRoute } from './route.ts'

export const pageKinds = ['screen', 'kiosk'] as const
export type PageKind = (typeof pageKinds)[number]

/** Letters and digits that are hard to confuse (no I, L, O, U), as shown: `K7M4Q2`. Any case when typed. */
export const PairingCode = z
  .string()
  .transform((typed) => typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0'))
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{6}$/))

/** Known to the page alone. */
const Secret = z.string().min(16).max(128)
const edits = ['admin'] as const

export const pairingRoutes = {
  /** Where the hub is reached: what a page needs to know before it is anybody. */
  door: deskRoute({
    method: 'GET',
    path: '/api/door',
    admits: 'anyone',
    request: z.object({}),
    response: z.object({
      branch: Id,
      title: z.record(Language, z.string()),
      languages: z.array(Language),
      /** null: this hub lets no pages in. */
      ws: z.int().nullable(),
      wss: z.int().nullable(),
      /** On the hub's own machine a page may be any declared device by its name (the demonstration). */
      byName: z.boolean(),
    }),
    errors: [],
  }),
  askPairing: deskRoute({
    method: 'POST',
    path: '/api/pairing',
    admits: 'anyone',
    request: z.strictObject({ kind: z.enum(pageKinds) }),
    response: z.object({ code: z.string(), secret: Secret, forMs: z.int() }),
    errors: ['pairing.busy'],
  }),
  followPairing: deskRoute({
    method: 'POST',
    path: '/api/pairing/state',
    admits: 'anyone',
    request: z.strictObject({ secret: Secret }),
    response: z.discriminatedUnion('state', [
      z.object({ state: z.literal('waiting'), forMs: z.int() }),
      z.object({ state: z.literal('admitted'), device: Id, claim: z.string() }),
      z.object({ state: z.literal('over') }),
    ]),
    errors: [],
  }),
  /** Pages that show a code now, and the devices that one of them may become. */
  pairings: deskRoute({
    method: 'GET',
    path: '/api/pairings',
    admits: edits,
    request: z.object({ lang: z.enum(['zh', 'en']).optional() }),
    response: z.object({
      waiting: z.array(
        z.object({
          code: z.string(),
          kind: z.enum(pageKinds),
          address: z.string() /** ms since 1970, in hub time. */,
          since: z.number(),
        }),
      ),
      devices: z.array(
        z.object({
          id: Id,
          title: z.string(),
          kind: z.enum(pageKinds),
          zone: Id.nullable(),
          /** Somebody is it, or is about to be: they are shut out where another page becomes it. */
          isTaken: z.boolean(),
        }),
      ),
      zones: z.array(z.object({ id: Id, title: z.string() })),
      revision: z.int(),
    }),
    errors: [],
  }),
  admitPage: deskRoute({
    method: 'POST',
    path: '/api/pairings/admit',
    admits: edits,
    request: z.strictObject({
      code: PairingCode,
      device: Id,
      /** A device that the branch does not have yet; absent: it has it. */
      create: z.strictObject({ title: z.record(Language, text(80)), zone: Id, revision: z.int() }).optional(),
      /** Whoever is that device now is shut out: said by who knows it. */
      replace: z.boolean().optional(),
    }),
    response: z.object({ device: Id }),
    errors: [
      'pairing.unknown',
      'pairing.done',
      'pairing.kind',
      'pairing.taken',
      'device.unknown',
      'device.declared',
      'zone.unknown',
      'branch.no-file',
      'config.conflict',
      'config.invalid',
    ],
  }),
}
