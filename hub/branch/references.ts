/** What a schema cannot see in a branch file: names used twice, names that lead nowhere, times that make no sense. */
import type { BranchFile } from './file.ts'
import { isTimeZone } from './local-time.ts'

export interface Fault {
  readonly path: readonly (string | number)[]
  readonly says: string
}

interface Named {
  readonly id: string
}

type Kind = 'zone' | 'place' | 'service' | 'gateway'

interface Reference {
  readonly kind: Kind
  readonly name: string | undefined
  readonly path: Fault['path']
}

const twice = (list: string, items: readonly Named[]): readonly Fault[] => {
  const seen = new Set<string>()
  return items.flatMap(({ id }, index) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [{ path: [list, index, 'id'], says: `"${id}" is used twice; each name only once` }]
  })
}

const references = (file: BranchFile): readonly Reference[] => [
  ...file.zones.flatMap((zone, index) =>
    zone.keepClear.map((name, nth) => ({
      kind: 'place' as const,
      name,
      path: ['zones', index, 'keepClear', nth],
    })),
  ),
  ...file.places.map(({ zone }, index) => ({
    kind: 'zone' as const,
    name: zone,
    path: ['places', index, 'zone'],
  })),
  ...file.counters.flatMap((counter, index) => [
    { kind: 'zone' as const, name: counter.zone, path: ['counters', index, 'zone'] },
    ...counter.services.map((name, nth) => ({
      kind: 'service' as const,
      name,
      path: ['counters', index, 'services', nth],
    })),
  ]),
  ...file.devices.flatMap((device, index) => [
    { kind: 'zone' as const, name: device.zone, path: ['devices', index, 'zone'] },
    { kind: 'place' as const, name: device.place, path: ['devices', index, 'place'] },
    { kind: 'gateway' as const, name: device.gateway, path: ['devices', index, 'gateway'] },
  ]),
  ...file.staff.map(({ zone }, index) => ({
    kind: 'zone' as const,
    name: zone,
    path: ['staff', index, 'zone'],
  })),
  ...file.campaigns.flatMap((campaign, index) =>
    campaign.zones.map((name, nth) => ({
      kind: 'zone' as const,
      name,
      path: ['campaigns', index, 'zones', nth],
    })),
  ),
]

const ids = (items: readonly Named[]) => items.map((item) => item.id)

const dangling = (file: BranchFile): readonly Fault[] => {
  const known: Record<Kind, readonly string[]> = {
    zone: ids(file.zones),
    place: ids(file.places),
    service: ids(file.services),
    gateway: ids(file.devices.filter((device) => device.kind === 'gateway')),
  }
  return references(file).flatMap(({ kind, name, path }) => {
    if (name === undefined || known[kind].includes(name)) return []
    const there = known[kind].length === 0 ? 'none is declared' : `declared are ${known[kind].join(', ')}`
    return [{ path, says: `there is no ${kind} "${name}"; ${there}` }]
  })
}

const times = (file: BranchFile): readonly Fault[] => [
  ...(isTimeZone(file.timeZone)
    ? []
    : [{ path: ['timeZone'], says: `"${file.timeZone}" is no time zone; write one like Asia/Shanghai` }]),
  ...file.campaigns.flatMap(({ from, to }, index) =>
    from !== undefined && to !== undefined && from > to
      ? [{ path: ['campaigns', index, 'to'], says: `ends on ${to}, before it begins on ${from}` }]
      : [],
  ),
]

/** @returns everything wrong, in the order of the file's sections. */
export const checkReferences = (file: BranchFile): readonly Fault[] => [
  ...(['zones', 'places', 'services', 'counters', 'devices', 'staff', 'campaigns'] as const).flatMap((list) =>
    twice(list, file[list]),
  ),
  ...dangling(file),
  ...times(file),
]
