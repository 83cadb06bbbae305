/** What is other in a page than in the one before: what is new or different is told whole, what is gone is not told. */
import type { CopiedNode } from '#protocol/calls/browse.ts'

export type Known = ReadonlyMap<number, string>

export const knownOf = (nodes: readonly CopiedNode[]): Known =>
  new Map(nodes.map((node) => [node.id, JSON.stringify(node)]))

export const changesSince = (before: Known, nodes: readonly CopiedNode[]): readonly CopiedNode[] =>
  nodes.filter((node) => before.get(node.id) !== JSON.stringify(node))
