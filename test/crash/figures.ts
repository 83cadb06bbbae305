/** What a crash run says about itself, for people and for programs. */
import type { Outcome } from './run.ts'

const share = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

const count = <T>(list: readonly T[], which: (item: T) => boolean) => list.filter(which).length

export const figuresOf = (outcome: Outcome) => {
  const { evidence, broken } = outcome
  const { logs, tasks, entries } = evidence
  const ready = outcome.readyMs.toSorted((a, b) => a - b)
  const phases: Record<string, number> = {}
  for (const { phase } of tasks) phases[phase] = (phases[phase] ?? 0) + 1
  const answers: Record<string, number> = {}
  for (const { status } of evidence.answered) answers[status] = (answers[status] ?? 0) + 1
  const greeted = new Set(
    logs.flatMap((line) => (line.kind === 'begun' && line.capability === 'greet' ? [line.visit] : [])),
  )
  return {
    restarts: ready.length,
    diedStarting: outcome.diedStarting,
    ends: outcome.ends,
    readyP50Ms: Math.round(share(ready, 0.5)),
    readyP99Ms: Math.round(share(ready, 0.99)),
    readyMaxMs: Math.round(ready.at(-1) ?? 0),
    devicesKilled: outcome.devicesKilled,
    devicesDied: count(logs, ({ kind }) => kind === 'misbehaved'),
    entries: entries.length,
    visitors: outcome.visitors,
    acknowledged: count(logs, ({ kind }) => kind === 'acknowledged'),
    tasks: tasks.length,
    phases,
    begun: count(logs, ({ kind }) => kind === 'begun'),
    visitsGreeted: greeted.size,
    staffAnswers: evidence.answered.length,
    answers,
    broken: broken.length,
    tookS: Math.round(outcome.tookMs / 1_000),
  }
}
export type Figures = ReturnType<typeof figuresOf>

export const describe = (figures: Figures, rounds: number): string => {
  const { phases, ends } = figures
  const listed = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([what, number]) => `${number} ${what}`)
  return [
    `${rounds} rounds in ${figures.tookS} s: the hub was restarted ${figures.restarts} times`,
    `  killed: ${listed(ends).join(', ')}; ${figures.diedStarting} died while starting; ${figures.devicesKilled + figures.devicesDied} devices died`,
    `restart to ready: p50 ${figures.readyP50Ms} ms, p99 ${figures.readyP99Ms} ms, longest ${figures.readyMaxMs} ms`,
    `${figures.acknowledged} messages acknowledged, ${figures.entries} entries, ${figures.visitors} visitors`,
    `${figures.tasks} tasks (${listed(phases).join(', ')}), ${figures.begun} begun, ${figures.visitsGreeted} visits greeted`,
    `${figures.staffAnswers} answers of staff (${listed(figures.answers).join(', ')})`,
    figures.broken === 0 ? 'No promise was broken.' : `${figures.broken} promises were broken.`,
  ].join('\n')
}
