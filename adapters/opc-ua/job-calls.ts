/** ISA-95 job control (OPC 10031-4) in calls and structures of the stack. */
import { BrowseDirection, type ClientSession, DataType, NodeClassMask, type NodeId, Variant } from 'node-opcua'
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

export const createJobCalls = (
  session: ClientSession,
  nodeId: NodeIds,
  unlessLost: UnlessLost,
): Pick<Session, 'receiver' | 'response'> => ({
  async receiver(object): Promise<JobReceiver> {
    const objectId = nodeId(object)
    const methods = await unlessLost(components(session, objectId, NodeClassMask.Method))
    const variables = await unlessLost(components(session, objectId, NodeClassMask.Variable))
    const list = variables.get('JobOrderList')
    // The first structure takes long, because all types of the server are read: not while a job waits for its answer.
    await unlessLost(structureOf(session, nodeId(jobOrderType), { id: '', parameters: [] })).catch(() => {})
    return {
      offers: new Set(methods.keys()),
      async order(method, job) {
        const methodId = methods.get(method)
        if (methodId === undefined) return { status: 'BadNotSupported', returned: null }
        const subject = takesOrder.has(method)
          ? {
              dataType: DataType.ExtensionObject,
              value: await unlessLost(structureOf(session, nodeId(jobOrderType), job)),
            }
          : { dataType: DataType.String, value: job.id }
        const inputArguments = [new Variant(subject), noComment()]
        const result = await unlessLost(session.call({ objectId, methodId, inputArguments }))
        return {
          status: result.statusCode.name,
          returned: bitsOf(result.outputArguments?.[0]?.value),
        }
      },
      async list() {
        if (list === undefined) return new Map()
        const { value } = await unlessLost(session.read({ nodeId: list }))
        const rows = (value?.value ?? []) as { jobOrder?: { jobOrderID?: string }; state?: StatePart[] }[]
        return new Map(
          (Array.isArray(rows) ? rows : []).map((row) => [row.jobOrder?.jobOrderID ?? '', stateOf(row.state)]),
        )
      },
    }
  },
  async response(provider, job): Promise<JobResponse | undefined> {
    const objectId = nodeId(provider)
    const methods = await unlessLost(components(session, objectId, NodeClassMask.Method))
    const methodId = methods.get('RequestJobResponseByJobOrderID')
    if (methodId === undefined) return undefined
    const inputArguments = [new Variant({ dataType: DataType.String, value: job })]
    const { outputArguments } = await unlessLost(session.call({ objectId, methodId, inputArguments }))
    const found = outputArguments?.[0]?.value as
      | { jobState?: StatePart[]; jobResponseData?: { ID?: string; value?: { value?: unknown } }[] }
      | null
      | undefined
    if (found === null || found === undefined) return undefined
    const data = (found.jobResponseData ?? []).flatMap(({ ID, value }) => {
      const plain = plainValue(value?.value)
      return ID === undefined || plain === undefined ? [] : [[ID, plain] as const]
    })
    return { state: stateOf(found.jobState), data: Object.fromEntries(data) }
  },
})
