/** A scenario: one day of one branch, as a file that anybody can copy and change. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { UsherError } from '#protocol/errors.ts'
import { LobbyBranch } from './branch.ts'
import { midnightUtcMs } from './day-time.ts'
import { checkScenario } from './scenario-faults.ts'
import {
  type ScenarioFile,
  ScenarioFile as Schema,
  type ServiceSettings,
  serviceDefaults,
} from './scenario-schema.ts'
import { parseYaml, type YamlText } from './yaml-text.ts'

export interface Scenario extends Omit<ScenarioFile, 'branch'> {
  /** File name without its ending. */
  readonly name: string
  /** The part of the branch that people in the lobby know. */
  readonly branch: LobbyBranch
  /** The whole branch file, as the hub wants it. */
  readonly branchText: string
}

const folder = join(import.meta.dirname, 'scenarios')

export const scenarioNames = (): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .toSorted()

/**
 * @param nameOrPath the name of a shipped scenario, or the path of a file (which contains a slash or ends with .yaml).
 * @throws UsherError `scenario.unknown`, `scenario.unreadable`, `scenario.invalid`
 */
export const findScenario = (nameOrPath: string): Scenario => {
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath)
  if (!isPath && !scenarioNames().includes(nameOrPath))
    throw new UsherError('scenario.unknown', `"${nameOrPath}"; there are: ${scenarioNames().join(', ')}.`)
  const path = isPath ? resolve(nameOrPath) : join(folder, `${nameOrPath}.yaml`)
  return parseScenario(readText(path), path)
}

/**
 * @param where the path of the file the text is from: the branch file is looked for next to it, then among the shipped ones.
 * @throws UsherError `scenario.invalid` with every fault, one a line: line, path in the file, what would be right.
 */
export const parseScenario = (text: string, where: string): Scenario => {
  const yaml = parseYaml(text, (faults) => new UsherError('scenario.invalid', `${where}${faults}`))
  const parsed = Schema.safeParse(yaml.value)
  if (!parsed.success) return yaml.refuse(parsed.error.issues)
  const { branch: named, ...file } = parsed.data
  const path = typeof named === 'string' ? branchPath(named, where) : undefined
  const branchText = path === undefined ? stringify(named) : readText(path)
  const branch = branchOf(branchText, { yaml, named, path })
  const scenario = { ...file, name: nameOf(where), branch, branchText }
  const faults = checkScenario(scenario)
  return faults.length > 0 ? yaml.refuse(faults) : scenario
}

/** The settings of a service, with the means that the branch file gives where the scenario gives none. */
export const serviceOf = (
  { services, branch }: Scenario,
  id: string,
): Omit<ServiceSettings, 'counterMinutes' | 'kioskMinutes'> & {
  readonly counterMs: number
  readonly kioskMs: number | null
} => {
  const { counterMinutes, kioskMinutes, ...rest } = services[id] ?? serviceDefaults
  const declared = branch.services.find((service) => service.id === id)
  const kioskMs = kioskMinutes === null ? (declared?.kioskMs ?? 180_000) : kioskMinutes * 60_000
  return {
    ...rest,
    counterMs: counterMinutes === null ? (declared?.serviceMs ?? 300_000) : counterMinutes * 60_000,
    kioskMs: declared?.selfService === true ? kioskMs : null,
  }
}

/** @returns when its day's local midnight is, in milliseconds since 1970: what a simulated wall clock counts from. */
export const midnightOf = ({ day, branch }: Scenario): number => midnightUtcMs(day.date, branch.timeZone)

const nameOf = (where: string) => (where.split(/[/\\]/).at(-1) ?? where).replace(/\.ya?ml$/, '')

/** Next to the scenario; a copy of a shipped scenario finds the shipped branch wherever the copy lies. */
const branchPath = (named: string, where: string): string => {
  const own = resolve(dirname(where), named)
  const shipped = resolve(folder, named)
  return !existsSync(own) && existsSync(shipped) ? shipped : own
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsherError(
      'scenario.unreadable',
      `${path}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}.`,
    )
  }
}

const branchOf = (
  text: string,
  { yaml, named, path: file }: { yaml: YamlText; named: unknown; path: string | undefined },
): LobbyBranch => {
  const own = file === undefined
  const source = own
    ? yaml
    : parseYaml(text, (faults) => new UsherError('scenario.invalid', `${file}${faults}`))
  const parsed = LobbyBranch.safeParse(own ? named : source.value)
  if (parsed.success) return parsed.data
  return source.refuse(
    parsed.error.issues.map(({ path, message }) => ({ path: own ? ['branch', ...path] : path, message })),
  )
}
