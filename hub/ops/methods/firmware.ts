/** A person's word on new firmware: of one device as it is now, or of a whole model. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id, text } from '#protocol/ids.ts'
import type { Command } from '../../engine/entry.ts'
import type { BranchState } from '../../engine/state.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const Judged = z.union([
  z.strictObject({
    device: Id,
    /** What the person was looking at; the hub refuses when the device runs another one by then. */
    firmware: text(64).optional(),
    by: Id.default('operator'),
  }),
  z.strictObject({
    model: text(64).min(1),
    firmware: text(64).min(1),
    by: Id.default('operator'),
  }),
])
type Judged = z.infer<typeof Judged>
type Judgement = Extract<Command, { name: 'firmware.judge' }>

const commandOf = (state: BranchState, judged: Judged, verdict: Judgement['verdict']): Judgement => {
  const { by } = judged
  const name = 'firmware.judge' as const
  if ('model' in judged) {
    const { model, firmware } = judged
    return { name, verdict, device: null, model, firmware, by }
  }
  const row = state.devices.get(judged.device)
  if (row === undefined) throw new UsherError('device.unknown', judged.device)
  if (row.firmware === undefined) throw new UsherError('firmware.unsaid', judged.device)
  const { model, version } = row.firmware
  return { name, verdict, device: row.id, model, firmware: judged.firmware ?? version, by }
}

/** @param show what is told of a device afterwards. */
export const firmwareMethods = (
  { engine }: MethodParts,
  show: (device: string) => Promise<unknown>,
): Record<string, Handler> => {
  const judge = (verdict: Judgement['verdict']) =>
    method(Judged, async (judged) => {
      const command = await engine.read((state) => commandOf(state, judged, verdict))
      await engine.submit({ body: { kind: 'command', command } })
      const { device, model, firmware } = command
      if (device !== null) return [await show(device)]
      const running = await engine.read((state) =>
        state.devices
          .values()
          .filter((row) => row.firmware?.model === model && row.firmware.version === firmware)
          .map(({ id }) => id),
      )
      return Promise.all(running.map(show))
    })
  return {
    'devices.approve-firmware': judge('approved'),
    'devices.decline-firmware': judge('declined'),
  }
}
