/**
 * Which variables, methods and job receivers of a server are which device of the branch, and how the adapter signs in.
 * Whatever weakens the line has to be said twice: by its name and by the flag that allows it.
 */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CapabilityKey, capabilities, isCapability } from '#protocol/capabilities.ts'
import { DeviceKind } from '#protocol/device-kinds.ts'
import { events, isEventName } from '#protocol/events.ts'
import { Id } from '#protocol/ids.ts'

/** OPC 10000-6, 5.1.12. With `nsu=` it survives that a server numbers its namespaces anew. */
const NodeText = z
  .string()
  .max(1_024)
  .regex(
    /^(?:nsu=[^;]{1,512};|ns=\d{1,5};)?[isgb]=.+$/,
    'a node id such as nsu=urn:plant;s=Door1.Open or ns=2;i=5',
  )

const Scalar = z.union([z.boolean(), z.number(), z.string().max(256)])
/** When a value counts as true. A value of another type counts as unknown, never as false. */
const When = z.union([
  Scalar,
  z
    .array(z.union([z.number(), z.string().max(256)]))
    .min(1)
    .max(64),
  z
    .strictObject({ above: z.number().optional(), below: z.number().optional() })
    .refine(({ above, below }) => above !== undefined || below !== undefined, 'needs above or below'),
])
export type When = z.infer<typeof When>

const watched = {
  node: NodeText,
  /** For the reason that is told when its value is not known. */
  name: Id.optional(),
  samplingMs: z.int().min(20).max(3_600_000).optional(),
}
const when = When.default(true)

const vendorName = z.string().regex(/^x-[a-z0-9-]{1,61}$/, 'begins with x-')
const Json = z.record(z.string().max(64), z.json())

const Input = z.discriminatedUnion('as', [
  z.strictObject({
    ...watched,
    as: z.literal('alarm'),
    alarm: z.enum(['fire', 'intrusion', 'hold-up', 'medical', 'other']),
    zone: Id.optional(),
    when,
  }),
  z.strictObject({
    ...watched,
    as: z.literal('health'),
    reason: Id,
    level: z.enum(['degraded', 'faulted']).default('degraded'),
    when,
  }),
  z.strictObject({ ...watched, as: z.literal('blocked'), when }),
  /** Held by somebody, locked, in maintenance. */
  z.strictObject({ ...watched, as: z.literal('unwilling'), when }),
  /** Told each time it becomes true: a button, a light barrier. */
  z.strictObject({
    ...watched,
    as: z.literal('event'),
    event: z.string().max(64),
    data: Json.default({}),
    when,
  }),
  /** Told each time it changes, in words of your own. */
  z.strictObject({
    ...watched,
    as: z.literal('value'),
    event: vendorName,
    values: z.record(z.string().max(64), z.string().max(64)).optional(),
  }),
])
export type Input = z.infer<typeof Input>

export const argumentTypes = [
  'Boolean',
  'SByte',
  'Byte',
  'Int16',
  'UInt16',
  'Int32',
  'UInt32',
  'Float',
  'Double',
  'String',
] as const

const Argument = z
  .strictObject({
    type: z.enum(argumentTypes),
    /** Always this. */
    value: Scalar.optional(),
    /** Out of the command, for example `to.place` or `words.0.text`. */
    from: z.string().min(1).max(128).optional(),
    /** What stands in the command → what the server calls it. What is not in it is refused. */
    map: z.record(z.string().max(64), Scalar).optional(),
    default: Scalar.optional(),
  })
  .refine(({ value, from }) => (value === undefined) !== (from === undefined), 'needs either value or from')
export type Argument = z.infer<typeof Argument>

const Call = z.strictObject({
  object: NodeText,
  method: NodeText,
  arguments: z.array(Argument).max(32).default([]),
})
export type Call = z.infer<typeof Call>

const ms = z.int().min(100).max(100_000)
const outcome = {
  /** Reported when it is done. */
  result: Json.default({}),
  /** Only for capabilities of your own (`x-…`). */
  repeat: z.enum(['at-most-once', 'until-done']).optional(),
}

const MethodTask = z.strictObject({
  by: z.literal('method'),
  ...Call.shape,
  ...outcome,
  callWithinMs: ms.default(10_000),
  /** It is done when this is so, not when the method has returned. */
  until: z
    .strictObject({ node: NodeText, when, withinMs: z.int().min(100).max(3_600_000).default(60_000) })
    .optional(),
  stop: Call.optional(),
  /** Key of the result → number of the output argument. */
  outputs: z.record(z.string().max(64), z.int().min(0).max(63)).default({}),
})
export type MethodTask = z.infer<typeof MethodTask>

const JobTask = z.strictObject({
  by: z.literal('job'),
  ...outcome,
  /** An object of ISA95JobOrderReceiverObjectType (OPC 10031-4). */
  receiver: NodeText,
  /** An object of ISA95JobResponseProviderObjectType. */
  responses: NodeText.optional(),
  workMaster: z.string().max(128).optional(),
  priority: z.int().min(-32_768).max(32_767).optional(),
  parameters: z
    .array(Argument.safeExtend({ id: z.string().min(1).max(128) }))
    .max(64)
    .default([]),
  /** Key of the result → id of the job response data. */
  outputs: z.record(z.string().max(64), z.string().max(128)).default({}),
})
export type JobTask = z.infer<typeof JobTask>

const Task = z.discriminatedUnion('by', [MethodTask, JobTask])
export type TaskConfig = z.infer<typeof Task>

