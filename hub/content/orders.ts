/** What an editor asks for, as commands: the page and the command line ask for the same. */
import type { Media, NewVersion } from '#protocol/content.ts'
import { UsherError } from '#protocol/errors.ts'
import type { ContentCommand } from '../branch/content-commands.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { ContentFiles } from './files.ts'

export interface OrderParts {
  readonly engine: Pick<Engine, 'submit' | 'read'>
  readonly files: ContentFiles
}

export const order = (engine: Pick<Engine, 'submit'>, command: ContentCommand) =>
  engine.submit({ body: { kind: 'command', command } })

const mediaOf = async (files: ContentFiles, sha256: string | null): Promise<Media | null> => {
  if (sha256 === null) return null
  const media = await files.media(sha256)
  if (media === undefined) throw new UsherError('content.no-file', sha256)
  return media
}

/** @throws UsherError `content.*` */
export const addVersion = async (
  { engine, files }: OrderParts,
  { sha256, title, mandatory, ...wish }: NewVersion,
  by: string,
): Promise<{ item: string; version: number }> => {
  const media = await mediaOf(files, sha256)
  const { at } = await order(engine, {
    name: 'content.add',
    ...wish,
    // Absent is empty once it was parsed.
    title: title !== undefined && Object.keys(title).length > 0 ? title : null,
    ...(mandatory !== undefined && { mandatory }),
    media,
    by,
  })
  return engine.read((state) => {
    const versions = state.contentItems.get(wish.item)?.versions ?? []
    const own = versions.findLast((one) => one.addedBy === by && one.addedAt === at)
    return { item: wish.item, version: own?.version ?? versions.at(-1)?.version ?? 1 }
  })
}
