/** How one robot is spoken to: what differs between VDA 5050 2.0, 2.1 and 3.0, and between robots of one version. */

export interface Dialect {
  readonly version: string
  readonly manufacturer: string
  readonly serialNumber: string
  readonly interfaceName: string
  readonly instantActionsKey: 'actions' | 'instantActions' | 'both'
}

export interface Speaker {
  readonly version: string
  readonly manufacturer: string
  readonly serialNumber: string
  readonly interfaceName?: string | undefined
  readonly quirks: { readonly instantActionsKey: Dialect['instantActionsKey'] }
}

export const isThree = ({ version }: Pick<Dialect, 'version'>) => version.startsWith('3.')

export const dialectOf = (speaker: Speaker): Dialect => ({
  version: speaker.version,
  manufacturer: speaker.manufacturer,
  serialNumber: speaker.serialNumber,
  interfaceName: speaker.interfaceName ?? (isThree(speaker) ? 'vda5050' : 'uagv'),
  instantActionsKey: speaker.quirks.instantActionsKey,
})

export type Outbound = 'order' | 'instantActions'
export const inbound = ['state', 'connection', 'factsheet'] as const
export type Inbound = (typeof inbound)[number]

/** 2.0 6.3: interface, major version, manufacturer, serial number, topic. */
export const topicOf = (dialect: Dialect, leaf: Inbound | Outbound) =>
  [
    dialect.interfaceName,
    isThree(dialect) ? 'v3' : 'v2',
    dialect.manufacturer,
    dialect.serialNumber,
    leaf,
  ].join('/')

export interface Header {
  readonly headerId: number
  readonly timestamp: string
  readonly version: string
  readonly manufacturer: string
  readonly serialNumber: string
}

const wrapAt = 2 ** 32

/** Counts each topic by itself, as an unsigned number of 32 bits (6.5). */
export const createHeaders = (dialect: Dialect, now: () => number) => {
  const next: Record<Outbound, number> = { order: 0, instantActions: 0 }
  return (topic: Outbound): Header => {
    const headerId = next[topic]
    next[topic] = (headerId + 1) % wrapAt
    const { version, manufacturer, serialNumber } = dialect
    return { headerId, timestamp: new Date(now()).toISOString(), version, manufacturer, serialNumber }
  }
}
