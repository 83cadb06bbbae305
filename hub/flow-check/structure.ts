/**
 * The machine as a graph of its states, guards left aside: what cannot be reached here cannot be reached at all. Arrows
 * come from XState's own graph of the machine.
 */
import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { type DirectedGraphNode, toDirectedGraph } from 'xstate/graph'
import { guardOf, triggerOf } from '#flows/diagram.ts'

export interface Arrow {
  readonly from: AnyStateNode
  readonly to: AnyStateNode
  readonly label: string
  /** Taken without an event. */
  readonly always: boolean
  /** Only actions: the state stays. */
  readonly inner: boolean
}

export interface Structure {
  readonly states: readonly AnyStateNode[]
  readonly arrows: readonly Arrow[]
  /** Each state that can be reached, with its shortest path. */
  readonly paths: ReadonlyMap<AnyStateNode, readonly string[]>
}

export const nameOf = (node: AnyStateNode): string => node.path.join('.')

export const childrenOf = (node: AnyStateNode): readonly AnyStateNode[] => Object.values(node.states)

/** The state and all it is in, itself first. */
export const lineage = (node: AnyStateNode): readonly AnyStateNode[] =>
  node.parent === undefined ? [node] : [node, ...lineage(node.parent as AnyStateNode)]

const graphs = (graph: DirectedGraphNode): readonly DirectedGraphNode[] => [
  graph,
  ...graph.children.flatMap(graphs),
]

const arrowsOf = ({ stateNode, edges }: DirectedGraphNode): Arrow[] => [
  ...edges.map(
    ({ source, target, transition }): Arrow => ({
      from: source,
      to: target,
      label: `${triggerOf(transition.eventType)}${guardOf(transition.guard)}`,
      always: false,
      inner: transition.target === undefined,
    }),
  ),
  ...(stateNode.always ?? []).flatMap((transition) =>
    (transition.target ?? []).map(
      (to): Arrow => ({
        from: stateNode,
        to: to as AnyStateNode,
        label: `at once${guardOf(transition.guard)}`,
        always: true,
        inner: false,
      }),
    ),
  ),
]

/** What is entered with a state: what it is in, and what begins in it. */
const entered = (node: AnyStateNode): readonly AnyStateNode[] => {
  const first =
    node.type === 'parallel'
      ? childrenOf(node)
      : node.type === 'compound'
        ? (node.initial.target as readonly AnyStateNode[])
        : []
  return [...lineage(node), ...first.flatMap(entered)]
}

const shortest = (root: AnyStateNode, arrows: readonly Arrow[]) => {
  const paths = new Map<AnyStateNode, readonly string[]>()
  const waiting: AnyStateNode[] = []
  const reach = (node: AnyStateNode, path: readonly string[]) => {
    for (const one of entered(node)) {
      if (paths.has(one)) continue
      paths.set(one, path)
      waiting.push(one)
    }
  }
  reach(root, [])
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const path = paths.get(next) ?? []
    for (const arrow of arrows) {
      if (arrow.from !== next || arrow.inner) continue
      reach(arrow.to, [...path, `${arrow.label} → ${nameOf(arrow.to)}`])
    }
  }
  return paths
}

export const structureOf = (machine: AnyStateMachine): Structure => {
  const all = graphs(toDirectedGraph(machine))
  const arrows = all.flatMap(arrowsOf)
  return {
    states: all.map(({ stateNode }) => stateNode).filter((node) => node.parent !== undefined),
    arrows,
    paths: shortest(machine.root, arrows),
  }
}
