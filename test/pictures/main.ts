/**
 * `npm run pictures -- [--out FOLDER] [--only NAME,…] [--tongue zh|en]`: a picture of every page of the tablet in both
 * languages, from a real hub with the simulated branch and a real browser.
 */
import { parseArgs } from 'node:util'
import { buildApps } from '#apps/build/build.ts'
import { isFresh } from '#apps/build/stamp.ts'
import { openLobby } from '../support/lobby.ts'
import { createCamera, tongues } from './camera.ts'
import { scenes } from './scenes.ts'

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'dist/pictures' },
    only: { type: 'string' },
    tongue: { type: 'string' },
    /** Where the built pages are; otherwise they are built. */
    pages: { type: 'string' },
  },
})

const names = values.only?.split(',')
const strangers = names?.filter((name) => scenes.every((scene) => scene.name !== name)) ?? []
if (strangers.length > 0) {
  console.error(
    `No picture is called ${strangers.join(', ')}. There are: ${scenes.map(({ name }) => name).join(', ')}`,
  )
  process.exit(2)
}

if (values.pages === undefined && !isFresh()) await buildApps()

const stage = await openLobby({
  isPeopled: true,
  ...(values.pages !== undefined && { pages: values.pages }),
})
const failed: string[] = []
try {
  await stage.addAccount('guard-1', ['staff'])
  const camera = createCamera({
    stage,
    folder: values.out,
    tongues: tongues.filter((tongue) => values.tongue === undefined || tongue === values.tongue),
  })
  for (const scene of scenes.filter(({ name }) => names?.includes(name) ?? true)) {
    try {
      for (const file of await camera.take(scene)) console.log(file)
    } catch (error) {
      failed.push(scene.name)
      console.error(`${scene.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
} finally {
  await stage.stop()
}
if (failed.length > 0) console.error(`Not taken: ${failed.join(', ')}`)
process.exit(failed.length > 0 ? 1 : 0)
