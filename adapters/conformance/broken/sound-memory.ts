/** What the sound device remembers across its own restarts: one JSON line for each thing that happened. */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Report, TaskMessage } from '#protocol/messages.ts'

export type Offer = Extract<TaskMessage, { kind: 'offer' }>
export type Body = Omit<Report, 'attempt' | 'epoch' | 'boot' | 'n'>

export interface Attempt {
  readonly task: string
  readonly attempt: number
  readonly epoch: number
  offer?: Offer
  phase: 'new' | 'accepted' | 'begun' | 'ended'
  last?: Body
}

export type Line = { readonly epoch: number } | Attempt

export const keyOf = ({ task, attempt, epoch }: Pick<Attempt, 'task' | 'attempt' | 'epoch'>) =>
  `${task}/${attempt}/${epoch}`

export const readLines = (file: string): Line[] => {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

export const writeLine = (file: string, line: Line) => {
  mkdirSync(dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify(line)}\n`)
}
