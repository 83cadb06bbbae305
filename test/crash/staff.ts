/** Staff who take up what is asked of them, on the local socket, and remember what the hub has promised to keep. */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { type ControlClient, openControl } from '#hub/ops/control.ts'
import { people } from './branch.ts'

export interface Staff {
  readonly answered: readonly { readonly task: string; readonly status: string }[]
  /** Ids of the tasks that have not ended; undefined: the hub cannot be asked now. */
  openTasks(): Promise<readonly string[] | undefined>
  stop(): void
}

const lookMs = 150

const workOnce = async (hub: ControlClient, answered: { task: string; status: string }[]) => {
  for (const person of people) {
    const tasks = await hub.request<readonly TaskRow[]>('tasks.list', { person, limit: 5 })
    for (const { id, phase } of tasks) {
      const status = phase === 'offered' ? 'accepted' : 'done'
      try {
        await hub.request('tasks.report', { task: id, by: person, status })
        answered.push({ task: id, status })
      } catch (error) {
        // It went to somebody else or ended in between. That the hub died is seen by the next look.
        if ((error as { code?: string }).code === 'hub.unreachable') return
      }
    }
  }
}

const withHub = async <T>(
  socket: string,
  ask: (hub: ControlClient) => Promise<T>,
): Promise<T | undefined> => {
  let hub: ControlClient | undefined
  try {
    hub = await openControl(socket)
    return await ask(hub)
  } catch {
    return undefined
  } finally {
    hub?.close()
  }
}

export const startStaff = (socket: string): Staff => {
  const answered: { task: string; status: string }[] = []
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const look = () =>
    void withHub(socket, (hub) => workOnce(hub, answered)).then(() => {
      if (!stopped) timer = setTimeout(look, lookMs)
    })
  look()
  return {
    answered,
    openTasks: () =>
      withHub(socket, async (hub) =>
        (await hub.request<readonly TaskRow[]>('tasks.list', { limit: 1_000 })).map(({ id }) => id),
      ),
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
