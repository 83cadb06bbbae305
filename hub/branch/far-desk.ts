/** The desk elsewhere that this branch asks, as its journal knows it: the line, and what a call there is told as. */
import { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import type { DeskLine } from '../calls/link/rows.ts'
import type { BranchState } from '../engine/state.ts'

const key = 'desk'

type Linked = Pick<BranchState, 'meta'>

/** @returns undefined: the branch asks no desk elsewhere. */
export const farDesk = ({ meta }: Linked): DeskLine | undefined => meta.get(key) as DeskLine | undefined

export const putFarDesk = ({ meta }: Linked, line: DeskLine | undefined) =>
  line === undefined ? meta.drop(key) : meta.put(key, { ...line })

export const isFarDeskOpen = (state: Linked): boolean => {
  const line = farDesk(state)
  return line !== undefined && line.up && line.open
}

const placeholder = { id: 'nobody', title: {} }

/** Nobody is rung here. */
export const nobodyHere: ExpertDesk = { ...ExpertDesk.parse({ people: [placeholder] }), people: [] }

/** Experts of the desk are known by what it told of them. */
export const toldPeople = ({ asked }: Pick<BranchState, 'asked'>): ExpertDesk['people'] =>
  asked.values().flatMap(({ titles }) =>
    Object.entries(titles).map(([id, title]) => ({
      id,
      title,
      group: '',
      languages: [],
      skills: [],
      qualifications: [],
    })),
  )
