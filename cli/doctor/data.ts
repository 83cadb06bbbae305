/** The data directory: is it there, is it closed to others, and does one hub, or none, work on it? */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { lockDirectory } from '#hub/store/lock.ts'
import { UsherError } from '#protocol/errors.ts'
import { type Check, fail, ok, warn } from './check.ts'

/** The folder itself, or the nearest one above that exists: where it would be made. */
export const existing = (path: string): string => {
  let folder = resolve(path)
  while (!existsSync(folder)) folder = dirname(folder)
  return folder
}

export const checkDirectory = (data: string): Check => {
  const name = 'data directory'
  if (!existsSync(data)) return ok(name, `${data} will be made at the first start`)
  const { mode, uid } = statSync(data)
  if (uid !== process.getuid?.())
    return warn(name, `${data} belongs to user ${uid}`, 'Run the hub and this command as that user.')
  return (mode & 0o077) === 0
    ? ok(name, data)
    : warn(name, `${data} is open to others (mode ${(mode & 0o777).toString(8)})`, `chmod 700 ${data}`)
}

export const checkLock = (data: string, hubAnswers: boolean): Check => {
  const name = 'lock'
  if (hubAnswers) return ok(name, 'held by the hub that answers')
  if (!existsSync(join(data, 'usher.lock'))) return ok(name, 'free')
  try {
    lockDirectory(data).release()
    return ok(name, 'free; no hub runs')
  } catch (error) {
    if (!(error instanceof UsherError) || error.code !== 'store.locked')
      return fail(name, String(error), 'Check the permissions.')
    return fail(
      name,
      `${error.message} It does not answer.`,
      'It is starting, stopping or stuck: look at its log, and at the process named in usher.pid.',
    )
  }
}
