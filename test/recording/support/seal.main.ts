/** Seals what is left in a folder, and dies before the n-th time that something of it would be on disk or in the journal. */
import promises, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const [directory = '', dies = '0', state = 'sealing'] = process.argv.slice(2)
let steps = 0
const onStep = () => {
  steps += 1
  if (steps === Number(dies)) process.kill(process.pid, 'SIGKILL')
}

const { open, rename } = promises
/** Between the two, what is written may be there by half. */
const watched = (file: FileHandle): FileHandle => {
  const sync = file.sync.bind(file)
  const writeFile = file.writeFile.bind(file)
  file.writeFile = async (...given) => {
    onStep()
    await writeFile(...given)
  }
  file.sync = async () => {
    onStep()
    await sync()
  }
  return file
}
promises.open = async (...given) => watched(await open(...given))
promises.rename = async (...given) => {
  onStep()
  await rename(...given)
}
syncBuiltinESMExports()

// Only now: what it takes from Node is what it is given here.
const { startKept } = await import('./kept-sales.ts')
await startKept({
  directory,
  state: state === 'over' ? 'over' : 'sealing',
  onStep,
  onTrouble: ({ err }: { err?: unknown }) => {
    throw err
  },
})
// What is left to be done keeps it alive, and nothing else does.
process.channel?.unref()
process.once('beforeExit', () => process.send?.(steps, undefined, undefined, () => process.disconnect()))
