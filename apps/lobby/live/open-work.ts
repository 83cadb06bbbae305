/** What is open in the branch, most pressing first: the same order wherever it is listed. */
import { useMemo } from 'react'
import type { LiveAlert, LiveTask } from '#protocol/desk/live/work-rows.ts'
import { alertPriorities } from '#protocol/desk/live/work-rows.ts'
import { useTable } from './use-live.ts'

const byPriority = (a: LiveAlert, b: LiveAlert) =>
  alertPriorities.indexOf(a.priority) - alertPriorities.indexOf(b.priority) || a.since - b.since

export const isOpenAlert = ({ clearedAt, shelved }: LiveAlert): boolean =>
  clearedAt === null && shelved === null

export const useOpenAlerts = (): readonly LiveAlert[] => {
  const alerts = useTable('alerts')
  return useMemo(() => alerts.filter(isOpenAlert).sort(byPriority), [alerts])
}

/** Suggestions wait for a person, so they come first; then what is oldest. */
const byTurn = (a: LiveTask, b: LiveTask) =>
  Number(b.suggested) - Number(a.suggested) || a.createdAt - b.createdAt

export const isOpenTask = ({ endedAt }: LiveTask): boolean => endedAt === null

export const useOpenTasks = (): readonly LiveTask[] => {
  const tasks = useTable('tasks')
  return useMemo(() => tasks.filter(isOpenTask).sort(byTurn), [tasks])
}
