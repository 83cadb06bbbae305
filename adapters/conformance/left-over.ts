/**
 * What a start of the program says for the one before it: events and reports that waited on its disk, sent before its
 * birth with the boot and the numbers that they had, and a state under that boot, whose acknowledgement shows that all of
 * them have arrived. They are no word about the new start.
 */
import type { Message } from './transcript.ts'

const channels: ReadonlySet<string> = new Set(['event', 'report', 'state'])
const waits = ({ parts }: Message) => parts !== undefined && channels.has(parts.channel)

export const leftOver = (messages: readonly Message[]): ReadonlySet<Message> => {
  const found = new Set<Message>()
  const early = new Map<string, Message[]>()
  for (const message of messages) {
    const { from, parts, connection, body } = message
    if (from !== 'device' || parts === undefined || parts.channel === 'hub') continue
    const line = `${connection}/${parts.device}`
    const before = early.get(line) ?? []
    early.set(line, before)
    if (waits(message)) before.push(message)
    if (parts.channel !== 'presence') continue
    for (const one of before) if (one.body?.['boot'] !== body?.['boot']) found.add(one)
    before.length = 0
  }
  return found
}
