/**
 * Bounds what aedes keeps in memory: it has no limit on retained messages or on what waits for an absent client.
 * Nothing the hub promises is kept here; the truth is the hub's own store.
 */
import { Readable } from 'node:stream'
import type { Aedes, PublishPacket } from 'aedes'

interface StoredFor {
  readonly clientId: string
}

/** The part of aedes-persistence (memory) that is bounded here. */
interface MemoryStore {
  storeRetained(packet: PublishPacket): Promise<void>
  outgoingEnqueueCombi(subscriptions: readonly StoredFor[], packet: PublishPacket): Promise<void>
  outgoingClearMessageId(client: { id: string }, packet: unknown): Promise<unknown>
  streamWill(brokers: unknown): Readable
}

export interface StoreCaps {
  readonly retainedMax: number
  readonly offlineQueueMax: number
  onCapped(): void
}

const capRetained = (store: MemoryStore, caps: StoreCaps) => {
  const retained = new Set<string>()
  const storeRetained = store.storeRetained.bind(store)
  store.storeRetained = async (packet) => {
    if (packet.payload.length === 0) retained.delete(packet.topic)
    else if (!retained.has(packet.topic) && retained.size >= caps.retainedMax) {
      caps.onCapped()
      return
    } else retained.add(packet.topic)
    await storeRetained(packet)
  }
}

const capOfflineQueues = (store: MemoryStore, caps: StoreCaps) => {
  const waiting = new Map<string, number>()
  const enqueue = store.outgoingEnqueueCombi.bind(store)
  const clear = store.outgoingClearMessageId.bind(store)
  store.outgoingEnqueueCombi = async (subscriptions, packet) => {
    const room = subscriptions.filter(({ clientId }) => {
      const count = waiting.get(clientId) ?? 0
      if (count >= caps.offlineQueueMax) return false
      waiting.set(clientId, count + 1)
      return true
    })
    if (room.length < subscriptions.length) caps.onCapped()
    await enqueue(room, packet)
  }
  store.outgoingClearMessageId = async (client, packet) => {
    const cleared = await clear(client, packet)
    if (cleared === undefined) return cleared
    const left = (waiting.get(client.id) ?? 1) - 1
    if (left > 0) waiting.set(client.id, left)
    else waiting.delete(client.id)
    return cleared
  }
}

const storeOf = (aedes: Aedes): MemoryStore => (aedes as unknown as { persistence: MemoryStore }).persistence

/** For who comes later; who is there is told apart. */
export const keepRetained = (aedes: Aedes, packet: PublishPacket): Promise<void> =>
  storeOf(aedes).storeRetained(packet)

/** Wraps the memory store that aedes made for itself. */
export const capStore = (aedes: Aedes, caps: StoreCaps): void => {
  const persistence = storeOf(aedes)
  capRetained(persistence, caps)
  capOfflineQueues(persistence, caps)
  // Wills of other brokers that share a store: here there is no other broker.
  persistence.streamWill = () => Readable.from([])
}
