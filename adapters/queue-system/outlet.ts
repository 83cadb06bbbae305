/** Where what the queue system told goes out to the hub. */
import type { EventData } from '#protocol/events.ts'
import type { DeviceHandle } from '../sdk/adapter.ts'

type Name = 'ticket.issued' | 'ticket.called' | 'ticket.ended' | 'counter.changed' | 'queue.snapshot'
export type QueueEvent = { [N in Name]: { readonly name: N; readonly data: EventData<N> } }[Name]

/** @returns whether the contract lets it out. */
export const emit = (device: Pick<DeviceHandle, 'emit'>, event: QueueEvent): boolean => {
  switch (event.name) {
    case 'ticket.issued':
      return device.emit(event.name, event.data).sent
    case 'ticket.called':
      return device.emit(event.name, event.data).sent
    case 'ticket.ended':
      return device.emit(event.name, event.data).sent
    case 'counter.changed':
      return device.emit(event.name, event.data).sent
    case 'queue.snapshot':
      return device.emit(event.name, event.data).sent
  }
}
