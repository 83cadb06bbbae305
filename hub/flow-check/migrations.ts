/** Whether what is stored of a flow's other versions can go on with this one. */
import type { AnyFlow, StoredInstance } from '#flows/define.ts'
import { migrate } from '../engine/instance.ts'
import type { BranchState } from '../engine/state.ts'
import { type StoredTables, storedInstance } from '../engine/stored-instance.ts'
import { type Finding, finding } from './finding.ts'

export interface StoredOf {
  /** Its key: which visit, ticket, device it is about. */
  readonly key: string
  readonly version: number
  readonly stored: StoredInstance
}

/** What is parked is no reason to refuse a version: it waits for one. */
export const storedOf = (
  state: StoredTables & { readonly instances: Pick<BranchState['instances'], 'values'> },
  flow: string,
): readonly StoredOf[] =>
  state.instances
    .values()
    .filter((row) => row.flow === flow && row.parked === null)
    .map((row) => ({ key: row.key, version: row.version, stored: storedInstance(state, row) }))

/** @param higher the version in force, where this one is older. */
export const migrationFindings = (
  flow: AnyFlow,
  instances: readonly StoredOf[],
  higher?: AnyFlow,
): readonly Finding[] =>
  instances
    .filter(({ version }) => version !== flow.version)
    .flatMap(({ key, version, stored }) => {
      const migrated = migrate(flow, { version, higher }, stored)
      if (!('refused' in migrated)) return []
      return [finding('migration.missing', { at: `version ${version}`, says: `${key}: ${migrated.refused}` })]
    })
