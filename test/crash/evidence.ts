/** What is left after a crash run: the devices' own logs, and what the hub's data directory holds. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { Entry } from '#hub/engine/entry.ts'
import { readEntry } from '#hub/engine/replay.ts'
import { type DecisionRecord, measuredKinds } from '#hub/engine/turn.ts'
import { createDurableStore } from '#hub/store/durable-store.ts'
import type { Verdict } from '#hub/store/port.ts'
import { readJournal } from '#simulators/devices/journal.ts'
import type { JournalEntry } from '#simulators/devices/journal-entry.ts'
import type { Answer } from './staff.ts'

export interface Evidence {
  readonly logs: readonly JournalEntry[]
  readonly entries: readonly Entry[]
  readonly tasks: readonly TaskRow[]
  /** Every task that the hub wrote a decision about. */
  readonly decided: ReadonlySet<string>
  readonly verdict: Verdict
  /** The database ends before what the hub itself had noted. */
  readonly endLost: boolean
  /** What staff said on the local socket and were told is noted. */
  readonly answered: readonly Answer[]
  /** What the hub complained about in its log. */
  readonly complaints: readonly string[]
}

export const readLogs = (folder: string): JournalEntry[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .flatMap((name) => readJournal(join(folder, name)))

const page = 2_000

/** Straight from the file: what the hub would say about it is not asked. */
const readTasks = (directory: string) => {
  const db = new DatabaseSync(join(directory, 'usher.db'), { readOnly: true })
  try {
    const bodies = db
      .prepare("SELECT body FROM ended_task UNION ALL SELECT body FROM state_row WHERE name = 'tasks'")
      .all()
    const decided = db
      .prepare("SELECT DISTINCT task, body ->> 'kind' AS kind FROM decision WHERE task IS NOT NULL")
      .all()
      .filter(({ kind }) => !measuredKinds.has(kind as DecisionRecord['kind']))
    return {
      tasks: bodies.map(({ body }) => JSON.parse(String(body)) as TaskRow),
      decided: new Set(decided.map(({ task }) => String(task))),
    }
  } finally {
    db.close()
  }
}

export const readData = async (
  directory: string,
  branch: string,
): Promise<Pick<Evidence, 'entries' | 'tasks' | 'decided' | 'verdict' | 'endLost'>> => {
  // A loss is accepted here, with a new epoch, so that it can be judged.
  const store = createDurableStore({ directory, acceptLoss: true })
  try {
    const { seq, epoch } = await store.open(branch)
    const entries: Entry[] = []
    for (let from = 1; from <= seq; from += page) {
      const stored = await store.entries(branch, { from, to: from + page - 1, limit: page })
      entries.push(...stored.flatMap((row) => readEntry(row) ?? []))
    }
    const endLost = epoch !== (entries.at(-1)?.epoch ?? epoch)
    return { entries, endLost, verdict: await store.verify(branch), ...readTasks(directory) }
  } finally {
    await store.close()
  }
}
