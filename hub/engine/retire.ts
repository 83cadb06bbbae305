/** An older version of a flow is over with the last instance that ran on it. */
import { deployedFlows, forgetCode, putDeployed, type VersionRef } from './deployed.ts'
import type { InstanceRow } from './state.ts'
import type { Turn } from './turn.ts'

/** @param row an instance that has just ended or was parked. */
export const retireVersion = (turn: Turn, { flow, version }: Pick<InstanceRow, 'flow' | 'version'>) => {
  const deployed = deployedFlows(turn.state.meta)[flow]
  if (deployed?.finishing.some((ref) => ref.version === version) !== true) return
  const goesOn = turn.state.instances
    .values()
    .some((row) => row.flow === flow && row.version === version && row.parked === null)
  if (goesOn) return
  const finishing = deployed.finishing.filter((ref) => ref.version !== version)
  putDeployed(turn.state.meta, flow, { ...deployed, finishing })
  const { digest } = deployed.finishing.find((ref) => ref.version === version) as VersionRef
  // After a rollback it is none of those that can come back.
  const comesBack = [deployed.active, ...deployed.former].some((ref) => ref.digest === digest)
  if (digest !== null && !comesBack) forgetCode(turn.state.meta, digest)
  turn.record({ kind: 'policy', flow, code: 'flow.version-ended', params: { version } })
}
