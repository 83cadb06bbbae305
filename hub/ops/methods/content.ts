/**
 * The content library at the command line. Who sits there could write any name: what is added or judged here stands on
 * record as the command line, which never judges what it added itself.
 */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { z } from 'zod'
import { Day, NewVersion } from '#protocol/content.ts'
import { UsherError } from '#protocol/errors.ts'
import { Id, text } from '#protocol/ids.ts'
import type { ContentCommand } from '../../branch/content-commands.ts'
import type { ContentFiles } from '../../content/files.ts'
import { addVersion, order } from '../../content/orders.ts'
import { playsByItem } from '../../content/plays.ts'
import type { Handler } from '../control.ts'
import { type MethodParts, method } from './method.ts'

const by = 'operator'
const Lang = z.object({ lang: z.enum(['zh', 'en']).default('en') })
const Version = Lang.extend({ item: Id, version: z.int().min(1) })
const Added = NewVersion.omit({ sha256: true }).extend({
  /** Whole, on the hub's machine. */
  path: z.string().min(1).nullable(),
})

const unreadable = (path: string, cause?: unknown) => new UsherError('config.unreadable', path, { cause })

/** @throws UsherError `config.unreadable` or what is wrong with the file. */
const takeFile = async (files: ContentFiles, path: string): Promise<string> => {
  // A pipe would be waited for until somebody writes into it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  try {
    const stat = await file.stat()
    if (!stat.isFile()) throw unreadable(path)
    const { sha256 } = await files.add(file.createReadStream({ autoClose: false }), stat.size)
    return sha256
  } finally {
    await file.close()
  }
}

export const contentMethods = ({ engine, files }: MethodParts): Record<string, Handler> => {
  const list = async ({ lang }: z.infer<typeof Lang>) => {
    // Words are loaded for who asks, and not when the hub starts.
    const [{ libraryOf }, { createTitles }] = await Promise.all([
      import('../../content/library.ts'),
      import('../../look/titles.ts'),
    ])
    return engine.read((state, at) => libraryOf(state, at, createTitles(state, lang).person))
  }
  const judge = async (command: ContentCommand, asked: z.infer<typeof Lang>) => {
    await order(engine, command)
    return list(asked)
  }
  return {
    'content.list': method(Lang, list),
    'content.add': method(Added, async ({ path, ...wish }) => {
      const sha256 = path === null ? null : await takeFile(files, path)
      return addVersion({ engine, files }, { ...wish, sha256 }, by)
    }),
    'content.approve': method(Version, ({ item, version, ...asked }) =>
      judge({ name: 'content.approve', item, version, by }, asked),
    ),
    'content.decline': method(
      Version.extend({ reason: text(300).min(1) }),
      ({ item, version, reason, ...asked }) =>
        judge({ name: 'content.decline', item, version, reason, by }, asked),
    ),
    'content.plays': method(z.object({ from: Day.optional(), to: Day.optional() }), (days) =>
      engine.read((state) =>
        [...playsByItem(state, days)].map(([item, count]) => ({
          item,
          title: state.contentItems.get(item)?.title ?? {},
          ...count,
        })),
      ),
    ),
  }
}
