/** Writes lines of JSON to a new file; a file of that name is not overwritten, and a half-written one does not stay. */
import { once } from 'node:events'
import { createWriteStream, rmSync } from 'node:fs'
import { UsherError } from '#protocol/errors.ts'

export const saveEvidence = async (
  file: string,
  items: AsyncIterable<unknown>,
): Promise<{ readonly lines: number }> => {
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  const opened = once(out, 'open')
  try {
    await opened
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UsherError('file.exists', file, { cause })
    throw cause
  }
  let lines = 0
  try {
    for await (const item of items) {
      lines++
      if (!out.write(`${JSON.stringify(item)}\n`)) await once(out, 'drain')
    }
    out.end()
    await once(out, 'close')
    return { lines }
  } catch (error) {
    out.destroy()
    rmSync(file, { force: true })
    throw error
  }
}
