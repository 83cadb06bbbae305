/** What each kind of simulated device is and can do: its manifest, as data. */
import type { CapabilityName } from '#protocol/capabilities.ts'
import type { DeviceKind } from '#protocol/device-kinds.ts'
import type { Manifest } from '#protocol/messages.ts'
import type { Behaviour } from './behaviour.ts'

export const simulatedKinds = ['robot', 'screen', 'kiosk', 'camera', 'ticket-machine'] as const
export type SimulatedKind = (typeof simulatedKinds)[number] & DeviceKind

interface Kind {
  readonly model: string
  readonly capabilities: readonly CapabilityName[]
  /** Acts with the offer, without waiting for the hub's start. */
  readonly immediate: boolean
  /** How words reach people. */
  readonly voice: 'said' | 'shown'
  readonly battery: boolean
  /** How often it tells each kind of news: past that, the hub holds the value for unknown. */
  readonly periods: Readonly<Record<string, number>>
}

export const kinds: Readonly<Record<SimulatedKind, Kind>> = {
  robot: {
    model: 'Walker',
    capabilities: ['greet', 'guide', 'announce', 'promote', 'offer-service', 'dock'],
    immediate: false,
    voice: 'said',
    battery: true,
    periods: {},
  },
  screen: {
    model: 'Pane',
    capabilities: ['greet', 'display', 'promote', 'offer-service'],
    immediate: true,
    voice: 'shown',
    battery: false,
    periods: {},
  },
  kiosk: {
    model: 'Counterpart',
    capabilities: ['display', 'promote'],
    immediate: true,
    voice: 'shown',
    battery: false,
    periods: {},
  },
  camera: {
    model: 'Eye',
    capabilities: [],
    immediate: false,
    voice: 'shown',
    battery: false,
    periods: { 'zone.count': 15_000 },
  },
  'ticket-machine': {
    model: 'Numbers',
    capabilities: ['manage-ticket', 'promote'],
    immediate: true,
    voice: 'shown',
    battery: false,
    periods: { 'queue.snapshot': 20_000 },
  },
}

export const manifestOf = (kind: SimulatedKind, behaviour: Behaviour): Omit<Manifest, 'boot' | 'n'> => {
  const { model, capabilities, immediate, periods } = kinds[kind]
  return {
    kind,
    vendor: 'Usher simulators',
    model: behaviour.model ?? model,
    firmware: behaviour.firmware,
    capabilities: Object.fromEntries(
      capabilities
        .filter((name) => !behaviour.lacks.includes(name))
        .map((name) => [
          name,
          { languages: behaviour.languages, immediate: behaviour.immediate ?? immediate },
        ]),
    ),
    languages: behaviour.languages,
    guarantees: {
      acknowledges: true,
      cancels: true,
      deduplicates: true,
      keepsTime: behaviour.keepsTime,
    },
    ...(behaviour.alone !== undefined && {
      builtIn: [{ behaviour: behaviour.alone.behaviour, switchable: behaviour.alone.switchable }],
    }),
    periods: { ...periods, ...behaviour.periods },
    heartbeatMs: behaviour.stateEveryMs,
    ...(behaviour.walk !== undefined && { metresPerSecond: behaviour.walk.metresPerSecond / behaviour.pace }),
  }
}
