/** One round of the simulated sensors: at each of them somebody comes and goes again. */
import {
  axisEvent,
  type FrigateObject,
  frigateEvent,
  milesightLine,
  milesightRegions,
  onvifEvent,
  xovisCounts,
  xovisLive,
} from './documented.ts'

export interface Said {
  readonly topic: string
  readonly payload: string
  readonly retain?: boolean
}

export const vendors = ['frigate', 'onvif', 'axis', 'milesight', 'xovis'] as const
export type SimulatedVendor = (typeof vendors)[number]

/** As Frigate makes its ids: the time, and a few letters and digits. */
const idOf = (at: number, round: number) =>
  `${(at / 1_000).toFixed(6)}-${round.toString(36).padStart(6, 'a')}`

const frigateRound = (round: number, at: number): Said[] => {
  const outside: FrigateObject = {
    id: idOf(at, round),
    camera: 'front_door',
    at,
    since: at,
    zones: ['doorstep'],
    entered: ['doorstep'],
  }
  const inside = { ...outside, at: at + 40, zones: ['lobby'], entered: ['doorstep', 'lobby'] }
  const gone = { ...inside, at: at + 80, zones: [] }
  const events = 'frigate/events'
  return [
    { topic: events, payload: frigateEvent('new', outside, outside) },
    { topic: events, payload: frigateEvent('update', outside, inside) },
    { topic: 'frigate/lobby/person', payload: '1' },
    { topic: events, payload: frigateEvent('end', inside, gone) },
    { topic: 'frigate/lobby/person', payload: '0' },
  ]
}

const onvifRound = (round: number, at: number): Said[] => {
  const topic = 'CameraWest/onvif-ej/RuleEngine'
  const source = (rule: string) => ({ VideoSource: '1', AnalyticsConfiguration: '2', Rule: rule })
  return [
    {
      topic: `${topic}/LineDetector/Crossed/&1/2/Door`,
      payload: onvifEvent(at, source('Door'), { ObjectId: String(round) }),
    },
    {
      topic: `${topic}/CountAggregation/OccupancyCounter/&1/2/Hall`,
      payload: onvifEvent(at, source('Hall'), { Count: String(round % 9) }),
      retain: true,
    },
  ]
}

const axisRound = (round: number, at: number): Said[] => {
  const topic = 'axis/B8A44F000001/event/tns:axis/CameraApplicationPlatform/ObjectAnalytics'
  const total = String(round)
  const started = new Date(at - 3_600_000).toISOString()
  const crossed = { startTime: started, reason: 'human', total, totalHuman: total, totalCar: '0' }
  const there = { scenario: 'Occupancy', reason: 'human', total: String(round % 7), human: String(round % 7) }
  return [
    { topic: `${topic}/Device1Scenario1`, payload: axisEvent('Device1Scenario1', at, crossed) },
    { topic: `${topic}/Device1Scenario2`, payload: axisEvent('Device1Scenario2', at, there) },
  ]
}

const milesightRound = (round: number, at: number): Said[] => [
  { topic: 'milesight/6384E16179950009', payload: milesightLine(at, 1, { in: 1, out: 0 }) },
  { topic: 'milesight/6600B0940976', payload: milesightRegions(at, [1, 2], [round % 5, round % 3]) },
]

const xovisRound = (round: number, at: number): Said[] => [
  {
    topic: 'xovis/live',
    payload: xovisLive(round, at, [
      { type: 'TRACK_CREATE', track: round },
      { type: 'LINE_CROSS_FORWARD', track: round, geometry: 2 },
    ]),
  },
  { topic: 'xovis/counts', payload: xovisCounts(round, at, { 1: { balance: round % 6 } }) },
]

const rounds = {
  frigate: frigateRound,
  onvif: onvifRound,
  axis: axisRound,
  milesight: milesightRound,
  xovis: xovisRound,
} as const satisfies Record<SimulatedVendor, (round: number, at: number) => Said[]>

export const roundOf = (vendor: SimulatedVendor, round: number, at: number): Said[] =>
  rounds[vendor](round, at)

const milesightSensors = {
  '6384E16179950009': {
    device: 'camera-milesight-line',
    lines: { '1': { zone: 'entrance', direction: 'in', from: 'trigger' } },
  },
  '6600B0940976': {
    device: 'camera-milesight-region',
    regions: { '1': { zone: 'waiting' }, '2': { zone: 'kiosks' } },
  },
}

/** What the adapter has to be told to hear these sensors. */
export const sourceFor = {
  frigate: {
    name: 'frigate',
    vendor: 'frigate',
    cameras: {
      front_door: {
        device: 'camera-frigate',
        zones: { lobby: { zone: 'entrance', direction: 'in' } },
        crossings: [{ from: 'doorstep', to: 'lobby', zone: 'entrance', direction: 'in' }],
      },
    },
    counts: { lobby: { device: 'camera-frigate', zone: 'entrance' } },
  },
  onvif: {
    name: 'onvif',
    vendor: 'onvif',
    devices: [
      {
        device: 'camera-onvif',
        prefix: 'CameraWest',
        rules: [
          { kind: 'line', rule: 'Door', zone: 'entrance', direction: 'in' },
          { kind: 'occupancy', rule: 'Hall', zone: 'waiting' },
        ],
      },
    ],
  },
  axis: {
    name: 'axis',
    vendor: 'axis',
    cameras: [
      {
        device: 'camera-axis',
        prefix: 'axis/B8A44F000001',
        scenarios: {
          Device1Scenario1: { kind: 'crossline', zone: 'entrance', direction: 'in' },
          Device1Scenario2: { kind: 'occupancy', zone: 'waiting' },
        },
      },
    ],
  },
  milesight: {
    name: 'milesight',
    vendor: 'milesight',
    mqtt: { topics: ['milesight/#'] },
    sensors: milesightSensors,
  },
  xovis: {
    name: 'xovis',
    vendor: 'xovis',
    mqtt: { topics: ['xovis/#'] },
    sensors: {
      '00:6E:02:00:00:01': {
        device: 'camera-xovis',
        lines: { '2': { zone: 'entrance', direction: 'in' } },
        counts: { '1': { zone: 'waiting' } },
      },
    },
  },
} as const satisfies Record<SimulatedVendor, object>
