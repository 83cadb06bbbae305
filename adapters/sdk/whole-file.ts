/** A small file that is there whole or not at all, and on the disk: a power cut must not leave half of it. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const ownerOnly = 0o600

export const writeWhole = (file: string, text: string): void => {
  const draft = `${file}.new`
  const handle = openSync(draft, 'w', ownerOnly)
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(draft, file)
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
