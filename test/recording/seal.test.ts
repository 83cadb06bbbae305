/** Killed at any moment of the seal: with the next start it is sealed as what is on disk, and the sale knows what it lacks. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openVaultKeys } from '#hub/recording/vault/keys.ts'
import { Vault } from '#hub/recording/vault/vault.ts'
import { manifestOf, verifyRecording } from '#hub/recording/verify.ts'
import { type KeptStart, linesOf, startKept } from './support/kept-sales.ts'
import { MadeVault, whole } from './support/made.ts'

const made = new MadeVault()
const folder = mkdtempSync(join(tmpdir(), 'usher-seal-'))
const lengthMs = 9_000

type State = KeptStart['state']

beforeAll(async () => {
  await made.open()
  // What the hub's own recorder has of the customer ends in the middle.
  const cut = { ...whole(lengthMs), 'hub kiosk:k-1': [{ from: 0, to: 4_000 }] }
  await made.record('sale-1', lengthMs, cut)
})
afterAll(() => {
  made.close()
  rmSync(folder, { recursive: true })
})

const copied = (name: string) => {
  const directory = join(folder, name)
  cpSync(made.directory, directory, { recursive: true })
  return directory
}

/** @param dies at which step; 0: at none. @returns by which signal, or after how many steps */
const seal = async (directory: string, dies: number, state: State) => {
  const child = fork(join(import.meta.dirname, 'support/seal.main.ts'), [directory, `${dies}`, state])
  let steps = 0
  child.on('message', (told) => void (steps = Number(told)))
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  return signal ?? steps
}

const isSealed = async (directory: string, state: State) => {
  const vault = new Vault({ directory, keys: await openVaultKeys(directory) })
  const isTold = linesOf(directory).some(({ manifest, isNote = false }) => manifest !== undefined && !isNote)
  return (await vault.record('sale-1')).state === 'sealed' && (state === 'over' || isTold)
}

const check = async (directory: string, state: State) => {
  const vault = new Vault({ directory, keys: await openVaultKeys(directory) })
  const lines = linesOf(directory)
  const seals = lines.flatMap(({ manifest }) => manifest ?? [])
  expect(await verifyRecording(vault, 'sale-1', seals.at(-1))).toEqual([])
  expect(await vault.record('sale-1')).toMatchObject({ state: 'sealed', manifest: seals.at(-1) })
  if (state === 'over') return
  // Told once, and behind all that is missing.
  expect(seals).toHaveLength(1)
  expect(lines.at(-1)?.manifest).toBe(seals[0])
  const { gaps } = await manifestOf(vault, 'sale-1')
  expect(gaps.map(({ kind }) => kind)).toEqual(['audio', 'video'])
  for (const { from, to } of gaps) expect(lines).toContainEqual(expect.objectContaining({ from, to }))
}

test.each<[State]>([['sealing'], ['over']])('while the sale is %s', async (state) => {
  const whole_ = copied(`whole-${state}`)
  const steps = Number(await seal(whole_, 0, state))
  expect(steps).toBeGreaterThan(9)
  await check(whole_, state)
  for (let dies = 1; dies <= steps; dies += 1) {
    const directory = copied(`${state}-${dies}`)
    expect(await seal(directory, dies, state)).toBe('SIGKILL')
    const onTrouble = (fields: object) => expect.unreachable(JSON.stringify(fields))
    await startKept({ directory, state, onTrouble })
    await expect.poll(() => isSealed(directory, state), { interval: 10 }).toBe(true)
    await check(directory, state)
  }
})
