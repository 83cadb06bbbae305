/** The single rows of a branch and how they are found: the branch itself and the branch file in force. */
import type { BranchRow } from '#protocol/model.ts'
import type { BranchState } from '../engine/state.ts'
import type { BranchFile } from './file.ts'

const branchKey = 'branch'
const fileKey = 'file'

/** What holds before the first branch file: closed, so that no flow begins anything. */
export const blankBranch: BranchRow = {
  mode: 'closed',
  modeBy: 'start',
  modeAt: 0,
  modeBefore: null,
  paused: null,
  stopped: null,
  revision: 0,
  languages: ['zh', 'en'],
  quiet: [],
  timeZone: 'UTC',
  utcOffsetMinutes: 0,
}

export const branchOf = (state: BranchState): BranchRow => state.branch.get(branchKey) ?? blankBranch

export const putBranch = (state: BranchState, change: Partial<BranchRow>) =>
  state.branch.put(branchKey, { ...branchOf(state), ...change })

/** @returns the branch file in force, or undefined before the first. */
export const fileOf = (state: BranchState): BranchFile | undefined =>
  state.meta.get(fileKey)?.['file'] as BranchFile | undefined

export const putFile = (state: BranchState, file: BranchFile) => state.meta.put(fileKey, { file })
