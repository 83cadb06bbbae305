/** Where the hub really listens, also where any free port was asked for: for the log, the doctor and whoever asks. */
import type { HubConfig } from './config.ts'

export type EndpointName = 'mqtt' | 'mqtts' | 'ws' | 'wss' | 'http'

export interface Endpoint {
  readonly name: EndpointName
  readonly host: string
  readonly port: number
}

export type Listening = { readonly [name in EndpointName]?: Endpoint } & { readonly http: Endpoint }

type Given = { readonly host: string; readonly port: number } | false

/** What the settings ask for; a port of 0 is any free one. */
export const askedFor = ({ mqtt, http }: Pick<HubConfig, 'mqtt' | 'http'>): readonly Endpoint[] => {
  const { loopback, tls, websocket } = mqtt
  const doors: readonly (readonly [EndpointName, Given])[] = [
    ['mqtt', loopback],
    ['mqtts', tls],
    ['ws', websocket === false ? false : websocket.loopback],
    ['wss', websocket === false ? false : websocket.tls],
    ['http', http],
  ]
  return doors.flatMap(([name, door]) => (door === false ? [] : [{ name, host: door.host, port: door.port }]))
}

export const listeningOf = (
  config: Pick<HubConfig, 'mqtt' | 'http'>,
  ports: { readonly [name in EndpointName]: number | undefined } & { readonly http: number },
): Listening => {
  const open = askedFor(config).flatMap((endpoint) => {
    const port = ports[endpoint.name]
    return port === undefined ? [] : [{ ...endpoint, port }]
  })
  const named = Object.fromEntries(open.map((endpoint) => [endpoint.name, endpoint]))
  return { ...named, http: { name: 'http', host: config.http.host, port: ports.http } }
}
