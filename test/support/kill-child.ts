/** Ends a child process as a power cut does, without a word to anybody. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export const killChild = async (child: ChildProcess | undefined): Promise<void> => {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
