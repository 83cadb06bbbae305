/** OPC UA spoken with node-opcua: the one file that loads it, in the one process that needs it. */
import { readFileSync } from 'node:fs'
import {
  AttributeIds,
  type ClientSession,
  DataTypeExtractStrategy,
  type DataValue,
  type ICertificateStore,
  LogLevel,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  type StatusCode,
  StatusCodes,
  setLogLevel,
  TimestampsToReturn,
  type UserIdentityInfo,
  UserTokenType,
} from 'node-opcua'
import type { Clock } from '../sdk/ports.ts'
import type { ServerConfig } from './config.ts'
import { createJobCalls } from './job-calls.ts'
import type { OwnCertificate } from './pki/own-certificate.ts'
import type { Judged, TrustList } from './pki/trust-list.ts'
import type { Session } from './session.ts'
import { ServerTrouble, troubleOf } from './trouble.ts'
import { createNodeIds, type NodeIds, plainValue, readingOf, variantOf } from './values.ts'
import { within } from './within.ts'

export interface OpenParts {
  readonly server: ServerConfig
  readonly own: OwnCertificate
  readonly trust: TrustList
  readonly clock: Clock
  /** Of the session, as the server lists it. */
  readonly name: string
}

export type OpenSession = (parts: OpenParts) => Promise<Session>

/** Longer than any method may take: how long is waited for an answer is decided by who asks. */
const transactionMs = 120_000
const connectMs = 20_000
const goodbyeMs = 2_000
const queueSize = 16

// Its own lines on the standard output would stand among those of the log, and name certificates and addresses at length.
setLogLevel(LogLevel.Emergency)

const verdictReasons = {
  untrusted: 'server-certificate-untrusted',
  expired: 'server-certificate-expired',
  'not-yet-valid': 'server-certificate-refused',
  weak: 'server-certificate-refused',
  unreadable: 'server-certificate-refused',
} as const

type Certificates = Parameters<ICertificateStore['checkCertificate']>[0]

/** Our trust list as the library wants to see it. */
class Store implements ICertificateStore {
  referenceCounter = 0
  readonly #trust: TrustList
  /** What was found of the server's certificate, when that was not trusted. */
  judged: Judged | undefined

  constructor(trust: TrustList) {
    this.#trust = trust
  }

  checkCertificate(certificate: Certificates): Promise<StatusCode> {
    const first = Array.isArray(certificate) ? certificate[0] : certificate
    const judged = this.#trust.judge(first ?? Buffer.alloc(0))
    this.judged = judged.verdict === 'trusted' ? undefined : judged
    return Promise.resolve(
      judged.verdict === 'trusted' ? StatusCodes.Good : StatusCodes.BadCertificateUntrusted,
    )
  }

  /** Asked of our own certificate only. */
  verifyCertificate = () => Promise.resolve('Good')
  getTrustStatus = (certificate: Certificates) => this.checkCertificate(certificate)
  initialize = () => Promise.resolve()
  dispose = () => Promise.resolve()
  trustCertificate = () => Promise.resolve()
  rejectCertificate = () => Promise.resolve()
  addIssuer = () => Promise.resolve()
  addRevocationList = () => Promise.resolve()
}

const identityOf = ({ identity }: ServerConfig): UserIdentityInfo => {
  if (identity.by === 'anonymous') return { type: UserTokenType.Anonymous }
  try {
    if (identity.by === 'password')
      return {
        type: UserTokenType.UserName,
        userName: identity.username,
        password: identity.password ?? readFileSync(identity.passwordFile ?? '', 'utf8').trimEnd(),
      }
    return {
      type: UserTokenType.Certificate,
      certificateData: derOf(readFileSync(identity.certificate, 'utf8')),
      privateKey: readFileSync(identity.key, 'utf8'),
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ServerTrouble('login-unreadable', `What to sign in with cannot be read: ${code ?? 'not PEM'}.`)
  }
}

const derOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64')

const clientOf = ({ server, own, name }: OpenParts, store: Store) => {
  const { mode, policy } = server.security
  return OPCUAClient.create({
    applicationName: 'Usher',
    applicationUri: own.applicationUri,
    clientName: name,
    certificateFile: own.certificateFile,
    privateKeyFile: own.keyFile,
    clientCertificateManager: store,
    securityMode: MessageSecurityMode[mode],
    securityPolicy: mode === 'None' ? SecurityPolicy.None : SecurityPolicy[policy],
    // Coming back is ours: a new session is opened, and everything is read anew.
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 100 },
    // Behind a router a server has another name than it thinks.
    endpointMustExist: false,
    // Only the types that are used: a large server has thousands.
    dataTypeExtractStrategy: DataTypeExtractStrategy.Lazy,
    requestedSessionTimeout: server.lifetimeMs,
    defaultTransactionTimeout: transactionMs,
  })
}

type Client = ReturnType<typeof clientOf>

