/**
 * Firmware that nobody knows yet: a device that comes back with another firmware is on probation until a person has
 * approved or declined it. The first firmware of a device is taken as it is; a device that says nothing of its
 * firmware leaves what is known of it as it was, so that silence ends no probation.
 */
import type { Manifest } from '#protocol/messages.ts'
import type { DeviceRow, FirmwareRow } from '#protocol/model.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { clearAlert, raiseAlert } from './alerts.ts'

export type FirmwareVerdict = 'approved' | 'declined'

export interface FirmwareJudgement {
  readonly verdict: FirmwareVerdict
  /** One device, or null: all of the model, now and later. */
  readonly device: string | null
  readonly model: string
  /** null: it never said, which only one device can be judged for. */
  readonly firmware: string | null
  readonly by: string
}

type Named = Pick<FirmwareRow, 'vendor' | 'model' | 'version'>
type Trust = 'known' | FirmwareVerdict

/** What was judged of one device's firmware, the latest last. One that was forgotten is on probation again. */
const judgedMax = 16

const ownKey = (device: string) => `firmware/${device}`
const modelKey = (model: string, version: string) => `firmware-of/${model}/${version}`
const nameOf = ({ vendor, model, version }: Named) => JSON.stringify([vendor, model, version])

const named = ({ vendor, model, firmware }: Manifest): Named => ({ vendor, model, version: firmware ?? null })

const judgedOf = (state: BranchState, device: string): readonly (readonly [string, Trust])[] =>
  (state.meta.get(ownKey(device))?.['judged'] as readonly (readonly [string, Trust])[] | undefined) ?? []

const remember = (turn: Turn, device: string, [name, trust]: readonly [string, Trust]) => {
  const others = judgedOf(turn.state, device).filter(([known]) => known !== name)
  turn.state.meta.put(ownKey(device), { judged: [...others, [name, trust]].slice(-judgedMax) })
}

const ofModel = (state: BranchState, { model, version }: Named) =>
  version === null
    ? undefined
    : (state.meta.get(modelKey(model, version)) as { verdict: FirmwareVerdict; by: string } | undefined)

const putFirmware = (turn: Turn, row: DeviceRow, firmware: FirmwareRow) =>
  turn.state.devices.put(row.id, { ...row, firmware })

/** Kept before firmware was watched: its last manifest says what it ran. */
const firmwareBefore = (row: DeviceRow): FirmwareRow | undefined =>
  row.firmware ??
  (row.manifest === null
    ? undefined
    : { ...named(row.manifest), standing: 'known', since: row.linkAt, by: null, was: null })

/** No flow raised it. */
const origin = { flow: 'firmware' } as const
const alertKey = (device: string) => `firmware/${device}`

/** It is not in the branch any more. */
export const forgetFirmwareAlert = (turn: Turn, device: string): void => clearAlert(turn, alertKey(device))

/** A device on probation stands back for others until somebody says a word: people are told, once for each firmware. */
export const tellOfFirmware = (turn: Turn, device: string): void => {
  const firmware = turn.state.devices.get(device)?.firmware
  clearAlert(turn, alertKey(device))
  if (firmware?.standing !== 'probation') return
  const { model, version, was } = firmware
  raiseAlert(turn, origin, {
    type: 'alert',
    key: alertKey(device),
    priority: 'normal',
    because: {
      code: 'probation.begun',
      params: { device, model, firmware: version ?? '?', wasFirmware: was?.version ?? '?' },
    },
    subject: { device },
  })
}

const firstSight = (turn: Turn, row: DeviceRow, said: Named) => {
  const judged = ofModel(turn.state, said)
  remember(turn, row.id, [nameOf(said), judged?.verdict ?? 'known'])
  const standing = judged?.verdict ?? 'known'
  putFirmware(turn, row, { ...said, standing, since: turn.at, by: judged?.by ?? null, was: null })
}

const changed = (turn: Turn, row: DeviceRow, { was, said }: { was: FirmwareRow; said: Named }) => {
  const own = judgedOf(turn.state, row.id).find(([name]) => name === nameOf(said))?.[1]
  const judged = ofModel(turn.state, said)
  const standing = own ?? judged?.verdict ?? 'probation'
  const { vendor, model, version } = was
  putFirmware(turn, row, {
    ...said,
    standing,
    since: turn.at,
    by: own === undefined ? (judged?.by ?? null) : null,
    was: { vendor, model, version },
  })
  turn.record({
    kind: 'device',
    device: row.id,
    code: 'firmware.changed',
    params: {
      standing,
      vendor: said.vendor,
      model: said.model,
      firmware: said.version ?? '',
      wasVendor: vendor,
      wasModel: model,
      wasFirmware: version ?? '',
    },
  })
  tellOfFirmware(turn, row.id)
  turn.stir()
}

/** What a device's manifest says of its firmware. */
export const noteFirmware = (turn: Turn, id: string, manifest: Manifest): void => {
  const row = turn.state.devices.get(id)
  if (row === undefined) return
  const said = named(manifest)
  const was = firmwareBefore(row)
  if (was === undefined) return firstSight(turn, row, said)
  const sameMachine = was.vendor === said.vendor && was.model === said.model
  if (row.firmware === undefined) remember(turn, id, [nameOf(was), 'known'])
  if (sameMachine && (said.version === null || said.version === was.version)) {
    if (row.firmware === undefined) putFirmware(turn, row, was)
    return
  }
  // It had never said which firmware it runs: this is the first sight of it.
  if (sameMachine && was.version === null) return firstSight(turn, row, said)
  changed(turn, row, { was, said })
}

const runsIt = (row: DeviceRow, { device, model, firmware }: FirmwareJudgement) =>
  (device === null ? row.firmware?.model === model : row.id === device) && row.firmware?.version === firmware

/** The latest word holds, also where a device was judged by itself before and comes back to that firmware later. */
const rememberForModel = (turn: Turn, { model, firmware, verdict }: FirmwareJudgement) => {
  for (const row of turn.state.devices.values())
    for (const [name] of judgedOf(turn.state, row.id)) {
      const [, ofModel, version] = JSON.parse(name) as [string, string, string | null]
      if (ofModel === model && version === firmware) remember(turn, row.id, [name, verdict])
    }
}

/** A person's word on a firmware; of a whole model it also holds for devices that come with it later. */
export const judgeFirmware = (turn: Turn, judgement: FirmwareJudgement): void => {
  const { verdict, device, model, firmware, by } = judgement
  if (device === null && firmware !== null) {
    turn.state.meta.put(modelKey(model, firmware), { verdict, by })
    rememberForModel(turn, judgement)
    turn.record({ kind: 'device', code: `firmware.${verdict}`, params: { by, model, firmware } })
  }
  for (const row of turn.state.devices.values()) {
    if (row.firmware === undefined || !runsIt(row, judgement)) continue
    remember(turn, row.id, [nameOf(row.firmware), verdict])
    putFirmware(turn, row, { ...row.firmware, standing: verdict, by })
    turn.record({
      kind: 'device',
      device: row.id,
      code: `firmware.${verdict}`,
      params: { by, model: row.firmware.model, firmware: firmware ?? '' },
    })
    tellOfFirmware(turn, row.id)
  }
  turn.stir()
}
