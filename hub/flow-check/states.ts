/** States that cannot be reached, cannot be left, or wait without a deadline; circles that no event interrupts. */
import type { AnyStateNode } from 'xstate'
import { type Finding, finding } from './finding.ts'
import { type Arrow, childrenOf, lineage, nameOf, type Structure } from './structure.ts'

const isResting = (node: AnyStateNode): boolean =>
  childrenOf(node).length === 0 &&
  node.type !== 'history' &&
  !(node.always ?? []).some((transition) => transition.guard === undefined)

/** The end of the whole machine, not of a part of it. */
const isEnd = (node: AnyStateNode): boolean =>
  node.type === 'final' && (node.parent?.parent === undefined || isEnd(node.parent as AnyStateNode))

const leads = (node: AnyStateNode, { arrows }: Structure): boolean =>
  lineage(node).some((one) => arrows.some((arrow) => arrow.from === one && !arrow.inner && arrow.to !== node))

const reachable = ({ states, paths }: Structure): Finding[] =>
  states
    .filter((node) => !paths.has(node))
    .map((node) => finding('state.unreachable', { at: nameOf(node), says: 'no way leads here' }))

const leavable = (structure: Structure): Finding[] =>
  structure.states
    .filter((node) => isResting(node) && !isEnd(node) && structure.paths.has(node))
    .filter((node) => !leads(node, structure))
    .map((node) =>
      finding('state.dead-end', {
        at: nameOf(node),
        path: structure.paths.get(node) ?? [],
        says: node.type === 'final' ? 'ends a part, and nothing follows' : 'no way out and no end',
      }),
    )

/** The first state is where an instance is begun and told its first fact at once. */
const bounded = (structure: Structure): Finding[] => {
  const first = structure.states.find((node) => structure.paths.get(node)?.length === 0 && isResting(node))
  return structure.states
    .filter((node) => isResting(node) && node.type !== 'final' && node !== first)
    .filter((node) => structure.paths.has(node) && leads(node, structure))
    .filter((node) => lineage(node).every((one) => one.after.length === 0))
    .map((node) =>
      finding('state.no-deadline', {
        at: nameOf(node),
        path: structure.paths.get(node) ?? [],
        says: 'leaves by an event only, and has no `after`',
      }),
    )
}

/** @returns the arrows of a circle that goes through this one, or undefined. */
const circleFrom = (start: Arrow, arrows: readonly Arrow[]): readonly Arrow[] | undefined => {
  const known = new Set<AnyStateNode>()
  const waiting: (readonly Arrow[])[] = [[start]]
  for (let way = waiting.shift(); way !== undefined; way = waiting.shift()) {
    const last = way.at(-1) as Arrow
    // An arrow to a state is one to what begins in it, and holds for all that is in its own source.
    const nodes = lineage(last.to)
    if (nodes.includes(start.from)) return way
    if (known.has(last.to)) continue
    known.add(last.to)
    for (const arrow of arrows) if (nodes.includes(arrow.from)) waiting.push([...way, arrow])
  }
  return undefined
}

export const alwaysLoops = ({ arrows, paths }: Structure): Finding[] => {
  const eventless = arrows.filter((arrow) => arrow.always && paths.has(arrow.from))
  const seen = new Set<AnyStateNode>()
  const found: Finding[] = []
  for (const arrow of eventless) {
    if (seen.has(arrow.from)) continue
    const circle = circleFrom(arrow, eventless)
    if (circle === undefined) continue
    for (const one of circle) seen.add(one.from)
    found.push(
      finding('loop.always', {
        at: nameOf(arrow.from),
        path: [
          ...(paths.get(arrow.from) ?? []),
          ...circle.map(({ label, to }) => `${label} → ${nameOf(to)}`),
        ],
        says: 'goes round without an event',
      }),
    )
  }
  return found
}

export const stateFindings = (structure: Structure): readonly Finding[] => [
  ...reachable(structure),
  ...leavable(structure),
  ...bounded(structure),
  ...alwaysLoops(structure),
]
