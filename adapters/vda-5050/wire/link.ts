/** What the connection topic and the factsheet say, in one form for all versions. */
import { z } from 'zod'

export type Link = 'online' | 'offline' | 'broken'

const Connection = z.object({
  connectionState: z.enum(['ONLINE', 'OFFLINE', 'CONNECTIONBROKEN', 'CONNECTION_BROKEN', 'HIBERNATING']),
})

const links = {
  ONLINE: 'online',
  OFFLINE: 'offline',
  CONNECTIONBROKEN: 'broken',
  CONNECTION_BROKEN: 'broken',
  // It sleeps and takes no orders (3.0).
  HIBERNATING: 'offline',
} as const satisfies Record<string, Link>

/** The header is not looked at: a last will was written long before it is read. */
export const readLink = (given: unknown): Link | undefined => {
  const connection = Connection.safeParse(given).data
  return connection === undefined ? undefined : links[connection.connectionState]
}

const Actions = z.array(z.object({ actionType: z.string(), actionScopes: z.array(z.string()).catch([]) }))
const Factsheet = z.object({
  protocolFeatures: z.object({
    agvActions: Actions.optional(),
    mobileRobotActions: Actions.optional(),
  }),
})

export interface Announced {
  readonly actionType: string
  readonly scope: 'node' | 'instant'
}

/** @returns undefined where it does not say what the robot can do, as some do not. */
export const readFactsheet = (given: unknown): readonly Announced[] | undefined => {
  const features = Factsheet.safeParse(given).data?.protocolFeatures
  const actions = features?.mobileRobotActions ?? features?.agvActions
  return actions?.flatMap(({ actionType, actionScopes }): Announced[] => {
    if (actionScopes.includes('NODE')) return [{ actionType, scope: 'node' }]
    return actionScopes.includes('INSTANT') ? [{ actionType, scope: 'instant' }] : []
  })
}
