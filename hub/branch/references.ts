/** What a schema cannot see in a branch file: names used twice, names that lead nowhere, times that make no sense. */
import { detail } from '#protocol/desk/details.ts'
import { recordingFaults } from '../sales/script-faults.ts'
import { type Fault, type Path, twice } from './faults.ts'
import type { BranchFile } from './file.ts'
import { isTimeZone } from './local-time.ts'

interface Named {
  readonly id: string
}

type Kind = 'zone' | 'place' | 'service' | 'gateway' | 'group'

interface Reference {
  readonly kind: Kind
  readonly name: string | undefined
  readonly path: Path
}

const namedTwice = (list: Path, items: readonly Named[]): readonly Fault[] =>
  twice(items.map(({ id }, index) => [id, [...list, index, 'id']]))

const ids = (items: readonly Named[]) => items.map((item) => item.id)

/** A service that is spelled otherwise would ask for no licence at all. */
const expertReferences = ({ experts, role }: BranchFile): readonly Reference[] => [
  ...Object.entries(experts?.needs ?? {}).flatMap(([service, { group }]) => [
    // Those of a desk are the services of its branches, which it does not know.
    ...(role === 'desk'
      ? []
      : [{ kind: 'service' as const, name: service, path: ['experts', 'needs', service] }]),
    { kind: 'group' as const, name: group, path: ['experts', 'needs', service, 'group'] },
  ]),
  ...(experts?.groups ?? []).map(({ overflow }, index) => ({
    kind: 'group' as const,
    name: overflow,
    path: ['experts', 'groups', index, 'overflow'],
  })),
]

/** Named, or somebody's. */
const expertGroups = ({ experts }: BranchFile) => [
  ...new Set([...ids(experts?.groups ?? []), ...(experts?.people ?? []).map(({ group }) => group)]),
]

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
  ...file.campaigns.map(({ service }, index) => ({
    kind: 'service' as const,
    name: service,
    path: ['campaigns', index, 'service'],
  })),
  ...expertReferences(file),
]

const dangling = (file: BranchFile): readonly Fault[] => {
  const known: Record<Kind, readonly string[]> = {
    zone: ids(file.zones),
    place: ids(file.places),
    service: ids(file.services),
    gateway: ids(file.devices.filter((device) => device.kind === 'gateway')),
    group: expertGroups(file),
  }
  return references(file).flatMap(({ kind, name, path }) => {
    if (name === undefined || known[kind].includes(name)) return []
    const there = known[kind].length === 0 ? 'none is declared' : `declared are ${known[kind].join(', ')}`
    const says = `there is no ${kind} "${name}"; ${there}`
    return [{ path, says, detail: detail(`no-${kind}`, { name }) }]
  })
}

const times = (file: BranchFile): readonly Fault[] => [
  ...(isTimeZone(file.timeZone)
    ? []
    : [
        {
          path: ['timeZone'],
          says: `"${file.timeZone}" is no time zone; write one like Asia/Shanghai`,
          detail: detail('no-time-zone', { name: file.timeZone }),
        },
      ]),
  ...file.campaigns.flatMap(({ from, to }, index) =>
    from !== undefined && to !== undefined && from > to
      ? [
          {
            path: ['campaigns', index, 'to'],
            says: `ends on ${to}, before it begins on ${from}`,
            detail: detail('ends-first', { from, to }),
          },
        ]
      : [],
  ),
]

/** @returns everything wrong, in the order of the file's sections. */
export const checkReferences = (file: BranchFile): readonly Fault[] => [
  ...(['zones', 'places', 'services', 'counters', 'devices', 'staff', 'campaigns'] as const).flatMap((list) =>
    namedTwice([list], file[list]),
  ),
  ...namedTwice(['experts', 'people'], file.experts?.people ?? []),
  ...namedTwice(['experts', 'groups'], file.experts?.groups ?? []),
  ...namedTwice(['experts', 'codes'], file.experts?.codes ?? []),
  ...dangling(file),
  ...times(file),
  ...recordingFaults(file.recording),
]
