/** The branch file as it lies on the disk: read at a start, and put in force where it is another than was read last. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { UsherError } from '#protocol/errors.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { BranchFile } from './file.ts'
import { parseBranchFile } from './load.ts'
import type { ParsePolicy } from './policies.ts'

export interface ReadFile {
  readonly text: string
  readonly file: BranchFile
  readonly source: string
}

/** @throws UsherError `config.unreadable`, `config.invalid` */
export const readBranch = (path: string, parsePolicy: ParsePolicy): ReadFile => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsherError('config.unreadable', path, { cause })
  }
  return { text, file: parseBranchFile(text, parsePolicy), source: hash('sha256', text) }
}

/** A file changed on disk since it was last read is put in force; what was changed at run time since stays. */
export const applyBranch = async (engine: Engine, { text, source }: ReadFile, parsePolicy: ParsePolicy) => {
  const known = engine.state.meta.get('source')?.['source']
  if (known === source) return
  const revision = engine.state.branch.get('branch')?.revision ?? 0
  const file = parseBranchFile(text, parsePolicy)
  await engine.submit({ body: { kind: 'config', file, revision, by: 'branch-file', source } })
}
