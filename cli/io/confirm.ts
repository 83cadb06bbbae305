/** Asks before what cannot be taken back; a script says `--yes` instead. */
import { createInterface } from 'node:readline/promises'
import { UsherError } from '#protocol/errors.ts'

/** Throws unless the person says yes. Without a terminal nobody can be asked. */
export const confirm = async (question: string, yes: boolean | undefined): Promise<void> => {
  if (yes === true) return
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new UsherError('command.unconfirmed', question)
  // What is asked is no part of the command's answer.
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await reader.question(`${question} Type yes to go on: `)
    if (answer.trim().toLowerCase() !== 'yes') throw new UsherError('command.unconfirmed')
  } finally {
    reader.close()
  }
}
