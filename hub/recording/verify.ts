/** Whether a recording is what was sealed: every bit of every file, none missing, none beside them. */
import { stat } from 'node:fs/promises'
import { UsherError } from '#protocol/errors.ts'
import { type FileRow, Manifest } from '#protocol/recording/manifest.ts'
import { fileHash } from './read-back.ts'
import { openChunkFile } from './vault/chunk-file.ts'
import { isSignedBy } from './vault/keys.ts'
import { ownNames, sha256Of, type Vault } from './vault/vault.ts'

export interface Complaint {
  readonly file: string
  readonly what:
    | 'missing'
    | 'changed'
    | 'cut-off'
    | 'not-sealed'
    | 'beside'
    | 'signature'
    | 'journal'
    | 'unreadable'
}

/** @throws UsherError `recording.open`, `recording.damaged` */
export const manifestOf = async (vault: Vault, id: string): Promise<Manifest> => {
  const { manifest } = await vault.manifest(id)
  try {
    return Manifest.parse(JSON.parse(manifest))
  } catch (cause) {
    throw new UsherError('recording.damaged', `${id}: manifest.json`, { cause })
  }
}

const checkPieces = async (path: string, key: Buffer, row: FileRow): Promise<boolean> => {
  const file = await openChunkFile(path, key)
  try {
    let n = 0
    for await (const { plain } of file.chunks()) {
      if (row.chunks[n]?.sha256 !== sha256Of(plain)) return false
      n += 1
    }
    return n === row.chunks.length
  } finally {
    await file.close()
  }
}

const checkFile = async (path: string, row: FileRow, key: Buffer | undefined) => {
  const complain = (what: Complaint['what']): Complaint[] => [{ file: row.name, what }]
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  )
  if (size === undefined) return complain('missing')
  if (size < row.bytes) return complain('cut-off')
  if (size !== row.bytes || (await fileHash(path)) !== row.sha256) return complain('changed')
  if (key === undefined) return []
  // What the hash says is what can be read.
  return (await checkPieces(path, key, row).catch(() => false)) ? [] : complain('unreadable')
}

/** Without the record's own troubles. */
const checkSeal = async (vault: Vault, id: string, inJournal: string | undefined) => {
  const complaints: Complaint[] = []
  const record = await vault.record(id).catch(() => undefined)
  if (record === undefined)
    complaints.push({ file: 'record.json', what: vault.has(id) ? 'changed' : 'missing' })
  const sealed = await vault.manifest(id).catch(() => undefined)
  if (sealed === undefined) {
    const isOpen = record?.state === 'open'
    complaints.push({ file: 'manifest.json', what: isOpen ? 'not-sealed' : 'changed' })
    return { complaints, manifest: undefined, isErased: record?.state === 'erased' }
  }
  if (!isSignedBy(vault.keys.publicKey, sealed.manifest, sealed.signature))
    complaints.push({ file: 'manifest.json', what: 'signature' })
  const sha256 = sha256Of(sealed.manifest)
  if ((inJournal !== undefined && inJournal !== sha256) || (record && record.manifest !== sha256))
    complaints.push({ file: 'manifest.json', what: 'journal' })
  const manifest = await manifestOf(vault, id).catch(() => undefined)
  return { complaints, manifest, isErased: record?.state === 'erased' }
}

/** @param inJournal the hash that the journal has of it; undefined: it is not asked */
export const verifyRecording = async (
  vault: Vault,
  id: string,
  inJournal?: string,
): Promise<readonly Complaint[]> => {
  if (!(await vault.list()).includes(id)) throw new UsherError('recording.unknown', id)
  const { complaints, manifest, isErased } = await checkSeal(vault, id, inJournal)
  if (manifest === undefined || isErased) return complaints
  const wrapped = await vault.wrappedKey(id).catch(() => '')
  const key = await vault.keyOf(id).catch(() => undefined)
  if (key === undefined || sha256Of(wrapped) !== manifest.key)
    complaints.push({ file: 'key', what: 'changed' })
  for (const row of manifest.files)
    complaints.push(...(await checkFile(vault.pathOf(id, row.name), row, key)))
  const known = new Set(manifest.files.map(({ name }) => name))
  for (const name of await vault.everything(id))
    if (!known.has(name) && !ownNames.has(name)) complaints.push({ file: name, what: 'beside' })
  return complaints
}
