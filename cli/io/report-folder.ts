/** The folder a report goes to: whether anything can be written there is known before the work begins, not after it. */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UsherError } from '#protocol/errors.ts'

const nearestExisting = (path: string): string => (existsSync(path) ? path : nearestExisting(dirname(path)))

const refused = (folder: string, why: string) =>
  new UsherError('command.invalid', `--report ${folder}: ${why}`)

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error)

/**
 * Leaves nothing behind. A file system may grant the right to write and still make no folder, so one is made and removed.
 * @throws UsherError `command.invalid`, naming the folder that stands in the way.
 */
export const checkReportFolder = (folder: string): void => {
  const nearest = nearestExisting(resolve(folder))
  if (!statSync(nearest).isDirectory()) throw refused(folder, `${nearest} is a file, not a folder.`)
  try {
    accessSync(nearest, constants.W_OK)
    rmdirSync(mkdtempSync(join(nearest, '.usher-report-')))
  } catch (error) {
    throw refused(folder, `nothing can be written in ${nearest} (${codeOf(error)}).`)
  }
}

/** One folder at a time: Node's recursive mkdir never returns where a file system makes none. */
const makeEach = (folder: string): void => {
  if (existsSync(folder)) return
  makeEach(dirname(folder))
  mkdirSync(folder)
}

/** @throws UsherError `command.invalid` */
export const makeReportFolder = (folder: string): void => {
  checkReportFolder(folder)
  try {
    makeEach(resolve(folder))
  } catch (error) {
    throw refused(folder, `it cannot be made (${codeOf(error)}).`)
  }
}

/** Whole or not at all: a page that was cut off looks like a page. @returns the file. */
export const writeWhole = (folder: string, name: string, text: string): string => {
  const [file, part] = [join(folder, name), join(folder, `.${name}.part`)]
  writeFileSync(part, text)
  renameSync(part, file)
  return file
}
