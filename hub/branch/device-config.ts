/**
 * What each device is told about the branch: mode, whether it may move, its built-in behaviours and its settings. Kept
 * as a retained message, so that a device that comes back finds it; the revision rises only when the content changed.
 */
import { hash } from 'node:crypto'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { DeviceConfig } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import { kioskSettings } from '../calls/kiosk.ts'
import { canonicalJson } from '../engine/canonical.ts'
import type { Turn } from '../engine/turn.ts'
import { kioskSale } from '../sales/kiosk.ts'
import { isScreen, programmeFor, programmeSource } from './content-programme.ts'
import { farDesk, isFarDeskOpen, nobodyHere, toldPeople } from './far-desk.ts'
import type { BranchFile } from './file.ts'
import { branchOf, fileOf } from './rows.ts'
import { branchDay } from './view.ts'

type DeclaredDevice = BranchFile['devices'][number]

interface KnownConfig {
  readonly revision: number
  /** The programme by its digest: it is the same for many, and the longest part by far. */
  readonly content: string
  /** Of it, what was told of calls, as it was spelled; absent: it tells nothing of them. */
  readonly calls?: string
}

const metaKey = (device: string) => `config/${device}`

/**
 * A behaviour that the device can switch off is off unless the branch file says on: the hub does the same thing itself,
 * and one visitor is greeted once.
 */
const builtInOf = (turn: Turn, device: DeclaredDevice): DeviceConfig['builtIn'] => {
  const manifest = turn.state.devices.get(device.id)?.manifest
  const switchable = (manifest?.builtIn ?? []).filter((item) => item.switchable)
  const off = Object.fromEntries(switchable.map((item) => [item.behaviour, 'off' as const]))
  return { ...off, ...device.builtIn }
}

/** Made and spelled once, however many screens of a zone there are. */
interface Spelled {
  readonly digest: string
  readonly text: string
}

/** By zone: screens of one zone play the same. */
type Programmes = Map<string | null, Spelled>

/** Nothing at all where the library is empty: such a branch says what it always said. */
const programmeOf = (turn: Turn, device: DeclaredDevice, made: Programmes): Spelled | undefined => {
  const file = fileOf(turn.state)
  if (!isScreen(device) || file === undefined || turn.state.contentItems.size === 0) return undefined
  const zone = device.zone ?? null
  const known = made.get(zone)
  if (known !== undefined) return known
  const source = programmeSource(turn.state, { file, day: branchDay(turn.state, turn.at) })
  const text = canonicalJson(programmeFor(source, zone))
  const spelled = { digest: hash('sha256', text), text }
  made.set(zone, spelled)
  return spelled
}

const farCallsOf = (state: Turn['state'], { id }: DeclaredDevice): DeviceConfig['settings'] => {
  if (farDesk(state) === undefined) return {}
  const plan = { ...nobodyHere, people: toldPeople(state) }
  const far = {
    open: isFarDeskOpen(state),
    beforeOf: ({ escalation }: CallRow) => state.asked.get(escalation)?.before ?? 0,
  }
  return { ...kioskSettings({ plan, experts: state.experts, calls: state.calls }, id, far) }
}

/** Nothing at all where the branch has no expert desk. */
const callsOf = ({ state }: Turn, device: DeclaredDevice): DeviceConfig['settings'] => {
  if (device.kind !== 'kiosk') return {}
  const plan = fileOf(state)?.experts
  if (plan === undefined) return farCallsOf(state, device)
  return { ...kioskSettings({ plan, experts: state.experts, calls: state.calls }, device.id) }
}

/** Nothing at all where nothing is recorded. */
const saleOf = ({ state }: Turn, { id, kind }: DeclaredDevice): DeviceConfig['settings'] => {
  const sale = kind === 'kiosk' ? kioskSale(state, id) : undefined
  return sale === undefined ? {} : { sale }
}

interface Refreshing {
  readonly made: Programmes
  readonly resend: boolean
}

interface Spelling {
  readonly programme: Spelled | undefined
  readonly calls: DeviceConfig['settings']
}

/** Everything but the revision, and of the programme its digest. */
const deviceConfig = (
  turn: Turn,
  device: DeclaredDevice,
  { programme, calls }: Spelling,
): Omit<DeviceConfig, 'revision'> => {
  const branch = branchOf(turn.state)
  return {
    epoch: turn.entry.epoch,
    mode: branch.mode,
    movement: branch.stopped === null ? 'allowed' : 'stopped',
    builtIn: builtInOf(turn, device),
    settings: {
      ...device.settings,
      ...(programme && { programme: programme.digest }),
      ...calls,
      ...saleOf(turn, device),
    },
  }
}

const spelledCalls = (calls: DeviceConfig['settings']): Pick<KnownConfig, 'calls'> =>
  Object.keys(calls).length === 0 ? {} : { calls: canonicalJson(calls) }

const refresh = (turn: Turn, device: DeclaredDevice, { made: programmes, resend }: Refreshing) => {
  const known = turn.state.meta.get(metaKey(device.id)) as KnownConfig | undefined
  const programme = programmeOf(turn, device, programmes)
  const calls = callsOf(turn, device)
  const made = deviceConfig(turn, device, { programme, calls })
  const content = canonicalJson(made)
  if (known?.content === content && !resend) return
  const revision = known?.content === content ? known.revision : (known?.revision ?? 0) + 1
  const config = canonicalJson({ ...made, revision })
  turn.state.meta.put(metaKey(device.id), { revision, content, ...spelledCalls(calls) })
  turn.state.outbox.put(`config/${device.id}`, {
    id: `config/${device.id}`,
    device: device.id,
    topic: topics.config(turn.entry.branch, device.id),
    // Put in as it is spelled already: all screens are told of each change of mode, and of a stop at once.
    payload: programme ? config.replace(`"${programme.digest}"`, () => programme.text) : config,
    retain: true,
    task: null,
    attempt: null,
    kind: 'config',
    at: turn.at,
    expiresAt: null,
    resendMs: turn.settings.resendMs,
  })
}

export const refreshConfigs = (turn: Turn) => {
  const refreshing = { made: new Map(), resend: false }
  for (const device of fileOf(turn.state)?.devices ?? []) refresh(turn, device, refreshing)
}

export const refreshConfig = (turn: Turn, id: string) => {
  const device = fileOf(turn.state)?.devices.find((declared) => declared.id === id)
  if (device !== undefined) refresh(turn, device, { made: new Map(), resend: false })
}

/** Something about calls has changed: of the other things that kiosks are told nothing is made anew for one that is told the same. */
export const refreshCalls = (turn: Turn) => {
  const refreshing = { made: new Map(), resend: false }
  for (const device of fileOf(turn.state)?.devices ?? []) {
    if (device.kind !== 'kiosk') continue
    const known = turn.state.meta.get(metaKey(device.id)) as KnownConfig | undefined
    if (known?.calls === undefined || known.calls !== spelledCalls(callsOf(turn, device)).calls)
      refresh(turn, device, refreshing)
  }
}

/** After a start the broker has forgotten what it retained. */
export const resendConfigs = (turn: Turn) => {
  const refreshing = { made: new Map(), resend: true }
  for (const device of fileOf(turn.state)?.devices ?? []) refresh(turn, device, refreshing)
}

/** A removed device is told nothing more; declared again, its revision goes on from where it was. */
export const withholdConfig = (turn: Turn, id: string) => turn.state.outbox.drop(`config/${id}`)
