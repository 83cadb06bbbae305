/** A map with places of the demonstration branch, and how the library's robots are configured. */

export const places = {
  'welcome-spot': { nodeId: 'n-welcome', x: 2, y: 5, mapId: 'lobby', zone: 'entrance' },
  'hall-spot': { nodeId: 'n-hall', x: 8, y: 8, mapId: 'lobby', zone: 'waiting' },
  'far-spot': { nodeId: 'n-far', x: 80, y: 8, mapId: 'lobby', zone: 'waiting' },
  'charger-1': { nodeId: 'n-charger', x: 9, y: 0, mapId: 'lobby', zone: 'kiosks' },
}

const speaks = { greet: { actionType: 'greet', parameters: { text: '{text}' } } }

/** As the library's robots are: 2.0.0, with the list of instant actions under its old name. */
export const virtualRobot = (device: string, serialNumber: string, more: object = {}) => ({
  device,
  manufacturer: 'Acme',
  serialNumber,
  version: '2.0.0',
  actions: { ...speaks, announce: { ...speaks.greet, actionType: 'announce' } },
  charging: 'action',
  quirks: { instantActionsKey: 'both' },
  ...more,
})
