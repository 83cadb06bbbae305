/**
 * The diagram of a flow, generated from its machine: Mermaid, so that it is drawn wherever the READMEs and the
 * reference are read.
 */
import type { AnyStateMachine, AnyStateNode } from 'xstate'

export const diagramMarks = { from: '<!-- diagram -->', to: '<!-- /diagram -->' } as const

type Transition = AnyStateNode['transitions'] extends Map<string, (infer T)[]> ? T : never

const nameOf = (node: AnyStateNode): string => node.path.join('_')

export const guardOf = (guard: unknown): string => {
  if (guard === undefined || guard === null || typeof guard === 'function') return ''
  if (typeof guard === 'string') return ` [${guard}]`
  const { type, params } = guard as { type?: string; params?: Record<string, unknown> }
  const values = Object.values(params ?? {}).map(String)
  return ` [${[type ?? '', ...values].join(' ')}]`
}

/** `xstate.after.giveUp.greeting.inviting` is told as "after giveUp". */
export const triggerOf = (event: string): string => {
  const after = /^xstate\.after\.([^.]+)\./.exec(event)
  return after === null ? event : `after ${after[1]}`
}

const arrows = (node: AnyStateNode): string[] => {
  const own: [string, Transition][] = [
    ...(node.always ?? []).map((transition): [string, Transition] => [
      transition.guard === undefined ? 'otherwise' : '',
      transition,
    ]),
    ...[...node.transitions].flatMap(([event, transitions]) =>
      transitions.map((transition): [string, Transition] => [triggerOf(event), transition]),
    ),
  ]
  const labels = new Map<string, string[]>()
  for (const [trigger, transition] of own) {
    for (const target of transition.target ?? [node]) {
      // One line per arrow: many events that lead to one state share it.
      const label = `${trigger}${guardOf(transition.guard)}`.trim()
      const known = labels.get(nameOf(target))
      if (known === undefined) labels.set(nameOf(target), [label])
      else if (!known.includes(label)) known.push(label)
    }
  }
  return [...labels].map(([target, causes]) => {
    const text = causes.filter((cause) => cause !== '').join('<br/>')
    return `${nameOf(node)} --> ${target}${text === '' ? '' : `: ${text}`}`
  })
}

const draw = (node: AnyStateNode, indent: string): string[] => {
  const children = Object.values(node.states)
  const lines: string[] = []
  const initial = node.initial?.target[0]
  if (initial !== undefined) lines.push(`${indent}[*] --> ${nameOf(initial)}`)
  for (const child of children) {
    if (Object.keys(child.states).length > 0) {
      lines.push(`${indent}state ${nameOf(child)} {`, ...draw(child, `${indent}  `), `${indent}}`)
    }
    lines.push(...arrows(child).map((arrow) => `${indent}${arrow}`))
    if (child.type === 'final') lines.push(`${indent}${nameOf(child)} --> [*]`)
  }
  return lines
}

export const diagram = (machine: AnyStateMachine): string =>
  ['stateDiagram-v2', ...draw(machine.root, '  ')].join('\n')

/** A README with its diagram replaced by the machine's own. */
export const withDiagram = (readme: string, machine: AnyStateMachine): string => {
  const from = readme.indexOf(diagramMarks.from)
  const to = readme.indexOf(diagramMarks.to)
  if (from < 0 || to < from) return readme
  const before = readme.slice(0, from + diagramMarks.from.length)
  return `${before}\n\n\`\`\`mermaid\n${diagram(machine)}\n\`\`\`\n\n${readme.slice(to)}`
}
