/** Which module runs an adapter: named itself, or by the package.json of its folder. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'

const PackageFile = z.object({ usher: z.object({ adapter: z.string().min(1) }) })

const named = (folder: string): string => {
  const file = join(folder, 'package.json')
  let found: unknown
  try {
    found = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsherError('adapter.folder', `${file}: ${(error as Error).message}`)
  }
  const parsed = PackageFile.safeParse(found)
  if (!parsed.success) throw new UsherError('adapter.folder', `${file} names no adapter.`)
  return join(folder, parsed.data.usher.adapter)
}

/** @throws UsherError `adapter.folder` */
export const adapterModule = (run: string): string => {
  if (!existsSync(run)) throw new UsherError('adapter.folder', `${run} does not exist.`)
  const module = statSync(run).isDirectory() ? named(run) : run
  if (!existsSync(module)) throw new UsherError('adapter.folder', `${module} does not exist.`)
  return module
}
