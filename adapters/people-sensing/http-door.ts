/** The door for sensors that push over HTTP: `POST /<name of the source>` with user name and password. */
import { type HttpDoor, openHttpDoor as openDoor } from '../shared/http-door.ts'
import { doorOf, type PeopleSensingConfig } from './config.ts'
import { type Arrived, payloadMax } from './intake.ts'

export interface HttpDoorParts {
  readonly http: NonNullable<PeopleSensingConfig['http']>
  readonly sources: PeopleSensingConfig['sources']
  readonly onMessage: (source: string, message: Arrived) => void
  readonly onTooLarge: (source: string) => void
}
export type { HttpDoor }

/** @throws DeviceUnreachable when the address cannot be listened on. */
export const openHttpDoor = ({ http, sources, onMessage, onTooLarge }: HttpDoorParts): Promise<HttpDoor> =>
  openDoor({
    door: http,
    logins: new Map(
      sources.flatMap((source) => {
        const login = doorOf(source)
        return login === undefined ? [] : [[source.name, login] as const]
      }),
    ),
    bytesMax: payloadMax,
    onBody: (name, payload) => onMessage(name, { topic: `/${name}`, payload, retained: false, again: false }),
    onTooLarge,
  })
