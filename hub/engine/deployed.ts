/**
 * Which version of each flow is in force, which ones were before, and which still have work to finish. One row of the
 * state, changed by `deploy` entries alone, so that a restart and a replay find the same versions.
 */
import { UsherError } from '#protocol/errors.ts'
import type { DeployBody } from './entry.ts'
import type { Table } from './rows.ts'

export interface VersionRef {
  readonly version: number
  /** SHA-256 of its source; null: as shipped with the hub. */
  readonly digest: string | null
  /** Hub time it came in force, and by whom. */
  readonly at: number
  readonly by: string
}

export interface DeployedFlow {
  /** Raised by every change, so that of two deployers the second sees that the first was there. */
  readonly revision: number
  readonly active: VersionRef
  /** Where a rollback goes, the nearest last. */
  readonly former: readonly VersionRef[]
  /** Replaced, and with instances left on them. */
  readonly finishing: readonly VersionRef[]
  /** Every version that was ever in force here: a number means one thing for ever. */
  readonly known: readonly VersionRef[]
}

export type DeployedFlows = Readonly<Record<string, DeployedFlow>>

type Meta = Table<Readonly<Record<string, unknown>>>

const deployedKey = 'flows'
const codeKey = (digest: string) => `flow-code/${digest}`

const none: DeployedFlows = {}

/** The same object as long as nothing was deployed. */
export const deployedFlows = (meta: Meta): DeployedFlows =>
  (meta.get(deployedKey)?.['flows'] as DeployedFlows | undefined) ?? none

export const putDeployed = (meta: Meta, flow: string, row: DeployedFlow) =>
  meta.put(deployedKey, { flows: { ...deployedFlows(meta), [flow]: row } })

export interface StoredCode {
  readonly digest: string
  readonly files: Readonly<Record<string, string>>
}

/** Kept with the state too, so that a backup and a checkpoint hold what is needed to go on from them. */
export const putCode = (meta: Meta, { digest, files }: StoredCode) => meta.put(codeKey(digest), { files })

export const forgetCode = (meta: Meta, digest: string) => meta.drop(codeKey(digest))

export const codeOf = (meta: Meta, digest: string): StoredCode | undefined => {
  const files = meta.get(codeKey(digest))?.['files'] as StoredCode['files'] | undefined
  return files && { digest, files }
}

/** Versions that something runs on or begins on, not counting shipped ones. */
export const digestsInUse = (flows: DeployedFlows): readonly string[] => [
  ...new Set(
    Object.values(flows).flatMap(({ active, finishing }) =>
      [active, ...finishing].flatMap(({ digest }) => (digest === null ? [] : [digest])),
    ),
  ),
]

/** What is in force when nothing was ever deployed: as shipped. */
const shippedRef = (meta: Meta, flow: string): VersionRef | undefined => {
  const start = meta.get('start') as
    | { at: number; versions: { flows: Readonly<Record<string, number>> } }
    | undefined
  const version = start?.versions.flows[flow]
  return version === undefined ? undefined : { version, digest: null, at: start?.at ?? 0, by: 'shipped' }
}

/** A flow as it stands before its next change; undefined: nothing of this name was ever here. */
export const standing = (meta: Meta, flow: string): DeployedFlow | undefined => {
  const row = deployedFlows(meta)[flow]
  if (row !== undefined) return row
  const active = shippedRef(meta, flow)
  return active && { revision: 0, active, former: [], finishing: [], known: [active] }
}

/** Somebody else was faster: what is in force is not what this one began from. */
export const overtaken = (row: DeployedFlow | undefined, revision: number): UsherError | undefined => {
  const current = row?.revision ?? 0
  if (revision === current) return undefined
  return new UsherError('config.conflict', `You named revision ${revision}; in force is ${current}.`)
}

/** @returns why this may not become an entry, or undefined where it may. */
export const refuseDeploy = (meta: Meta, body: DeployBody): UsherError | undefined =>
  overtaken(standing(meta, body.flow), body.revision)
