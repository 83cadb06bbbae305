/** Who comes in when: a staged first minute that shows the branch at work, then calm and rush in turn, without end. */
import { between, pick } from '../devices/chance.ts'
import type { Chance } from '../devices/ports.ts'
import type { World } from './world.ts'

export interface Arrival {
  readonly service: string
  readonly language: string
  readonly party: number
  /** Already sits and waits when the lobby begins. */
  readonly seated: boolean
  /** Knows the way: straight to the ticket machine, or straight to a kiosk. */
  readonly hurry: 'no' | 'ticket' | 'kiosk'
  readonly booked: boolean
}

interface Staged extends Partial<Arrival> {
  readonly atMs: number
  readonly service: string
}

/** Calm enough for promotions at first; a rush from the twenty-eighth second, for diversions. */
const firstMinute: readonly Staged[] = [
  { atMs: 500, service: 'account', seated: true },
  { atMs: 700, service: 'account', seated: true },
  { atMs: 900, service: 'cash', seated: true },
  { atMs: 3_000, service: 'card' },
  { atMs: 12_000, service: 'cash', language: 'en' },
  { atMs: 21_000, service: 'account', party: 2 },
  ...[28_000, 29_000, 30_000, 31_500, 32_500, 33_500, 35_000].map(
    (atMs): Staged => ({ atMs, service: 'card', hurry: 'ticket' }),
  ),
  { atMs: 37_000, service: 'cash', hurry: 'kiosk' },
  { atMs: 46_000, service: 'corporate' },
  { atMs: 56_000, service: 'card', booked: true },
]

const roundMs = 150_000
const rushFromMs = 130_000
/** A lobby of this size is full: whoever sees that comes back later. */
export const presentMax = 28

export const createArrivals = ({ world, chance }: { world: World; chance: Chance }) => {
  const draw = (about: string, index: number) => chance('arrival', about, `${index}`)
  const whole = (index: number, some: Partial<Arrival>): Arrival => ({
    service: serviceFor(world, draw('service', index)),
    language: draw('language', index) < 0.8 ? 'zh' : 'en',
    party: draw('party', index) < 0.12 ? 2 : 1,
    seated: false,
    hurry: pick(['no', 'no', 'no', 'no', 'ticket', 'kiosk'] as const, draw('hurry', index)) ?? 'no',
    booked: draw('booked', index) < 0.05,
    ...some,
  })

  return {
    /** @returns who comes as the nth, and when, in milliseconds from the start, given when the one before came. */
    next(index: number, beforeMs: number): { readonly atMs: number; readonly arrival: Arrival } {
      const staged = firstMinute[index]
      if (staged !== undefined) {
        const { atMs, ...some } = staged
        return { atMs, arrival: whole(index, { party: 1, hurry: 'no', booked: false, ...some }) }
      }
      const rush = beforeMs % roundMs >= rushFromMs
      const gapMs = rush
        ? between(2_000, 3_600, draw('gap', index))
        : between(10_000, 20_000, draw('gap', index))
      return {
        atMs: beforeMs + gapMs,
        arrival: whole(index, rush && draw('rush', index) < 0.7 ? { service: 'card', hurry: 'ticket' } : {}),
      }
    },
  }
}

const serviceFor = (world: World, draw: number): string => {
  const total = world.services.reduce((sum, { share }) => sum + share, 0)
  let left = draw * total
  for (const { id, share } of world.services) {
    left -= share
    if (left < 0) return id
  }
  return world.services[0]?.id ?? ''
}
