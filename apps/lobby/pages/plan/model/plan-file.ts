/** The plan as a file: written so that a person can read and compare it, and read so that nothing wrong gets further. */
import { type Detail, detailOfIssue } from '#protocol/desk/details.ts'
import {
  PlanFile,
  type PlanFileWhy,
  planFileBytesMax,
  planFileFormat,
  planFileVersion,
} from '#protocol/desk/look/plan-file.ts'
import type { PlanFileErrorCode } from '#protocol/plan-file-errors.ts'
import { type JsonFault, readJson, type Spot } from './json-text.ts'
import { type Plan, stayed } from './plan.ts'

/** What only a file can have; the rest is said as of any setting. */
export type Wrong = JsonFault | PlanFileWhy | 'missing' | 'unknown' | 'form'

/** One place in the file, and what is wrong there. */
export interface Misfit {
  readonly spot: Spot
  /** `zones[3].limit`; empty: the file as a whole. */
  readonly field: string
  readonly wrong: Wrong | Detail
}

export interface FileTrouble {
  readonly code: PlanFileErrorCode
  readonly misfits: readonly Misfit[]
  /** How many more there are than are told. */
  readonly more: number
}

export type FileRead = { readonly file: PlanFile } | { readonly trouble: FileTrouble }

/** More at once help nobody. */
const misfitsMax = 8

const troubleOf = (code: PlanFileErrorCode, misfits: readonly Misfit[] = []): FileRead => ({
  trouble: { code, misfits: misfits.slice(0, misfitsMax), more: Math.max(0, misfits.length - misfitsMax) },
})

type Issue = NonNullable<ReturnType<typeof PlanFile.safeParse>['error']>['issues'][number]

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
    value,
  )

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((field, key) => {
    if (typeof key === 'number') return `${field}[${key}]`
    return field === '' ? String(key) : `${field}.${String(key)}`
  }, '')

const wrongOf = (issue: Issue, value: unknown): Wrong | Detail => {
  if (issue.code === 'custom') return issue.params?.['why'] as PlanFileWhy
  if (issue.code === 'unrecognized_keys') return 'unknown'
  if (issue.path.length > 0 && valueAt(value, issue.path) === undefined) return 'missing'
  const said = detailOfIssue(issue, fieldOf(issue.path))
  return said.code === 'unfit' ? 'form' : said
}

/** A name that nobody knows stands where it is, not where its object begins. */
const pathsOf = (issue: Issue): readonly (readonly PropertyKey[])[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]

export const readPlanText = (text: string): FileRead => {
  const read = readJson(text)
  if ('fault' in read)
    return troubleOf('plan-file.not-json', [{ spot: read.spot, field: '', wrong: read.fault }])
  const { value, spotOf } = read
  if (valueAt(value, ['format']) !== planFileFormat) return troubleOf('plan-file.other')
  const version = valueAt(value, ['version'])
  if (typeof version === 'number' && version > planFileVersion) return troubleOf('plan-file.newer')
  const parsed = PlanFile.safeParse(value)
  if (parsed.success) return { file: parsed.data }
  return troubleOf(
    'plan-file.invalid',
    parsed.error.issues.flatMap((issue) =>
      pathsOf(issue).map((path) => ({
        spot: spotOf(path),
        field: fieldOf(path),
        wrong: wrongOf(issue, value),
      })),
    ),
  )
}

export const readPlanFile = async (file: Blob): Promise<FileRead> => {
  if (file.size > planFileBytesMax) return troubleOf('plan-file.too-large')
  const bytes = await file.arrayBuffer().catch(() => undefined)
  if (bytes === undefined) return troubleOf('plan-file.unreadable')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return troubleOf('plan-file.not-json')
  }
  return readPlanText(text)
}

/** Each thing on a line of its own: two versions of a file are compared line by line. */
export const planText = ({ zones, places, devices }: Plan, branch: string | undefined): string => {
  const lines = (all: readonly unknown[]) =>
    all.length === 0 ? '[]' : `[\n${all.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]`
  const parts = [
    `"format": ${JSON.stringify(planFileFormat)}`,
    `"version": ${planFileVersion}`,
    ...(branch === undefined ? [] : [`"branch": ${JSON.stringify(branch)}`]),
    `"zones": ${lines(zones)}`,
    `"places": ${lines(places)}`,
    `"devices": ${lines(devices)}`,
  ]
  return `{\n${parts.map((part) => `  ${part}`).join(',\n')}\n}\n`
}

export interface FilePlan {
  readonly plan: Plan
  /** Devices that the file names and this branch does not have: they are left out. */
  readonly strangers: readonly string[]
}

/** The plan of the file with the devices of this branch: those that it does not name stay where they are, if that is still there. */
export const planFrom = ({ zones, places, devices }: PlanFile, now: Plan): FilePlan => ({
  plan: {
    zones,
    places,
    devices: now.devices.map(
      (one) => devices.find(({ id }) => id === one.id) ?? stayed(one, { zones, places }),
    ),
  },
  strangers: devices
    .filter((one) => !now.devices.some(({ id }) => id === one.id))
    .map(({ id }) => id)
    .sort(),
})
