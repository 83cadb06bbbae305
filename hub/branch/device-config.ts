/**
 * What each device is told about the branch: mode, whether it may move, its built-in behaviours and its settings. Kept
 * as a retained message, so that a device that comes back finds it; the revision rises only when the content changed.
 */
import type { DeviceConfig } from '#protocol/messages.ts'
import { topics } from '#protocol/topics.ts'
import { canonicalJson } from '../engine/canonical.ts'
import type { Turn } from '../engine/turn.ts'
import type { BranchFile } from './file.ts'
import { branchOf, fileOf } from './rows.ts'

type DeclaredDevice = BranchFile['devices'][number]

interface KnownConfig {
  readonly revision: number
  readonly content: string
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

/** Everything but the revision. */
export const deviceConfig = (turn: Turn, device: DeclaredDevice): Omit<DeviceConfig, 'revision'> => {
  const branch = branchOf(turn.state)
  return {
    epoch: turn.entry.epoch,
    mode: branch.mode,
    movement: branch.stopped === null ? 'allowed' : 'stopped',
    builtIn: builtInOf(turn, device),
    settings: device.settings,
  }
}

const refresh = (turn: Turn, device: DeclaredDevice, resend: boolean) => {
  const known = turn.state.meta.get(metaKey(device.id)) as KnownConfig | undefined
  const made = deviceConfig(turn, device)
  const content = canonicalJson(made)
  if (known?.content === content && !resend) return
  const revision = known?.content === content ? known.revision : (known?.revision ?? 0) + 1
  turn.state.meta.put(metaKey(device.id), { revision, content })
  turn.state.outbox.put(`config/${device.id}`, {
    id: `config/${device.id}`,
    device: device.id,
    topic: topics.config(turn.entry.branch, device.id),
    payload: canonicalJson({ ...made, revision }),
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
  for (const device of fileOf(turn.state)?.devices ?? []) refresh(turn, device, false)
}

export const refreshConfig = (turn: Turn, id: string) => {
  const device = fileOf(turn.state)?.devices.find((declared) => declared.id === id)
  if (device !== undefined) refresh(turn, device, false)
}

/** After a start the broker has forgotten what it retained. */
export const resendConfigs = (turn: Turn) => {
  for (const device of fileOf(turn.state)?.devices ?? []) refresh(turn, device, true)
}

/** A removed device is told nothing more; declared again, its revision goes on from where it was. */
export const withholdConfig = (turn: Turn, id: string) => turn.state.outbox.drop(`config/${id}`)
