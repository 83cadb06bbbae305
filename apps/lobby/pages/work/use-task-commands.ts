/** What can be done with a task from here, and what became of what was done last. */
import { useMemo } from 'react'
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import { isUnderWay } from '../../live/send-once.ts'
import { type CommandLife, useLastLife, useLives, useSendOnce } from '../../live/use-commands.ts'

/** As the hub has it on record: a code with words of its own. */
const cancelReason = 'asked-to-cancel'

const isAbout = ({ command }: CommandLife, task: string): boolean =>
  command.name.startsWith('task.') && (command.params as { task?: string }).task === task

/** The last command that was given about this task; one that is done shows in the row itself. */
export const useTaskLife = (task: string): CommandLife | undefined => {
  const life = useLastLife((one) => isAbout(one, task))
  return life?.state === 'done' ? undefined : life
}

/** Something is under way about this task: until it is over nothing else is pressed there. */
export const useIsTaskBusy = (task: string): boolean =>
  useLives((life) => isAbout(life, task) && isUnderWay(life)).length > 0

export interface TaskCommands {
  readonly confirm: (task: string) => void
  readonly dismiss: (task: string) => void
  readonly cancel: (task: string) => void
  readonly take: (task: string) => void
  readonly retry: (task: string) => void
  readonly give: (task: string, to: string) => void
}

export const useTaskCommands = (): TaskCommands => {
  const send = useSendOnce()
  return useMemo(() => {
    const plain = (name: 'task.confirm' | 'task.dismiss' | 'task.take' | 'task.retry') => (task: string) => {
      send({ name, params: { task } } satisfies DeskCommand)
    }
    return {
      confirm: plain('task.confirm'),
      dismiss: plain('task.dismiss'),
      take: plain('task.take'),
      retry: plain('task.retry'),
      cancel: (task) => {
        send({ name: 'task.cancel', params: { task, reason: cancelReason } })
      },
      give: (task, to) => {
        send({ name: 'task.reassign', params: { task, to } })
      },
    }
  }, [send])
}
