/** Starts the hub and the floor. */
import { type Contestant, firstMessage, killChild, makeFolder, startNode, stopChild } from './contestant.ts'

interface Ready {
  readonly port: number
  readonly started: Readonly<Record<string, number>>
}

export interface HubOptions {
  /** Keeps the hub's data between two starts. */
  readonly folder?: string
  /** Idle devices declared beside the others. */
  readonly idle?: number
}

export interface OwnContestant extends Contestant {
  /** As a power cut. */
  kill(): Promise<void>
}

const startOwn = async (
  name: 'hub' | 'floor',
  base: string,
  { folder, idle }: HubOptions = {},
): Promise<OwnContestant> => {
  const own = folder === undefined ? makeFolder(base) : undefined
  const child = startNode(`contestants/${name}.main.ts`, [folder ?? own?.path ?? base, String(idle ?? 0)])
  const { port, started } = await firstMessage<Ready>(child)
  return {
    name,
    port,
    pids: child.pid === undefined ? [] : [child.pid],
    started,
    kill: () => killChild(child),
    stop: async () => {
      await stopChild(child)
      own?.remove()
    },
  }
}

export const startHubProcess = (base: string, options: HubOptions = {}) => startOwn('hub', base, options)
export const startFloor = (base: string) => startOwn('floor', base)
