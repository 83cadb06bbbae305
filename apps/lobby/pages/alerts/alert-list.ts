/** Which alerts stand where, and in which order: what needs a name first, what somebody has below it. */
import { alertPriorities, type LiveAlert } from '#protocol/desk/live/work-rows.ts'

/** Several that say the same of different things are one entry, opened when somebody wants them one by one. */
export interface Entry {
  readonly id: string
  readonly alerts: readonly LiveAlert[]
}

export interface ListedAlerts {
  readonly unclaimed: readonly Entry[]
  readonly claimed: readonly LiveAlert[]
  readonly shelved: readonly LiveAlert[]
  /** Over, and still remembered. */
  readonly cleared: readonly LiveAlert[]
}

/** From so many on they are a flood. */
export const floodOf = 4

const rank = ({ priority }: LiveAlert) => alertPriorities.indexOf(priority)

const byPriority = (a: LiveAlert, b: LiveAlert) =>
  rank(a) - rank(b) || a.since - b.since || (a.id < b.id ? -1 : 1)

const kindOf = ({ code, priority }: LiveAlert) => `${priority}/${code}`

const group = (alerts: readonly LiveAlert[]): readonly Entry[] => {
  const kinds = new Map<string, LiveAlert[]>()
  for (const alert of alerts) kinds.set(kindOf(alert), [...(kinds.get(kindOf(alert)) ?? []), alert])
  return [...kinds]
    .flatMap(([kind, of]): Entry[] =>
      of.length >= floodOf
        ? [{ id: `flood/${kind}`, alerts: of }]
        : of.map((one) => ({ id: one.id, alerts: [one] })),
    )
    .sort((a, b) => byPriority(a.alerts[0] as LiveAlert, b.alerts[0] as LiveAlert))
}

export const listAlerts = (alerts: readonly LiveAlert[]): ListedAlerts => {
  const open = alerts.filter(({ clearedAt }) => clearedAt === null)
  const active = open.filter(({ shelved }) => shelved === null).sort(byPriority)
  return {
    unclaimed: group(active.filter(({ claimedBy }) => claimedBy === null)),
    claimed: active.filter(({ claimedBy }) => claimedBy !== null),
    shelved: open
      .filter(({ shelved }) => shelved !== null)
      .sort((a, b) => (a.shelved?.until ?? 0) - (b.shelved?.until ?? 0)),
    cleared: alerts
      .filter(({ clearedAt }) => clearedAt !== null)
      .sort((a, b) => (b.clearedAt ?? 0) - (a.clearedAt ?? 0)),
  }
}

export interface Span {
  readonly count: number
  readonly since: number
  readonly lastAt: number
}

/** How often it came in all, since when, and when last. */
export const spanOf = (alerts: readonly LiveAlert[]): Span => ({
  count: alerts.reduce((sum, { count }) => sum + count, 0),
  since: Math.min(...alerts.map(({ since }) => since)),
  lastAt: Math.max(...alerts.map(({ lastAt }) => lastAt)),
})
