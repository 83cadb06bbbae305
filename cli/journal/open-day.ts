/** The recorded day a command is asked about: a file, or a day that the running hub still has. */
import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { flows } from '#flows/index.ts'
import { withHub } from '../io/with-hub.ts'
import { readVersions } from '../start/versions.ts'
import { type Here, type RecordedDay, readDayFile, readDayOfHub } from './read-day.ts'

const dayPattern = /^(?:today|yesterday|\d{4}-\d{2}-\d{2})$/

/** This version of Usher. */
export const hereOf = (): Here => ({ hub: readVersions().hub, flows })

/**
 * @param named the path of a file, or `today`, `yesterday`, `2026-10-01` of the running hub.
 * @throws UsherError as `readDayFile` and `readDayOfHub`.
 */
export const openRecordedDay = async (named: string, command: Command): Promise<RecordedDay> => {
  const here = hereOf()
  if (existsSync(named) || !dayPattern.test(named)) return readDayFile(named, here)
  const read: RecordedDay[] = []
  await withHub(command, async ({ control }) => {
    read.push(await readDayOfHub(control, named, here))
  })
  return read[0] as RecordedDay
}
