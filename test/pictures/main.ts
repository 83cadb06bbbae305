/**
 * `npm run pictures -- [--out FOLDER] [--only NAME,…] [--tongue zh|en]`: a picture of every page of the tablet in both
 * languages, from a real hub with the simulated branch and a real browser; and of a call with an expert, as each of the
 * three in it sees it.
 */
import { parseArgs } from 'node:util'
import { buildApps } from '#apps/build/build.ts'
import { isFresh } from '#apps/build/stamp.ts'
import { openLobby } from '../support/lobby.ts'
import { callPictures, takeCall } from './call.ts'
import { createCamera, type Scene, tongues } from './camera.ts'
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
const all: readonly string[] = [...scenes.map(({ name }) => name), ...callPictures]
const strangers = names?.filter((name) => !all.includes(name)) ?? []
if (strangers.length > 0) {
  console.error(`No picture is called ${strangers.join(', ')}. There are: ${all.join(', ')}`)
  process.exit(2)
}
const isWanted = (name: string) => names?.includes(name) ?? true
const spoken = tongues.filter((tongue) => values.tongue === undefined || tongue === values.tongue)

if (values.pages === undefined && !isFresh()) await buildApps()

const failed: string[] = []
const trying = async (name: string, take: () => Promise<readonly string[]>) => {
  try {
    for (const file of await take()) console.log(file)
  } catch (error) {
    failed.push(name)
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const takeTablet = async (wanted: readonly Scene[]) => {
  const stage = await openLobby({
    isPeopled: true,
    ...(values.pages !== undefined && { pages: values.pages }),
  })
  try {
    await stage.addAccount('guard-1', ['staff'])
    const camera = createCamera({ stage, folder: values.out, tongues: spoken })
    for (const scene of wanted) await trying(scene.name, () => camera.take(scene))
  } finally {
    await stage.stop()
  }
}

const ofTablet = scenes.filter(({ name }) => isWanted(name))
if (ofTablet.length > 0) await takeTablet(ofTablet)
const ofCall = callPictures.filter(isWanted)
if (ofCall.length > 0)
  for (const tongue of spoken)
    await trying(`a call, ${tongue}`, () => takeCall({ wanted: ofCall, tongue, folder: values.out }))
if (failed.length > 0) console.error(`Not taken: ${failed.join(', ')}`)
process.exit(failed.length > 0 ? 1 : 0)
