/** States of a robot as the standard has them, in 2.1 and in 3.0, to be changed by a test. */

const header = (headerId: number, version: string) => ({
  headerId,
  timestamp: new Date(1_000_000 + headerId * 1_000).toISOString(),
  version,
  manufacturer: 'Acme',
  serialNumber: 'R001',
})

const common = {
  orderId: '',
  orderUpdateId: 0,
  lastNodeId: 'n-welcome',
  lastNodeSequenceId: 0,
  nodeStates: [] as unknown[],
  edgeStates: [] as unknown[],
  actionStates: [] as unknown[],
  driving: false,
  paused: false,
  operatingMode: 'AUTOMATIC',
  errors: [] as unknown[],
}

export const stateOfTwo = (headerId: number, more: object = {}) => ({
  ...header(headerId, '2.1.0'),
  ...common,
  batteryState: { batteryCharge: 80, charging: false },
  agvPosition: { x: 2, y: 5, theta: 0, mapId: 'lobby', positionInitialized: true },
  safetyState: { eStop: 'NONE', fieldViolation: false },
  ...more,
})

export const stateOfThree = (headerId: number, more: object = {}) => ({
  ...header(headerId, '3.0.0'),
  ...common,
  instantActionStates: [] as unknown[],
  powerSupply: { stateOfCharge: 80, charging: false },
  mobileRobotPosition: { x: 2, y: 5, theta: 0, mapId: 'lobby', localized: true },
  safetyState: { activeEmergencyStop: 'NONE', fieldViolation: false },
  ...more,
})

export const node = (nodeId: string, sequenceId: number) => ({ nodeId, sequenceId, released: true })
export const edge = (edgeId: string, sequenceId: number) => ({ edgeId, sequenceId, released: true })
