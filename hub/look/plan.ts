/**
 * The floor plan while the branch runs: it is the part of the branch file that says where things are. A change is a
 * whole branch file with that part replaced, checked like any other, and goes the way of any other.
 */
import type { PlanAnswer, PlanChange } from '#protocol/desk/look/plan.ts'
import { UsherError } from '#protocol/errors.ts'
import type { BranchFile } from '../branch/file.ts'
import { parseBranchFile } from '../branch/load.ts'
import { otherRevision } from '../branch/other-revision.ts'
import { branchOf, fileOf } from '../branch/rows.ts'
import { keptPlans, type PlanPart, planOf } from '../branch/versions-kept.ts'
import type { BranchState } from '../engine/state.ts'
import type { LookParts } from './parts.ts'
import { createTitles } from './titles.ts'
import type { Tongue } from './words/pair.ts'

type Source = Pick<LookParts, 'engine' | 'parsePolicy'>

const wholeFile = (state: BranchState): BranchFile => {
  const file = fileOf(state)
  if (file === undefined) throw new UsherError('branch.no-file')
  return file
}

/** A device that came since belongs nowhere in an old plan; one that is gone is not shown. */
const placed = ({ devices }: BranchFile, plan: PlanPart): PlanAnswer['devices'] =>
  devices.map(({ id, kind, title }) => {
    const { zone, place } = plan.devices.find((one) => one.id === id) ?? { zone: null, place: null }
    return { id, kind, title, zone, place }
  })

const shownOf = (state: BranchState, version: number | undefined): PlanPart & { readonly shown: number } => {
  const { revision } = branchOf(state)
  if (version === undefined) return { ...planOf(wholeFile(state)), shown: revision }
  const found = keptPlans(state).find((one) => one.revision === version)
  if (found === undefined) throw new UsherError('plan.no-version', String(version))
  return { ...found, shown: version }
}

/** @throws UsherError `plan.no-version` */
export const readPlan = (
  { engine }: Source,
  { version, tongue }: { version?: number | undefined; tongue: Tongue },
): Promise<PlanAnswer> =>
  engine.read((state) => {
    const titles = createTitles(state, tongue)
    const { zones, places, devices, shown } = shownOf(state, version)
    return {
      revision: branchOf(state).revision,
      shown,
      zones,
      places,
      devices: placed(wholeFile(state), { zones, places, devices }),
      versions: keptPlans(state)
        .map(({ revision, at, by, ...plan }) => ({
          revision,
          at,
          by,
          byTitle: titles.person(by),
          zones: plan.zones.length,
          places: plan.places.length,
        }))
        .reverse(),
    }
  })

const moved = (file: BranchFile, wanted: PlanChange['devices']): BranchFile['devices'] => {
  const known = new Set(file.devices.map(({ id }) => id))
  const strange = wanted.find(({ id }) => !known.has(id))
  if (strange !== undefined) throw new UsherError('device.unknown', strange.id)
  return file.devices.map(({ zone: wasZone, place: wasPlace, ...device }) => {
    const to = wanted.find(({ id }) => id === device.id)
    const zone = to === undefined ? wasZone : (to.zone ?? undefined)
    const place = to === undefined ? wasPlace : (to.place ?? undefined)
    return { ...device, ...(zone !== undefined && { zone }), ...(place !== undefined && { place }) }
  })
}

/** @throws UsherError `config.conflict`, `config.invalid` with every fault, or `device.unknown` */
export const changePlan = async (
  { engine, parsePolicy }: Source,
  { revision, zones, places, devices }: PlanChange,
  by: string,
): Promise<void> => {
  const inForce = await engine.read((state) => ({
    file: wholeFile(state),
    revision: branchOf(state).revision,
  }))
  // Against another file than the editor saw, its faults would make no sense.
  if (inForce.revision !== revision) throw otherRevision(revision, inForce.revision)
  const next = { ...inForce.file, zones, places, devices: moved(inForce.file, devices) }
  const file = parseBranchFile(JSON.stringify(next), parsePolicy)
  await engine.submit({ body: { kind: 'config', file, revision, by } })
}