const letGo = async (client: Client, clock: Clock) => {
  await within(
    client.disconnect().catch(() => undefined),
    { clock, ms: goodbyeMs },
  )
}

/** @throws ServerTrouble */
export const openSession: OpenSession = async (parts) => {
  const store = new Store(parts.trust)
  const identity = identityOf(parts.server)
  const client = clientOf(parts, store)
  const connecting = async () => {
    await client.connect(parts.server.url)
    // Connected without encryption, nothing has looked at the certificate.
    return await client.createSession(identity)
  }
  try {
    const session = await within(connecting(), { clock: parts.clock, ms: connectMs })
    if (session === undefined) throw new ServerTrouble('server-unreachable', 'The server does not answer.')
    return await wrap(client, session, parts)
  } catch (error) {
    void letGo(client, parts.clock)
    const { judged } = store
    if (judged === undefined || judged.verdict === 'trusted') throw troubleOf(error)
    const { verdict, ...fields } = judged
    throw new ServerTrouble(verdictReasons[verdict], `The certificate of the server is ${verdict}.`, fields)
  }
}

/** Settles once, with the first thing that says that it is over. */
const watchOver = (client: Client, session: ClientSession) => {
  let over: (reason: string) => void = () => {}
  const lost = new Promise<string>((resolve) => {
    over = resolve
  })
  for (const event of ['connection_lost', 'close', 'abort'] as const)
    client.on(event, () => over('the connection is gone'))
  session.on('session_closed', (status: StatusCode) => over(`the session was closed: ${status.name}`))
  return { lost, over: (reason: string) => over(reason) }
}

const subscribe = async (session: ClientSession, { publishingMs, lifetimeMs }: ServerConfig) => {
  const keepAlives = Math.max(1, Math.round(lifetimeMs / 10 / publishingMs))
  return await session.createSubscription2({
    requestedPublishingInterval: publishingMs,
    requestedMaxKeepAliveCount: keepAlives,
    // At least three times the keep-alive (OPC 10000-4, 5.14.2).
    requestedLifetimeCount: keepAlives * 10,
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 10,
  })
}

interface Talk {
  readonly session: ClientSession
  readonly nodeId: NodeIds
  /** @throws ServerTrouble as soon as the session is over */
  readonly unlessLost: <T>(what: Promise<T>) => Promise<T>
}

const createRead =
  ({ session, nodeId, unlessLost }: Talk): Session['read'] =>
  async (nodes) => {
    const wanted = nodes.map((node) => ({ nodeId: nodeId(node), attributeId: AttributeIds.Value }))
    return (await unlessLost(session.read(wanted))).map(readingOf)
  }

const createWatch =
  (
    { session, nodeId, unlessLost }: Talk,
    server: ServerConfig,
    over: (reason: string) => void,
  ): Session['watch'] =>
  async (watched, onReading) => {
    const subscription = await unlessLost(subscribe(session, server))
    subscription.on('terminated', () => over('the subscription has ended'))
    subscription.on('internal_error', () => over('the subscription has failed'))
    await Promise.all(
      watched.map(async ({ node, samplingMs }, index) => {
        const item = await unlessLost(
          subscription.monitor(
            { nodeId: nodeId(node), attributeId: AttributeIds.Value },
            { samplingInterval: samplingMs, discardOldest: true, queueSize },
            TimestampsToReturn.Both,
          ),
        ).catch(() => undefined)
        item?.on('changed', (value: DataValue) => onReading(index, readingOf(value)))
      }),
    )
  }

const createCall =
  ({ session, nodeId, unlessLost }: Talk): Session['call'] =>
  async (object, method, given) => {
    const request = {
      objectId: nodeId(object),
      methodId: nodeId(method),
      inputArguments: given.map(variantOf),
    }
    const { statusCode, outputArguments } = await unlessLost(session.call(request))
    return {
      status: statusCode.name,
      outputs: (outputArguments ?? []).map(({ value }) => plainValue(value)),
    }
  }

const wrap = async (client: Client, session: ClientSession, parts: OpenParts): Promise<Session> => {
  const { server, clock } = parts
  const { lost, over } = watchOver(client, session)
  const broken = lost.then((reason): never => {
    throw new ServerTrouble('server-unreachable', reason)
  })
  broken.catch(() => {})
  const talk: Talk = {
    session,
    nodeId: createNodeIds(await session.readNamespaceArray()),
    unlessLost: (what) => Promise.race([what, broken]),
  }
  const read = createRead(talk)
  const watch = createWatch(talk, server, over)
  return {
    lost,
    read,
    async watch(watched, onReading) {
      if (watched.length === 0) return
      const first = await read(watched.map(({ node }) => node))
      for (const [index, reading] of first.entries()) onReading(index, reading)
      await watch(watched, onReading)
    },
    call: createCall(talk),
    ...createJobCalls(talk),
    async close() {
      await within(
        session.close(true).catch(() => undefined),
        { clock, ms: goodbyeMs },
      )
      await letGo(client, clock)
    },
  }
}
