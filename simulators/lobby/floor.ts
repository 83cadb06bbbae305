/** The floor plan as people walk it: zones with areas, places with points, ways between them and how long they take. */
import type { LobbyBranch, Point, ZoneKind } from './branch.ts'
import type { Draw } from './draws.ts'
import type { Scenario } from './scenario.ts'
import type { Area } from './scenario-schema.ts'

export interface Floor {
  /** The first zone of a kind, or the first zone at all. */
  zoneOf(kind: ZoneKind): string
  area(zone: string): Area
  /** Where a person stands or sits in a zone. */
  spotIn(zone: string, subject: string): Point
  /** In front of a device, a counter or a named place; undefined where the branch file does not say where that is. */
  pointOf(id: string): Point | undefined
  /** The middle of a zone; undefined: there is no such zone. */
  centreOf(zone: string): Point | undefined
  metres(from: Point, to: Point): number
}

/** Zones without a point stand side by side, so that there is a way between them. */
const apartMetres = 5

const areaOf = (zone: LobbyBranch['zones'][number], index: number, scenario: Scenario): Area => {
  const { zones, zoneMetres: side } = scenario.floor
  const at = zone.at ?? { x: index * apartMetres, y: 0 }
  return zones[zone.id] ?? { x: at.x - side / 2, y: at.y - side / 2, width: side, height: side }
}

const centreOf = ({ x, y, width, height }: Area): Point => ({ x: x + width / 2, y: y + height / 2 })

/** Counters stand in a row along the far side of their zone. */
const counterPoints = ({ branch }: Scenario, areas: ReadonlyMap<string, Area>): [string, Point][] => {
  const usual = branch.zones.find(({ kind }) => kind === 'counters') ?? branch.zones[0]
  const zoneOf = (zone: string | undefined) => zone ?? usual?.id
  return branch.counters.map(({ id, zone }) => {
    const row = branch.counters.filter((other) => zoneOf(other.zone) === zoneOf(zone))
    const area = areas.get(zoneOf(zone) ?? '') ?? { x: 0, y: 0, width: 1, height: 1 }
    const share = (row.findIndex((other) => other.id === id) + 0.5) / row.length
    const along = area.height >= area.width
    return [
      id,
      along
        ? { x: area.x + area.width * 0.8, y: area.y + area.height * share }
        : { x: area.x + area.width * share, y: area.y + area.height * 0.8 },
    ]
  })
}

export const createFloor = (scenario: Scenario, draw: Draw): Floor => {
  const { branch, customers } = scenario
  const areas = new Map(branch.zones.map((zone, index) => [zone.id, areaOf(zone, index, scenario)]))
  const points = new Map(counterPoints(scenario, areas))
  const first = branch.zones[0]?.id ?? ''
  for (const { id, zone, at } of branch.places) {
    const point = at ?? (areas.has(zone) ? centreOf(areas.get(zone) as Area) : undefined)
    if (point !== undefined) points.set(id, { x: point.x, y: point.y })
  }
  for (const { id, zone, place } of branch.devices) {
    const area = areas.get(zone ?? '')
    const point = points.get(place ?? '') ?? (area === undefined ? undefined : centreOf(area))
    if (point !== undefined) points.set(id, point)
  }
  const area = (zone: string): Area => areas.get(zone) ?? areaOf({ id: zone, kind: 'other' }, 0, scenario)
  return {
    zoneOf: (kind) => branch.zones.find((zone) => zone.kind === kind)?.id ?? first,
    area,
    spotIn(zone, subject) {
      const { x, y, width, height } = area(zone)
      return { x: x + width * draw(subject, `x in ${zone}`), y: y + height * draw(subject, `y in ${zone}`) }
    },
    pointOf: (id) => points.get(id),
    centreOf: (zone) => (areas.has(zone) ? centreOf(area(zone)) : undefined),
    metres: (from, to) => Math.hypot(from.x - to.x, from.y - to.y) * customers.detour,
  }
}
