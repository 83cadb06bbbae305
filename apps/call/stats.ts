/** What a browser reports of one connection, as the few figures that anything here is decided by. */
import type { Measured } from './ladder.ts'
import type { Incoming } from './quality.ts'

export interface Looked {
  readonly incoming: Incoming
  readonly outgoing: Measured
}

interface Row {
  readonly type: string
  readonly kind?: string
  readonly packetsReceived?: number
  readonly packetsLost?: number
  readonly framesDecoded?: number
  readonly fractionLost?: number
  readonly roundTripTime?: number
  readonly id?: string
  readonly selectedCandidatePairId?: string
  readonly currentRoundTripTime?: number
}

const sum = (rows: readonly Row[], of: 'packetsReceived' | 'packetsLost' | 'framesDecoded') =>
  rows.reduce((all, row) => all + (row[of] ?? 0), 0)

const inMs = (seconds: number | undefined) => (seconds === undefined ? null : seconds * 1_000)

export const readStats = async (connection: RTCPeerConnection): Promise<Looked> => {
  const rows: Row[] = []
  // It is a map of what the specification calls dictionaries, each with fields of its own.
  ;(await connection.getStats()).forEach((row: Row) => rows.push(row))
  const coming = rows.filter(({ type }) => type === 'inbound-rtp')
  const inUse = rows.find(({ type }) => type === 'transport')?.selectedCandidatePairId
  const pair = rows.find(({ id }) => id !== undefined && id === inUse)
  const reported = rows.find(({ type, kind }) => type === 'remote-inbound-rtp' && kind === 'video')
  const rttMs = inMs(pair?.currentRoundTripTime)
  return {
    incoming: {
      packets: sum(coming, 'packetsReceived'),
      lost: sum(coming, 'packetsLost'),
      frames: sum(coming, 'framesDecoded'),
      rttMs,
    },
    outgoing: { loss: reported?.fractionLost ?? null, rttMs: inMs(reported?.roundTripTime) ?? rttMs },
  }
}
