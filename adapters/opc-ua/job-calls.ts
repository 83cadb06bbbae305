/** ISA-95 job control (OPC 10031-4) in calls and structures of the stack. */
import {
  BrowseDirection,
  type ClientSession,
  DataType,
  NodeClassMask,
  type NodeId,
  Variant,
} from 'node-opcua'
import {
  type JobMethod,
  type JobOrder,
  type JobReceiver,
  type JobResponse,
  type JobState,
  jobStates,
  type Session,
} from './session.ts'
import { type NodeIds, plainValue, variantOf } from './values.ts'

const namespace = 'http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/'
/** ISA95JobOrderDataType. */
const jobOrderType = `nsu=${namespace};i=3008`

/** These take the order itself, the others its id. */
const takesOrder: ReadonlySet<JobMethod> = new Set(['StoreAndStart', 'Store'])

type UnlessLost = <T>(what: Promise<T>) => Promise<T>

interface StatePart {
  readonly browsePath?: { readonly elements?: readonly unknown[] | null } | null
  readonly stateNumber?: number
}

/** The state itself comes first, its substates have a path (OPC 10031-4, 6.3.8). */
const stateOf = (parts: readonly StatePart[] | null | undefined): JobState | undefined => {
  const top = parts?.find(({ browsePath }) => (browsePath?.elements?.length ?? 0) === 0) ?? parts?.[0]
  return jobStates[top?.stateNumber as keyof typeof jobStates]
}

/** The stack gives 64 bits as two halves. */
const bitsOf = (value: unknown): bigint | null => {
  if (Array.isArray(value) && value.length === 2)
    return (BigInt(value[0] as number) << 32n) | BigInt(value[1] as number)
  if (typeof value === 'number') return BigInt(value)
  return typeof value === 'bigint' ? value : null
}

const components = async (session: ClientSession, node: NodeId, mask: number) => {
  const { references } = await session.browse({
    nodeId: node,
    referenceTypeId: 'HasComponent',
    includeSubtypes: true,
    browseDirection: BrowseDirection.Forward,
    nodeClassMask: mask,
    resultMask: 63,
  })
  return new Map((references ?? []).map((one) => [one.browseName.name ?? '', one.nodeId]))
}

const structureOf = (session: ClientSession, type: NodeId, job: JobOrder) =>
  session.constructExtensionObject(type, {
    jobOrderID: job.id,
    ...(job.workMaster !== undefined && { workMasterID: [{ ID: job.workMaster }] }),
    ...(job.priority !== undefined && { priority: job.priority }),
    jobOrderParameters: job.parameters.map(({ id, ...given }) => ({ ID: id, value: variantOf(given) })),
  })

const noComment = () => new Variant({ dataType: DataType.LocalizedText, arrayType: 1, value: [] })

interface Talk {
  readonly session: ClientSession
  readonly nodeId: NodeIds
  readonly unlessLost: UnlessLost
}

interface Row {
  readonly jobOrder?: { readonly jobOrderID?: string }
  readonly state?: readonly StatePart[]
}

const listOf = async ({ session, unlessLost }: Talk, list: NodeId) => {
  const { value } = await unlessLost(session.read({ nodeId: list }))
  const rows: unknown = value?.value
  return new Map(
    (Array.isArray(rows) ? (rows as Row[]) : []).map((row) => [
      row.jobOrder?.jobOrderID ?? '',
      stateOf(row.state),
    ]),
  )
}

const createReceiver =
  (talk: Talk): Session['receiver'] =>
  async (object): Promise<JobReceiver> => {
    const { session, nodeId, unlessLost } = talk
    const objectId = nodeId(object)
    const methods = await unlessLost(components(session, objectId, NodeClassMask.Method))
    const variables = await unlessLost(components(session, objectId, NodeClassMask.Variable))
    const list = variables.get('JobOrderList')
    const structure = (job: JobOrder) => unlessLost(structureOf(session, nodeId(jobOrderType), job))
    // The first one takes long, because its types are read: not while a job waits for its answer.
    await structure({ id: '', parameters: [] }).catch(() => undefined)
    return {
      offers: new Set(methods.keys()),
      async order(method, job) {
        const methodId = methods.get(method)
        if (methodId === undefined) return { status: 'BadNotSupported', returned: null }
        const subject = takesOrder.has(method)
          ? { dataType: DataType.ExtensionObject, value: await structure(job) }
          : { dataType: DataType.String, value: job.id }
        const inputArguments = [new Variant(subject), noComment()]
        const result = await unlessLost(session.call({ objectId, methodId, inputArguments }))
        return { status: result.statusCode.name, returned: bitsOf(result.outputArguments?.[0]?.value) }
      },
      list: () => (list === undefined ? Promise.resolve(new Map()) : listOf(talk, list)),
    }
  }

interface Response {
  readonly jobState?: readonly StatePart[]
  readonly jobResponseData?: readonly {
    readonly ID?: string
    readonly value?: { readonly value?: unknown }
  }[]
}

const createResponse =
  ({ session, nodeId, unlessLost }: Talk): Session['response'] =>
  async (provider, job): Promise<JobResponse | undefined> => {
    const objectId = nodeId(provider)
    const methods = await unlessLost(components(session, objectId, NodeClassMask.Method))
    const methodId = methods.get('RequestJobResponseByJobOrderID')
    if (methodId === undefined) return undefined
    const inputArguments = [new Variant({ dataType: DataType.String, value: job })]
    const { outputArguments } = await unlessLost(session.call({ objectId, methodId, inputArguments }))
    const found = outputArguments?.[0]?.value as Response | null | undefined
    if (found === null || found === undefined) return undefined
    const data = (found.jobResponseData ?? []).flatMap(({ ID, value }) => {
      const plain = plainValue(value?.value)
      return ID === undefined || plain === undefined ? [] : [[ID, plain] as const]
    })
    return { state: stateOf(found.jobState), data: Object.fromEntries(data) }
  }

export const createJobCalls = (talk: Talk): Pick<Session, 'receiver' | 'response'> => ({
  receiver: createReceiver(talk),
  response: createResponse(talk),
})
