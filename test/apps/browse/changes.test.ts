/** Pages as lists of nodes: whoever has followed every change has the page as it is. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesSince, knownOf } from '#apps/browse/changes.ts'
import { BrowseFromKiosk, type CopiedNode } from '#protocol/calls/browse.ts'

const Node: fc.Arbitrary<CopiedNode> = fc.oneof(
  fc.record({ id: fc.integer({ min: 1, max: 12 }), text: fc.string({ maxLength: 8 }) }),
  fc.record({
    id: fc.integer({ min: 1, max: 12 }),
    tag: fc.constantFrom('div' as const, 'p' as const, 'input' as const),
    attributes: fc.record({ class: fc.string({ maxLength: 4 }) }),
    kids: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
  }),
)
const Page = fc.uniqueArray(Node, { selector: ({ id }) => id, maxLength: 10 })

test('what is told and what was known before make the page, and nothing is told twice', () => {
  fc.assert(
    fc.property(fc.array(Page, { minLength: 1, maxLength: 6 }), (pages) => {
      const theirs = new Map<number, CopiedNode>()
      let known = knownOf([])
      for (const page of pages) {
        const told = changesSince(known, page)
        for (const node of told) theirs.set(node.id, node)
        known = knownOf(page)
        expect(page.map(({ id }) => theirs.get(id))).toEqual(page)
      }
      expect(changesSince(known, pages.at(-1) ?? [])).toEqual([])
    }),
  )
})

test('every node that can be made can be told', () => {
  fc.assert(
    fc.property(Page, (nodes) => {
      const frame = { root: 1, width: 1, height: 1, foot: 0, attributes: {} }
      const said = { kind: 'page', run: 'r'.repeat(8), seq: 0, whole: true, frame, nodes }
      expect(BrowseFromKiosk.parse(said)).toEqual(said)
    }),
  )
})
