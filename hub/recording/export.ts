/** A sealed recording for somebody elsewhere: files that any player opens, the manifest, and the key to check its signature. */
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Manifest } from '#protocol/recording/manifest.ts'
import { openPlayback } from './playback.ts'
import { openChunkFile } from './vault/chunk-file.ts'
import { manifestName, type Vault } from './vault/vault.ts'
import { manifestOf } from './verify.ts'

const fileFor = ({ recorder, participant, part }: Manifest['parts'][number], at: number) => {
  const who = participant.replace(/[^a-z0-9]+/gi, '-')
  return `${String(at + 1).padStart(3, '0')}-${recorder === 'hub' ? 'hub' : 'page'}-${who}-${part.slice(-8)}.webm`
}

async function* plainOf(path: string, key: Buffer): AsyncGenerator<Buffer> {
  const file = await openChunkFile(path, key)
  try {
    for await (const { plain } of file.chunks()) yield plain
  } finally {
    await file.close()
  }
}

/** @returns the names of what was written. Fails where the folder is there already. */
export const exportRecording = async (
  vault: Vault,
  id: string,
  folder: string,
): Promise<readonly string[]> => {
  const manifest = await manifestOf(vault, id)
  const sealed = await vault.manifest(id)
  await mkdir(folder, { mode: 0o700 })
  const names: string[] = []
  for (const [at, part] of manifest.parts.entries()) {
    const name = fileFor(part, at)
    const { read, bytes } = await openPlayback(vault, manifest, part.part)
    await pipeline(read(0, bytes - 1), createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600 }))
    names.push(name)
  }
  const key = await vault.keyOf(id)
  for (const { name, recorder } of manifest.files) {
    if (recorder !== 'inspector') continue
    const out = `${name.replace(/\.rec$/, '')}.ndjson`
    const stream = createWriteStream(join(folder, out), { flags: 'wx', mode: 0o600 })
    await pipeline(plainOf(vault.pathOf(id, name), key), stream)
    names.push(out)
  }
  for (const [name, text] of [
    [manifestName, sealed.manifest],
    ['manifest.sig', sealed.signature],
    ['seal-public-key.pem', vault.keys.publicKey],
  ] as const) {
    await writeFile(join(folder, name), text, { flag: 'wx', mode: 0o600 })
    names.push(name)
  }
  return names
}
