/** Where the packed SDK of this Usher is: what `npm run pack:sdk` made last, in the folder it writes to. */
import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsherError } from '#protocol/errors.ts'

const root = join(import.meta.dirname, '../..')

/** @throws UsherError `adapter.sdk` */
export const packedSdk = (folder = join(root, 'dist')): string => {
  const [newest] = globSync(join(folder, 'usher-adapter-sdk-*.tgz')).sort(
    (a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs,
  )
  if (newest === undefined) throw new UsherError('adapter.sdk', `There is none in ${folder}.`)
  return newest
}
