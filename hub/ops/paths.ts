/** Where things are in the data directory. */
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** A local socket's path holds at most 107 bytes on Linux (`sun_path`, unix(7)). */
const socketPathMax = 107

/** The local socket of the hub that works on this data directory. */
export const controlPath = (data: string): string => {
  const path = join(resolve(data), 'hub.sock')
  if (Buffer.byteLength(path) <= socketPathMax) return path
  const name = createHash('sha256').update(resolve(data)).digest('hex').slice(0, 16)
  return join(tmpdir(), `usher-${name}.sock`)
}
