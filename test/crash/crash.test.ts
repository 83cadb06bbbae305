/** A short crash run, and proof that the judge would see what it is there to see. The long one: `npm run test:crash`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import { createDice } from '../sim/chance.ts'
import type { Evidence } from './evidence.ts'
import { figuresOf } from './figures.ts'
import { findPorts } from './free-ports.ts'
import { judge } from './judge.ts'
import { type Plan, planRound } from './plan.ts'
import { type CrashOptions, type Outcome, runCrashes } from './run.ts'
import type { Answer } from './staff.ts'

const folders: string[] = []
const crash = async (
  options: Pick<CrashOptions, 'rounds' | 'seed' | 'plan' | 'preload' | 'unsettled'>,
): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), 'usher-crash-'))
  folders.push(folder)
  return runCrashes({ ports: await findPorts(), folder, ...options })
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** Every moment at which it can die: after its start, and early enough that a slow machine comes to it. */
const moments: readonly Pick<Plan, 'point' | 'after'>[] = [
  { point: undefined, after: 'acknowledged' },
  { point: 'committing:3', after: 'asking' },
  { point: 'committed:5', after: 'asking' },
  { point: undefined, after: 'asking' },
  { point: 'sent:2', after: 'asking' },
  { point: 'applied:6', after: 'asking' },
  { point: undefined, after: 'answered' },
  { point: 'sent:4', after: 'asking' },
]
const seed = 'short-26'
const atEveryMoment = (round: number): Plan => ({
  ...planRound(createDice(seed), round),
  ...(moments[(round - 1) % moments.length] as (typeof moments)[number]),
})

describe('a branch whose hub is killed under load', { timeout: 120_000 }, () => {
  let outcome: Outcome
  beforeAll(async () => {
    outcome = await crash({ rounds: moments.length, seed, plan: atEveryMoment })
  }, 120_000)

  it('loses nothing it acknowledged, does nothing twice and ends every task', () => {
    expect(outcome.broken).toEqual([])
    const { acknowledged, begun, visitsGreeted, restarts, answers, ends } = figuresOf(outcome)
    expect(acknowledged).toBeGreaterThan(150)
    expect(begun).toBeGreaterThan(10)
    expect(visitsGreeted).toBeGreaterThan(3)
    expect(restarts).toBeGreaterThanOrEqual(8)
    // How many a busy machine finds time for is not promised; that there were some is.
    expect(answers['accepted']).toBeGreaterThan(3)
    expect(answers['done']).toBeGreaterThan(3)
    const ended = ['acknowledged', 'answered', 'applied', 'asking', 'committed', 'committing', 'sent']
    expect(Object.keys(ends).sort()).toEqual(ended)
  })

  describe('its judge', () => {
    const broken = (change: Partial<Evidence>) =>
      judge({ ...outcome.evidence, ...change }).map(({ promise }) => promise)
    const withLines = (...lines: readonly JournalEntry[]) => ({ logs: [...outcome.evidence.logs, ...lines] })
    const begun = () => {
      const line = outcome.evidence.logs.find(
        (entry) => entry.kind === 'begun' && entry.capability === 'greet' && entry.visit !== undefined,
      )
      if (line?.kind !== 'begun') throw new Error('nobody was greeted')
      return line
    }

    it('sees a second greeting', () => {
      expect(broken(withLines({ ...begun(), device: 'robot-9', task: 't-other' }))).toEqual([
        'a visit was greeted twice',
      ])
    })

    it('sees an attempt begun again, and a task begun by a second attempt', () => {
      expect(broken(withLines(begun()))).toContain('an attempt was begun twice')
      expect(broken(withLines({ ...begun(), attempt: 9 }))).toContain(
        'a task that may happen once was begun twice',
      )
    })

    it('sees an acknowledged event that is not in the journal', () => {
      const entries = outcome.evidence.entries.filter(
        ({ numbering }, index, all) =>
          index !== all.findIndex((entry) => entry.body.kind === 'event') || numbering === undefined,
      )
      expect(entries).toHaveLength(outcome.evidence.entries.length - 1)
      expect(broken({ entries })).toEqual(['an acknowledged message was lost'])
    })

    it('sees a message that was taken twice', () => {
      const again = outcome.evidence.entries.find(({ numbering }) => numbering !== undefined)
      expect(broken({ entries: [...outcome.evidence.entries, ...(again ? [again] : [])] })).toEqual([
        'a message was taken twice',
      ])
    })

    it('sees a task that was lost, never ended, or is called undone although it was begun', () => {
      const { task } = begun()
      const tasks = outcome.evidence.tasks
      const put = (phase: 'queued' | 'expired') =>
        broken({ tasks: tasks.map((row) => (row.id === task ? { ...row, phase } : row)) })
      expect(broken({ tasks: tasks.filter(({ id }) => id !== task) })).toContain('a task was lost')
      expect(put('queued')).toEqual(['a task never ended'])
      expect(put('expired')).toEqual(['what was begun is called undone'])
    })

    describe('of an answer of staff', () => {
      const answer = (wanted: Answer['status']) => {
        const found = outcome.evidence.answered.find(({ status }) => status === wanted)
        if (found === undefined) throw new Error(`nobody said ${wanted}`)
        return found
      }
      const inTask = ({ task }: Answer, change: (row: TaskRow) => TaskRow) =>
        broken({ tasks: outcome.evidence.tasks.map((row) => (row.id === task ? change(row) : row)) })
      const lost = ["a person's answer was lost"]

      it('sees that it is not in the journal', () => {
        for (const { task, by, status } of [answer('accepted'), answer('done'), answer('refused')]) {
          const entries = outcome.evidence.entries.filter(
            ({ body }) =>
              body.kind !== 'command' ||
              body.command.name !== 'task.report' ||
              `${body.command.task} ${body.command.by} ${body.command.status}` !== `${task} ${by} ${status}`,
          )
          expect(entries.length).toBeLessThan(outcome.evidence.entries.length)
          expect([...new Set(broken({ entries }))]).toEqual(lost)
        }
      })

      it('sees that it did not end the task, or is no longer noted there', () => {
        expect(inTask(answer('done'), (row) => ({ ...row, phase: 'unknown' }))).toEqual(lost)
        const forgotten = inTask(answer('accepted'), (row) => ({
          ...row,
          attempts: row.attempts.map((attempt) => ({ ...attempt, acceptedAt: null })),
        }))
        expect([...new Set(forgotten)]).toEqual(lost)
        expect(
          inTask(answer('refused'), (row) => ({
            ...row,
            attempts: row.attempts.map((attempt) => ({ ...attempt, end: 'lost' as const })),
          })),
        ).toContain(lost[0])
      })
    })
  })
})

/** Dies as soon as a device, or a person, has been told that the hub has what they said. */
const rightAfterAnAnswer = (round: number): Plan => ({
  point: undefined,
  upMs: 0,
  after: round % 2 === 0 ? 'answered' : 'acknowledged',
  spinUs: 0,
  deviceDiesAfter: undefined,
})

describe('a hub that answers before its commit', { timeout: 120_000 }, () => {
  it('is found out', async () => {
    const { broken } = await crash({
      rounds: 4,
      seed: 'early-171',
      plan: rightAfterAnAnswer,
      unsettled: true,
      preload: [join(import.meta.dirname, 'early-answer.ts')],
    })
    const promises = broken.map(({ promise }) => promise)
    expect(promises).toContain('an acknowledged message was lost')
    expect(promises).toContain("a person's answer was lost")
  })
})
