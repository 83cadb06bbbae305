/** A scenario with one of its assumptions changed, for trying how much hangs on it. */
import { UsherError } from '#protocol/errors.ts'
import { type AssumptionPath, assumptions } from '#simulators/lobby/assumptions.ts'
import { type Scenario, serviceOf } from '#simulators/lobby/scenario.ts'
import { serviceDefaults } from '#simulators/lobby/scenario-schema.ts'

const isShare = (path: string) => assumptions[path as AssumptionPath].unit === 'share'

/** Times a factor; a share stays one. */
const times = (path: string, value: number, factor: number) =>
  isShare(path) ? Math.min(1, value * factor) : value * factor

const scaleServices = (scenario: Scenario, field: string, factor: number): Scenario['services'] =>
  Object.fromEntries(
    scenario.branch.services.map(({ id }) => {
      const own = scenario.services[id] ?? serviceDefaults
      const whole = serviceOf(scenario, id)
      const now: Readonly<Record<string, unknown>> = {
        ...own,
        counterMinutes: whole.counterMs / 60_000,
        kioskMinutes: whole.kioskMs === null ? null : whole.kioskMs / 60_000,
      }
      const value = now[field]
      if (typeof value !== 'number') return [id, own]
      return [id, { ...own, [field]: times(`services.*.${field}`, value, factor) }]
    }),
  )

/**
 * @param path as in the table of assumptions; `services.*.…` changes every service.
 * @throws UsherError `scenario.invalid` for a path that holds no number.
 */
export const scaleAssumption = (scenario: Scenario, path: AssumptionPath, factor: number): Scenario => {
  const [section = '', ...rest] = path.split('.')
  const field = rest.at(-1) ?? ''
  if (section === 'services') return { ...scenario, services: scaleServices(scenario, field, factor) }
  const own = scenario[section as keyof Scenario] as unknown as Readonly<Record<string, unknown>>
  const value = own[field]
  if (typeof value !== 'number') throw new UsherError('scenario.invalid', `${path} is not a number.`)
  return { ...scenario, [section]: { ...own, [field]: times(path, value, factor) } }
}
