/** Where an expert stands: what the desk has for them now. One of these is shown, and nothing beside it. */
import type { LiveCall, LiveExpert } from '#protocol/desk/live/call-rows.ts'
import { ringOf } from './guest.ts'

export type Stage =
  /** The branch file does not list this account. */
  | { readonly at: 'nobody' }
  | { readonly at: 'offline' | 'break' | 'away' | 'ready'; readonly expert: LiveExpert }
  | { readonly at: 'ringing'; readonly expert: LiveExpert; readonly call: LiveCall; readonly ring: Ring }
  | { readonly at: 'call' | 'wrap-up'; readonly expert: LiveExpert; readonly call: LiveCall }

export type Ring = NonNullable<LiveCall['ring']>

const heldStates: ReadonlySet<LiveCall['state']> = new Set(['accepted', 'in-call', 'resuming'])

export const stageOf = (expert: LiveExpert | undefined, calls: readonly LiveCall[]): Stage => {
  if (expert === undefined) return { at: 'nobody' }
  const call = calls.find(({ id }) => id === expert.call)
  const ring = call === undefined ? null : ringOf(call, expert.id)
  if (call !== undefined && ring !== null) return { at: 'ringing', expert, call, ring }
  const isIn = call?.expert === expert.id || call?.guest?.expert === expert.id
  if (call !== undefined && isIn && heldStates.has(call.state)) return { at: 'call', expert, call }
  if (call?.expert === expert.id && call.state === 'wrap-up') return { at: 'wrap-up', expert, call }
  return { at: expert.presence === 'available' ? 'ready' : expert.presence, expert }
}
