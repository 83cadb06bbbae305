/** From the hub's spots to nodes: which place is meant, and over which nodes the way leads. And what a configuration may be. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Vda5050Config } from '#adapters/vda-5050/config.ts'
import { findTarget, placeAt, routeTo, type Target } from '#adapters/vda-5050/route.ts'
import { places } from './support/places.ts'

const at = (nodeId: string, x: number, y: number) => ({ nodeId, x, y, mapId: 'm', zone: 'hall' })
/** a – b – c in a line, d off b, and a way from c back to a that is for one direction only. */
const graph = {
  places: { a: at('A', 0, 0), b: at('B', 10, 0), c: at('C', 20, 0), d: at('D', 10, 10), e: at('E', 50, 50) },
  ways: [
    { from: 'a', to: 'b', edgeId: 'ab', oneWay: false },
    { from: 'b', to: 'c', oneWay: false },
    { from: 'b', to: 'd', oneWay: false },
    { from: 'c', to: 'a', edgeId: 'ca', oneWay: true },
  ],
}
const straight = { places: graph.places, ways: [] }
const on = (lastNodeId: string, x: number, y: number) => ({
  lastNodeId,
  position: { x, y, theta: 0, mapId: 'm' },
})
const nodes = (route: readonly { nodeId: string }[]) => route.map(({ nodeId }) => nodeId).join(' ')
const target = (place: string): Target => {
  const found = findTarget(graph, { place })
  if (found === undefined) throw new Error('there is such a place')
  return found
}

describe('a spot', () => {
  test('with a place is the row of the table; one that is not there is refused', () => {
    expect(findTarget(graph, { place: 'b', zone: 'x' })?.nodeId).toBe('B')
    expect(() => findTarget(graph, { place: 'nowhere' })).toThrow(/nowhere/)
    expect(() => findTarget(graph, { place: 'constructor' })).toThrow(/constructor/)
  })

  test('with coordinates is the node there, or a node of its own', () => {
    expect(findTarget(graph, { pose: { map: 'm', x: 10.1, y: 0.1 } })?.nodeId).toBe('B')
    expect(findTarget(graph, { pose: { map: 'm', x: 3, y: 4 } })).toMatchObject({
      nodeId: 'usher-3.00-4.00',
      position: { mapId: 'm', x: 3, y: 4 },
    })
    expect(findTarget(graph, { pose: { map: 'other', x: 10, y: 0 } })?.nodeId).not.toBe('B')
  })

  test('with a zone only is where the robot stands already, or the first place of it', () => {
    expect(findTarget(graph, { zone: 'hall' }, 'C')?.nodeId).toBe('C')
    expect(findTarget(graph, { zone: 'hall' })?.nodeId).toBe('A')
    expect(findTarget(graph, { zone: 'nowhere' })).toBeUndefined()
    expect(findTarget(graph, {})).toBeUndefined()
  })
})

describe('a route', () => {
  test('leads straight there where no ways are known, over the shortest ones where they are', () => {
    expect(nodes(routeTo(straight, on('A', 0, 0), target('c')))).toBe('A C')
    expect(nodes(routeTo(graph, on('A', 0, 0), target('c')))).toBe('A B C')
    expect(nodes(routeTo(graph, on('D', 10, 10), target('a')))).toBe('D B A')
  })

  test('keeps to one-way ways, and uses the names of edges', () => {
    const back = routeTo(graph, on('C', 20, 0), target('a'))
    expect(back.map(({ edgeId }) => edgeId)).toEqual([undefined, 'ca'])
    expect(nodes(routeTo(graph, on('A', 0, 0), target('d')))).toBe('A B D')
  })

  test('is one node where the robot is there already', () => {
    expect(nodes(routeTo(graph, on('B', 10, 0), target('b')))).toBe('B')
  })

  test('begins where the robot stands, though it left its last node', () => {
    const [first, second] = routeTo(straight, on('A', 4, 3), target('b'))
    expect(first).toMatchObject({ nodeId: 'A', position: { x: 4, y: 3 } })
    expect(second?.nodeId).toBe('B')
    expect(
      nodes(routeTo(graph, { lastNodeId: '', position: { x: 9, y: 1, theta: 0, mapId: 'm' } }, target('c'))),
    ).toBe('usher-here B C')
  })

  test('that does not exist, and a robot that is nowhere, are refused', () => {
    expect(() => routeTo(graph, on('A', 0, 0), target('e'))).toThrow(/No way/)
    expect(() => routeTo(graph, { lastNodeId: '', position: undefined }, target('a'))).toThrow(/where it is/)
  })

  test('between whichever places: each step is a way that may be gone, and the last is the target', () => {
    const rows = Object.entries(graph.places).filter(([name]) => name !== 'e')
    fc.assert(
      fc.property(fc.constantFrom(...rows), fc.constantFrom(...rows), ([, from], [name, to]) => {
        const route = routeTo(graph, on(from.nodeId, from.x, from.y), target(name))
        expect(route.at(-1)?.nodeId).toBe(to.nodeId)
        const names = route.map(({ nodeId }) => placeAt(graph, nodeId))
        for (const [index, place] of names.slice(1).entries())
          expect(
            graph.ways.some(
              (way) =>
                (way.from === names[index] && way.to === place) ||
                (!way.oneWay && way.to === names[index] && way.from === place),
            ),
          ).toBe(true)
      }),
    )
  })
})

describe('a configuration', () => {
  const robot = { device: 'robot-1', manufacturer: 'Acme', serialNumber: 'R001' }
  const whole = { broker: { url: 'mqtt://fleet' }, places, robots: [robot] }

  test('has the standard’s own times and words as defaults', () => {
    expect(Vda5050Config.parse(whole)).toMatchObject({
      silentAfterMs: 65_000,
      robots: [{ version: '2.1.0', actions: 'factsheet', quirks: { instantActionsKey: 'actions' } }],
    })
  })

  test.each([
    ['a version that is not spoken', { robots: [{ ...robot, version: '1.1.0' }] }],
    ['a serial number that would leave its topic', { robots: [{ ...robot, serialNumber: 'a/#' }] }],
    ['a device twice', { robots: [robot, { ...robot, serialNumber: 'R002' }] }],
    ['a robot twice', { robots: [robot, { ...robot, device: 'robot-2' }] }],
    ['a node twice', { places: { a: places['hall-spot'], b: places['hall-spot'] } }],
    ['a way to nowhere', { ways: [{ from: 'hall-spot', to: 'nowhere' }] }],
    ['a word that means nothing', { quirk: true }],
    ['a broker that is none', { broker: { url: 'http://fleet' } }],
  ])('with %s is refused', (_, more) => {
    expect(Vda5050Config.safeParse({ ...whole, ...more }).success).toBe(false)
  })
})
