/** Devices as people admit them: invite with a one-time code, approve, hold, take out of service, revoke. */
import { z } from 'zod'
import { PairingCode } from '#protocol/desk/pairing-routes.ts'
import { UsherError } from '#protocol/errors.ts'
import { Id, Language, text } from '#protocol/ids.ts'
import type { Command } from '../../engine/entry.ts'
import type { BranchState } from '../../engine/state.ts'
import type { Handler } from '../control.ts'
import { firmwareMethods } from './firmware.ts'
import { type MethodParts, method } from './method.ts'

const By = Id.default('operator')

const PairWish = z.object({
  code: PairingCode,
  device: Id,
  create: z.object({ title: z.record(Language, text(80)), zone: Id }).optional(),
  replace: z.boolean().default(false),
  by: By,
})

export const deviceMethods = (parts: MethodParts): Record<string, Handler> => {
  const { engine, enrolment, pairing } = parts
  const describe = (state: BranchState, device: string) => {
    const row = state.devices.get(device)
    const registry = state.registry.get(device)
    if (row === undefined && registry === undefined) throw new UsherError('device.unknown', device)
    return {
      ...row,
      id: device,
      connected: parts.isConnected(device),
      registry:
        registry === undefined
          ? null
          : { status: registry.status, validUntil: registry.validUntil, by: registry.by, at: registry.at },
    }
  }
  const show = (device: string) => engine.read((state) => describe(state, device))
  const command = async (what: Command & { device: string }) => {
    await engine.submit({ body: { kind: 'command', command: what } })
    return show(what.device)
  }
  return {
    'devices.list': method(z.object({}), () =>
      engine.read((state) =>
        [...new Set([...state.devices.keys(), ...state.registry.keys()])]
          .sort()
          .map((device) => describe(state, device)),
      ),
    ),
    'devices.show': method(z.object({ device: Id }), ({ device }) => show(device)),
    'devices.invite': method(z.object({ device: Id, by: By }), async ({ device, by }) => {
      const declared = await engine.read((state) => state.devices.has(device))
      if (!declared) throw new UsherError('device.unknown', device)
      return enrolment.invite(device, by)
    }),
    'devices.pair': method(PairWish, ({ by, ...wish }) => pairing.admit(wish, by)),
    'devices.approve': method(z.object({ device: Id, by: By }), async ({ device, by }) => {
      const { fingerprint, validUntil } = await enrolment.approve(device, by)
      return { device, fingerprint, validUntil }
    }),
    'devices.revoke': method(
      z.object({ device: Id, by: By, reason: text(200).default('by hand') }),
      async ({ device, by, reason }) => {
        await enrolment.revoke(device, by, reason)
        return show(device)
      },
    ),
    'devices.hold': method(
      z.object({ device: Id, by: By, forMs: z.int().min(1_000).max(86_400_000).nullable().default(null) }),
      ({ device, by, forMs }) => command({ name: 'device.hold', device, by, untilMs: forMs }),
    ),
    'devices.release': method(z.object({ device: Id, by: By }), ({ device, by }) =>
      command({ name: 'device.release', device, by }),
    ),
    ...firmwareMethods(parts, show),
    'devices.out-of-service': method(z.object({ device: Id, by: By }), ({ device, by }) =>
      command({ name: 'device.out-of-service', device, by }),
    ),
  }
}
