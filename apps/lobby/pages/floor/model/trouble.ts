/** What is wrong with a device, worst first: what a person should look at, and nothing that is only so. */
import type { LiveRow } from '#protocol/desk/live/tables.ts'

export type Trouble =
  | 'lost'
  | 'faulted'
  | 'keep-clear'
  | 'offline'
  | 'degraded'
  | 'blocked'
  | 'battery'
  | 'updating'

type Device = Pick<
  LiveRow<'devices'>,
  'link' | 'health' | 'willingness' | 'battery' | 'blockedSince' | 'inKeepClearSince'
>

export const lowBatteryPercent = 20

/** Out of service it troubles nobody. What it said of itself before its link broke is not known any more. */
export const troublesOf = (device: Device): readonly Trouble[] => {
  const { link, health, willingness, battery, blockedSince, inKeepClearSince } = device
  if (willingness === 'out-of-service') return []
  if (link === 'lost' || link === 'offline') return [link]
  if (link === 'unknown') return []
  const found: Trouble[] = []
  if (health === 'faulted') found.push('faulted')
  if (inKeepClearSince !== null) found.push('keep-clear')
  if (health === 'degraded') found.push('degraded')
  if (blockedSince !== null) found.push('blocked')
  if (battery !== null && !battery.charging && battery.percent < lowBatteryPercent) found.push('battery')
  if (health === 'updating') found.push('updating')
  return found
}

const urgent: ReadonlySet<Trouble> = new Set(['lost', 'faulted', 'keep-clear'])

export const toneOf = (troubles: readonly Trouble[]): 'urgent' | 'high' | 'normal' | undefined => {
  const [worst] = troubles
  if (worst === undefined) return undefined
  if (urgent.has(worst)) return 'urgent'
  return worst === 'updating' ? 'normal' : 'high'
}

const ranks = { urgent: 0, high: 1, normal: 2 } as const

/** For sorting: lower wants somebody sooner. */
export const rankOf = (device: Device): number => {
  const tone = toneOf(troublesOf(device))
  if (tone !== undefined) return ranks[tone]
  return device.willingness === 'open' ? 4 : 3
}
