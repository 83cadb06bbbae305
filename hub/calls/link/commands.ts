/** What the line between branch and desk brings into the journal. `by` is the hub, which vouches for who was heard. */
import type { Ask, Told } from '#protocol/calls/link.ts'
import type { SentStory } from '#protocol/calls/story.ts'

export type BranchLinkCommand =
  /** The line to the desk; `desk` null: the hub has none any more. */
  | { name: 'desk.line'; desk: string | null; up: boolean; by: string }
  | { name: 'desk.experts'; open: boolean; by: string }
  /** On a new line: what the desk knows. Whatever else it was asked, it has lost. */
  | { name: 'desk.knows'; escalations: readonly string[]; by: string }
  /** `now` is the desk's. */
  | { name: 'call.reported'; told: Told; now: number; by: string }

export type DeskLinkCommand =
  | {
      name: 'branch.asked'
      branch: string
      ask: Ask
      agoMs: number
      story?: SentStory | null
      by: string
    }
  /** Nobody of this branch can be reached. */
  | { name: 'branch.lost'; branch: string; by: string }
  /** On a new line: what the branch has open. Whatever else is open of it is over there. */
  | { name: 'branch.holds'; branch: string; escalations: readonly string[]; by: string }
  /** The branch has the end on record. */
  | { name: 'branch.settled'; branch: string; escalation: string; by: string }

export type LinkCommand = BranchLinkCommand | DeskLinkCommand

const names: ReadonlySet<string> = new Set<LinkCommand['name']>([
  'desk.line',
  'desk.experts',
  'desk.knows',
  'call.reported',
  'branch.asked',
  'branch.lost',
  'branch.holds',
  'branch.settled',
])

export const isLinkCommand = (command: { readonly name: string }): command is LinkCommand =>
  names.has(command.name)
