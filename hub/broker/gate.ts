/** Counts sockets by address and paces new ones, whichever door they come to, before a byte is read of them. */
import type net from 'node:net'
import type { Clock } from '../engine/hub-time.ts'
import type { BrokerLimits } from './limits.ts'
import type { BrokerMetrics } from './metrics.ts'
import { createBucket } from './rates.ts'

export interface GateParts {
  readonly clock: Clock
  readonly limits: BrokerLimits
  readonly metrics: BrokerMetrics
}

export interface Gate {
  /** @returns false: it is closed already. */
  admit(socket: net.Socket): boolean
  destroyAll(): void
}

export const isLoopback = (host: string): boolean =>
  host === '::1' || host === 'localhost' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host)

export const createGate = ({ clock, limits, metrics }: GateParts): Gate => {
  const byAddress = new Map<string, number>()
  const sockets = new Set<net.Socket>()
  const pace = createBucket(limits.connectsPerSecond, limits.connectsBurst, () => clock.monotonicMs())
  const admit = (socket: net.Socket): boolean => {
    const address = socket.remoteAddress ?? ''
    const count = byAddress.get(address) ?? 0
    const crowded = !isLoopback(address) && count >= limits.connectionsPerAddressMax
    if (crowded || sockets.size >= limits.connectionsMax || !pace.take()) {
      metrics.count('connect.too-many', null)
      socket.destroy()
      return false
    }
    byAddress.set(address, count + 1)
    sockets.add(socket)
    socket.setNoDelay(true)
    // Errors of a connection are its end; aedes listens too, but not before the handshake is done.
    socket.on('error', () => undefined)
    socket.once('close', () => {
      sockets.delete(socket)
      const left = (byAddress.get(address) ?? 1) - 1
      if (left > 0) byAddress.set(address, left)
      else byAddress.delete(address)
    })
    return true
  }
  return {
    admit,
    destroyAll: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}
