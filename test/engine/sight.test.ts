import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flows } from '#flows/index.ts'
import { createFlowSet } from '#hub/engine/flow-set.ts'
import { seenBy } from '#hub/engine/sight.ts'
import type { FactType } from '#protocol/flow-events.ts'
import type { BranchView } from '#protocol/model.ts'

const branch = { at: 7 } as BranchView

const sightOf = (policy: unknown = {}) => {
  const looks: unknown[] = []
  const view = (model: BranchView, key: string) => {
    looks.push([model, key])
    return { looks: looks.length }
  }
  return { looks, sight: { turn: { at: 7, view: branch }, flow: { view }, key: 'v-1', policy } }
}

describe('an event as an instance sees it', () => {
  it('is the event, at the time of the entry, with the policy in force and the view', () => {
    const name = fc.string().filter((text) => !['view', 'type', '__proto__'].includes(text))
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue()), fc.jsonValue(), (own, policy) => {
        const seen = seenBy(sightOf(policy).sight, { ...own, type: 'x' })
        expect(Object.assign({}, seen, { view: seen.view })).toEqual({
          ...own,
          type: 'x',
          at: 7,
          policy,
          view: { looks: 1 },
        })
      }),
    )
  })

  it('makes the view when a step first looks, once, and never for who does not look', () => {
    const { looks, sight } = sightOf()
    const seen = seenBy(sight, { type: 'x' })
    expect(looks).toEqual([])
    expect(seen.view).toBe(seen.view)
    expect(looks).toEqual([[branch, 'v-1']])
  })
})

describe('who listens to a fact', () => {
  it('is found for each fact as by asking every flow, in their order, each once', () => {
    const twice = flows.map((flow) => ({ ...flow, listens: [...flow.listens, ...flow.listens] }))
    const set = createFlowSet(twice)
    const facts = new Set<FactType>(flows.flatMap(({ listens }) => listens))
    expect(facts.size).toBeGreaterThan(10)
    for (const fact of facts)
      expect(set.listening(fact)).toEqual(set.lines.filter(({ listens }) => listens.includes(fact)))
    expect(set.listening('nothing of the sort' as FactType)).toEqual([])
  })
})