const Device = z.strictObject({
  kind: DeviceKind.exclude(['gateway']),
  vendor: z.string().min(1).max(64).default('OPC UA'),
  model: z.string().min(1).max(64).default('OPC UA device'),
  inputs: z.array(Input).max(256).default([]),
  tasks: z.record(CapabilityKey, Task).default({}),
})
export type DeviceConfig = z.infer<typeof Device>

const Identity = z.discriminatedUnion('by', [
  z
    .strictObject({
      by: z.literal('password'),
      username: z.string().min(1).max(256),
      password: z.string().min(1).max(1_024).optional(),
      /** Instead of the password itself; one line. */
      passwordFile: z.string().min(1).optional(),
    })
    .refine(
      ({ password, passwordFile }) => (password === undefined) !== (passwordFile === undefined),
      'needs either password or passwordFile',
    ),
  z.strictObject({
    by: z.literal('certificate'),
    /** PEM files. */
    certificate: z.string().min(1),
    key: z.string().min(1),
  }),
  z.strictObject({ by: z.literal('anonymous') }),
])

const isCertificate = (file: string): boolean => {
  try {
    return new X509Certificate(readFileSync(file)).subject !== undefined
  } catch {
    return false
  }
}

const Trusted = z.union([
  z.strictObject({
    /** As `openssl x509 -fingerprint -sha256` prints it. */
    sha256: z
      .string()
      .transform((text) => text.replaceAll(':', '').toLowerCase())
      .pipe(z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 fingerprint: 64 hexadecimal digits')),
  }),
  z.strictObject({ file: z.string().min(1).refine(isCertificate, 'cannot be read as a certificate') }),
])

const Server = z
  .strictObject({
    /** In logs, and in the reasons why a device cannot work. */
    name: Id,
    url: z.string().regex(/^opc\.tcp:\/\/[^\s@]+$/, 'starts with opc.tcp://, without user name or password'),
    security: z
      .strictObject({
        mode: z.enum(['SignAndEncrypt', 'Sign', 'None']).default('SignAndEncrypt'),
        policy: z
          .enum(['Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss'])
          .default('Basic256Sha256'),
        allowInsecure: z.boolean().default(false),
        allowAnonymous: z.boolean().default(false),
      })
      .prefault({}),
    identity: Identity,
    /** Certificates of the server, beside those in the trust list's folder. */
    trusted: z.array(Trusted).max(16).default([]),
    samplingMs: z.int().min(20).max(60_000).default(250),
    publishingMs: z.int().min(50).max(60_000).default(250),
    /** The session and its subscription outlive a silence of this long. */
    lifetimeMs: z.int().min(5_000).max(3_600_000).default(60_000),
    /** By when the server must answer. */
    answerWithinMs: ms.default(5_000),
    /** It is asked how it is so often: that is how a line that is cut without a word is noticed. */
    lookEveryMs: z.int().min(200).max(60_000).default(5_000),
    /** How long a job is waited for when the server is gone. */
    goneAfterMs: z.int().min(0).max(3_600_000).default(30_000),
    devices: z.record(Id, Device),
  })
  .superRefine(({ security, identity, devices }, context) => {
    const say = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', message, path })
    if (security.mode !== 'SignAndEncrypt' && !security.allowInsecure)
      say(`${security.mode} is not encrypted; it needs allowInsecure: true`, 'security', 'mode')
    if (identity.by === 'anonymous' && !security.allowAnonymous)
      say('nobody signs in; it needs security.allowAnonymous: true', 'identity')
    if (Object.keys(devices).length === 0) say('names no device', 'devices')
    for (const [id, { inputs, tasks }] of Object.entries(devices)) {
      for (const [index, input] of inputs.entries()) {
        const wrong = input.as === 'event' ? eventProblem(input.event, input.data) : undefined
        if (wrong !== undefined) say(wrong, 'devices', id, 'inputs', index)
      }
      for (const [name, task] of Object.entries(tasks)) {
        const wrong = taskProblem(name, task)
        if (wrong !== undefined) say(wrong, 'devices', id, 'tasks', name)
      }
    }
  })
export type ServerConfig = z.infer<typeof Server>

const eventProblem = (name: string, data: object): string | undefined => {
  if (!isEventName(name)) return name.startsWith('x-') ? undefined : `there is no event ${name}`
  const parsed = events[name].safeParse(data)
  return parsed.success ? undefined : `data does not fit ${name}: ${z.prettifyError(parsed.error)}`
}

const taskProblem = (name: string, task: TaskConfig): string | undefined => {
  if (!isCapability(name)) return undefined
  if (task.repeat !== undefined) return 'repeat is fixed for capabilities of the contract'
  if (Object.keys(task.outputs).length > 0) return undefined
  const parsed = capabilities[name].result.safeParse(task.result)
  return parsed.success ? undefined : `result does not fit ${name}: ${z.prettifyError(parsed.error)}`
}

export const OpcUaConfig = z
  .strictObject({ servers: z.array(Server).min(1).max(16) })
  .superRefine(({ servers }, context) => {
    const isTwice = (words: readonly string[]) => words.find((word, index) => words.indexOf(word) !== index)
    const name = isTwice(servers.map((server) => server.name))
    const device = isTwice(servers.flatMap(({ devices }) => Object.keys(devices)))
    if (name !== undefined)
      context.addIssue({ code: 'custom', message: `the name ${name} is there twice`, path: ['servers'] })
    if (device !== undefined)
      context.addIssue({ code: 'custom', message: `the device ${device} is there twice`, path: ['servers'] })
  })
export type OpcUaConfig = z.infer<typeof OpcUaConfig>
