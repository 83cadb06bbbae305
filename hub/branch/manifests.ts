/**
 * What a device says it can do, and the part of it the branch file lets it be asked for. The whole manifest is kept
 * beside the row, so that a changed branch file can widen it again.
 */
import type { Manifest } from '#protocol/messages.ts'
import type { BranchState } from '../engine/state.ts'
import type { Turn } from '../engine/turn.ts'
import { fileOf } from './rows.ts'

const metaKey = (device: string) => `manifest/${device}`

export const putManifest = (turn: Turn, device: string, said: Manifest) => {
  const { boot: _boot, n: _n, ...manifest } = said
  turn.state.meta.put(metaKey(device), { manifest })
}

/** @returns the manifest without the capabilities the branch file leaves out; null before the first. */
export const allowedManifest = (state: BranchState, device: string): Manifest | null => {
  const manifest = state.meta.get(metaKey(device))?.['manifest'] as Manifest | undefined
  if (manifest === undefined) return null
  const allowed = fileOf(state)?.devices.find((declared) => declared.id === device)?.capabilities
  if (allowed === undefined) return manifest
  const capabilities = Object.fromEntries(
    Object.entries(manifest.capabilities).filter(([name]) => allowed.includes(name)),
  )
  return { ...manifest, capabilities }
}

/** How long a value is known without further news, where its source does not declare a period. */
const defaultPeriodMs = 60_000

/** @returns how often this device reports that news. */
export const periodMs = (state: BranchState, device: string, news: string): number =>
  state.devices.get(device)?.manifest?.periods?.[news] ?? defaultPeriodMs
