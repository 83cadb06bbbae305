/** Asks a child process to end, and ends it when it does not. */
import type { ChildProcess } from 'node:child_process'

/** Resolves once it has exited. */
export const endChild = (child: ChildProcess, withinMs: number): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), withinMs)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
