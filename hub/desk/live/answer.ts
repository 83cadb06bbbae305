/**
 * Does what a page asks, once for each key. A page that got no answer asks again with the same key, after whatever
 * happened: the entry that was made carries the key, so that the journal itself knows.
 */
import type { CommandAnswer, CommandCall, CommandKey } from '#protocol/desk/live/line.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Numbering } from '../../engine/entry.ts'
import type { Engine } from '../../engine/open-engine.ts'
import { isForgotten, isSeen } from '../../engine/seen.ts'
import { type AskedParts, type Asker, commandOf, requestOf } from './asked.ts'

export interface AnswerParts extends AskedParts {
  readonly engine: Pick<Engine, 'read' | 'flows' | 'submit' | 'position'>
}

type Done = Extract<CommandAnswer, { done: true }>

const senderOf = ({ name }: Asker) => `desk/${name}`

const fateOf = ({ engine }: AnswerParts, numbering: Numbering & { sender: string }) =>
  engine.read((state): 'done' | 'forgotten' | 'new' => {
    const row = state.seen.get(numbering.sender)
    if (isSeen(row, numbering)) return 'done'
    return isForgotten(row, numbering) ? 'forgotten' : 'new'
  })

const numberingOf = (asker: Asker, { boot, n }: CommandKey) => ({ boot, n, sender: senderOf(asker) })

/** @throws UsherError why it is not done. */
export const answerCall = async (parts: AnswerParts, call: CommandCall, asker: Asker): Promise<Done> => {
  const numbering = numberingOf(asker, call.key)
  const request = requestOf(call, asker)
  const named = request === undefined ? {} : { request }
  try {
    const made = await commandOf(call, asker, parts)
    const { seq, at } = await parts.engine.submit({ body: { kind: 'command', command: made }, numbering })
    return { done: true, seq, at, ...named }
  } catch (error) {
    // What was done can often not be done a second time: that is no failure.
    const fate = await fateOf(parts, numbering)
    if (fate === 'forgotten') throw new UsherError('command.forgotten')
    if (fate === 'new') throw error
    return { done: true, seq: null, at: parts.engine.position().at, ...named }
  }
}
