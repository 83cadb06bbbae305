/**
 * The line between a device process and whoever started it: what it does goes up, what people do with it and say to it
 * comes down. Only a fleet has such a line; a device alone does without.
 */
import type { EventData, EventName } from '#protocol/events.ts'
import type { SimulatedDevice } from './device.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { KioskUse } from './kiosk-use.ts'
import type { Answer, People, Question } from './ports.ts'

export type ToParent =
  | { readonly type: 'entry'; readonly entry: JournalEntry }
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }

export type ToChild =
  | { readonly type: 'sense'; readonly name: EventName; readonly data: EventData<EventName> }
  | { readonly type: 'use'; readonly use: KioskUse }
  | { readonly type: 'fault'; readonly reason?: string }
  | { readonly type: 'stream'; readonly name: string; readonly data: object }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer }

export interface ParentLine {
  readonly people: People
  serve(device: SimulatedDevice): void
}

export const createParentLine = (send: (message: ToParent) => void): ParentLine => {
  const replies = new Map<number, (answer: Answer) => void>()
  let asked = 0
  return {
    people: {
      ask(question, reply) {
        asked += 1
        replies.set(asked, reply)
        send({ type: 'ask', id: asked, question })
      },
    },
    serve(device) {
      device.listen((entry) => send({ type: 'entry', entry }))
      process.on('message', (message) => {
        const told = message as ToChild
        if (told.type === 'sense') device.sense(told.name, told.data)
        if (told.type === 'use') device.use(told.use)
        if (told.type === 'fault') device.setFault(told.reason)
        if (told.type === 'stream') device.stream(told.name, told.data)
        if (told.type !== 'answer') return
        replies.get(told.id)?.(told.answer)
        replies.delete(told.id)
      })
    },
  }
}
