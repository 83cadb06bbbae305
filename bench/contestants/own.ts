/** Starts the hub and the floor. */
import { join } from 'node:path'
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
  /** A module that runs as the adapter of the first of them. */
  readonly adapter?: string
}

export interface OwnContestant extends Contestant {
  /** Its data directory. */
  readonly data: string
  /** As a power cut. */
  kill(): Promise<void>
}

const startOwn = async (
  name: 'hub' | 'floor',
  base: string,
  { folder, idle, adapter }: HubOptions = {},
): Promise<OwnContestant> => {
  const own = folder === undefined ? makeFolder(base) : undefined
  const place = folder ?? own?.path ?? base
  const words = [place, String(idle ?? 0), ...(adapter === undefined ? [] : [adapter])]
  const child = startNode(`contestants/${name}.main.ts`, words)
  const { port, started } = await firstMessage<Ready>(child)
  return {
    name,
    port,
    data: join(place, 'data'),
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
