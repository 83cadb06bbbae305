/** The processes below a process, from /proc: to see that none of them outlives it. */
import { readdirSync, readFileSync } from 'node:fs'

const parentOf = (pid: number): number | undefined => {
  try {
    // The name may hold spaces and brackets: what follows the last bracket is state and parent (proc_pid_stat(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

const all = (): readonly number[] => readdirSync('/proc').map(Number).filter(Number.isInteger)

export const below = (pid: number): readonly number[] => {
  const children = Map.groupBy(all(), (one) => parentOf(one))
  const walk = (parent: number): readonly number[] =>
    (children.get(parent) ?? []).flatMap((child) => [child, ...walk(child)])
  return walk(pid)
}

export const isAlive = (pid: number): boolean => {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}
