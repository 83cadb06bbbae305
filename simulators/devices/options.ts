/** The words on the command line of a simulated device, checked before anything starts. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Id } from '#protocol/ids.ts'
import { Behaviour } from './behaviour.ts'
import { simulatedKinds } from './kinds.ts'

export const helpText = `A simulated device of a bank branch, speaking MQTT.

  node simulators/devices/main.ts --kind KIND --id ID [options]

  --kind KIND        ${simulatedKinds.join(', ')}
  --id ID            device id, as declared in the branch file
  --branch ID        branch (default demo)
  --broker URL       mqtt://HOST:PORT or mqtts://HOST:PORT (default mqtt://127.0.0.1:1883)
  --log FILE         append what it really does, one JSON line an act, on disk before it goes on
  --behaviour X      what it does badly: a JSON object, or the name of a JSON file
  --seed N           the same seed makes the same choices (default 1)
  --key-dir DIR      TLS with a client certificate: where its key and certificate are kept
  --claim CODE       claim code from "usher devices add", to get the certificate the first time
  --ca FILE          the hub's certificate authority (default: the one it shows at the first enrolment)
  --retry-ms N       time between tries to connect (default: from 250 ms, doubling up to 5 s)
  --people           ask whoever started this process what people answer
  --help             this text`

const Options = z.object({
  kind: z.enum(simulatedKinds),
  id: Id,
  branch: Id.default('demo'),
  broker: z
    .string()
    .regex(/^mqtts?:\/\//, 'starts with mqtt:// or mqtts://')
    .default('mqtt://127.0.0.1:1883'),
  log: z.string().optional(),
  behaviour: Behaviour.prefault({}),
  seed: z.string().default('1'),
  'retry-ms': z.coerce.number().int().min(10).optional(),
  people: z.boolean().default(false),
  claim: z.string().optional(),
  'key-dir': z.string().optional(),
  ca: z.string().optional(),
})

export interface TlsOptions {
  readonly keyDir: string
  readonly claim: string | undefined
  readonly caFile: string | undefined
}

export type DeviceProcessOptions = Omit<z.output<typeof Options>, 'claim' | 'key-dir' | 'ca' | 'retry-ms'> & {
  readonly retryMs: number | undefined
  readonly tls: TlsOptions | undefined
}

/** @throws with what is wrong, in words for the terminal. */
export const parseOptions = (args: readonly string[]): DeviceProcessOptions | 'help' => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      kind: text,
      id: text,
      branch: text,
      broker: text,
      log: text,
      behaviour: text,
      seed: text,
      claim: text,
      'key-dir': text,
      ca: text,
      'retry-ms': text,
      people: { type: 'boolean' },
      tls: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) return 'help'
  const { behaviour, help: _help, tls, ...rest } = values
  const parsed = Options.safeParse({
    ...rest,
    ...(behaviour !== undefined && { behaviour: readBehaviour(behaviour) }),
  })
  if (!parsed.success) throw new Error(`${z.prettifyError(parsed.error)}\n\nTry --help.`)
  const { claim, 'key-dir': keyDir, ca, 'retry-ms': retryMs, ...options } = parsed.data
  const wantsTls = tls === true || claim !== undefined || options.broker.startsWith('mqtts:')
  if (wantsTls && keyDir === undefined) throw new Error('TLS needs --key-dir: where its key is kept.')
  return {
    ...options,
    retryMs,
    tls: keyDir === undefined ? undefined : { keyDir, claim, caFile: ca },
  }
}

const readBehaviour = (value: string): unknown => {
  const source = value.trimStart().startsWith('{') ? value : readFileSync(value, 'utf8')
  try {
    return JSON.parse(source)
  } catch {
    throw new Error(`The behaviour is not JSON: ${value}`)
  }
}
