/**
 * A job order receiver and a response provider as the official nodeset defines them (ISA-95 job control 2.00), with a
 * machine behind them that takes its time over each job.
 */
import {
  type AddressSpace,
  DataType,
  type ExtensionObject,
  StatusCodes,
  type UAMethod,
  type UAObject,
  type UAObjectType,
  type UAVariable,
  Variant,
  VariantArrayType,
} from 'node-opcua'

const namespace = 'http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/'

/** OPC 10031-4, 6.2.1. */
const states = {
  allowedToStart: { number: 2, text: 'AllowedToStart' },
  running: { number: 3, text: 'Running' },
  interrupted: { number: 4, text: 'Interrupted' },
  ended: { number: 5, text: 'Ended' },
  aborted: { number: 6, text: 'Aborted' },
} as const
type StateName = keyof typeof states

/** OPC 10031-4, B.2. */
const returned = { done: [0, 1], unknown: [0, 2], invalidStatus: [0, 8], notAccepted: [0, 16] } as const
type Answer = keyof typeof returned

interface Job {
  readonly id: string
  readonly order: ExtensionObject
  state: StateName
  timer: NodeJS.Timeout | undefined
}

export interface ShopFaults {
  /** How long a job runs. */
  readonly runMs: number
  readonly accepts: boolean
  /** It ends aborted instead. */
  readonly aborts: boolean
  /** It forgets finished jobs at once. */
  readonly clears: boolean
  readonly stays: boolean
}

export interface JobShop {
  readonly receiver: UAObject
  readonly responses: UAObject
  readonly faults: { -readonly [K in keyof ShopFaults]: ShopFaults[K] }
  jobs(): Record<string, StateName>
  close(): void
}

type Callback = (
  error: Error | null,
  result?: { statusCode: typeof StatusCodes.Good; outputArguments: Variant[] },
) => void

export const addJobShop = (space: AddressSpace, plant: UAObject): JobShop => {
  const index = space.getNamespaceIndex(namespace)
  const jobs = new Map<string, Job>()
  const faults = { runMs: 300, accepts: true, aborts: false, clears: false, stays: false }
  const typeOf = (name: string) => {
    const found = space.findObjectType(name, index)
    if (found === null) throw new Error(`The nodeset has no ${name}.`)
    return found
  }
  const make = (type: UAObjectType, browseName: string, optionals: string[]) =>
    type.instantiate({
      browseName,
      nodeId: `s=${browseName}`,
      namespace: plant.namespace,
      componentOf: plant,
      optionals,
    })
  const receiver = make(typeOf('ISA95JobOrderReceiverObjectType'), 'Jobs', [
    'StoreAndStart',
    'Stop',
    'Cancel',
    'Abort',
    'Clear',
    'JobOrderList',
  ])
  const responses = make(typeOf('ISA95JobResponseProviderObjectType'), 'Responses', [
    'RequestJobResponseByJobOrderID',
  ])
  const dataType = (name: string) => {
    const found = space.findDataType(name, index)
    if (found === null) throw new Error(`The nodeset has no ${name}.`)
    return found
  }
  const stateOf = (name: StateName) =>
    space.constructExtensionObject(dataType('ISA95StateDataType'), {
      stateText: { text: states[name].text },
      stateNumber: states[name].number,
    })
  const list = receiver.getComponentByName('JobOrderList') as UAVariable
  const publish = () => {
    const rows = [...jobs.values()].map((job) =>
      space.constructExtensionObject(dataType('ISA95JobOrderAndStateDataType'), {
        jobOrder: job.order,
        state: [stateOf(job.state)],
      }),
    )
    list.setValueFromSource(
      new Variant({ dataType: DataType.ExtensionObject, arrayType: VariantArrayType.Array, value: rows }),
    )
  }
  const enter = (job: Job, state: StateName) => {
    clearTimeout(job.timer)
    job.state = state
    if ((state === 'ended' || state === 'aborted') && faults.clears) jobs.delete(job.id)
    publish()
  }
  const run = (job: Job) => {
    job.timer = setTimeout(() => {
      enter(job, 'running')
      if (faults.stays) return
      job.timer = setTimeout(() => enter(job, faults.aborts ? 'aborted' : 'ended'), faults.runMs)
    }, 50)
  }
  const answer = (callback: Callback, what: Answer) =>
    callback(null, {
      statusCode: what === 'done' ? StatusCodes.Good : StatusCodes.Uncertain,
      outputArguments: [
        new Variant({ dataType: DataType.UInt64, arrayType: VariantArrayType.Scalar, value: returned[what] }),
      ],
    })
  const bind = (object: UAObject, name: string, act: (given: Variant[], callback: Callback) => void) => {
    const method = object.getMethodByName(name) as UAMethod
    method.bindMethod((given: Variant[], _context, callback) => act(given, callback as Callback))
  }
  bind(receiver, 'StoreAndStart', ([order], callback) => {
    const structure = order?.value as ExtensionObject & { jobOrderID: string }
    if (!faults.accepts) return answer(callback, 'notAccepted')
    const job: Job = { id: structure.jobOrderID, order: structure, state: 'allowedToStart', timer: undefined }
    jobs.set(job.id, job)
    publish()
    run(job)
    return answer(callback, 'done')
  })
  const known =
    (act: (job: Job) => Answer) =>
    ([id]: Variant[], callback: Callback) => {
      const job = jobs.get(String(id?.value))
      answer(callback, job === undefined ? 'unknown' : act(job))
    }
  const isOver = ({ state }: Job) => state === 'ended' || state === 'aborted'
  const end = (state: StateName) =>
    known((job) => {
      if (isOver(job)) return 'invalidStatus'
      enter(job, state)
      return 'done'
    })
  bind(receiver, 'Stop', end('ended'))
  bind(receiver, 'Abort', end('aborted'))
  bind(
    receiver,
    'Cancel',
    known((job) => {
      if (job.state !== 'allowedToStart') return 'invalidStatus'
      clearTimeout(job.timer)
      jobs.delete(job.id)
      publish()
      return 'done'
    }),
  )
  bind(
    receiver,
    'Clear',
    known((job) => {
      if (!isOver(job)) return 'invalidStatus'
      jobs.delete(job.id)
      publish()
      return 'done'
    }),
  )
  bind(responses, 'RequestJobResponseByJobOrderID', ([id], callback) => {
    const job = String(id?.value)
    const state = jobs.get(job)?.state
    if (state === undefined)
      return callback(null, { statusCode: StatusCodes.BadNotFound, outputArguments: [] })
    const value = space.constructExtensionObject(dataType('ISA95JobResponseDataType'), {
      jobResponseID: `response/${job}`,
      jobOrderID: job,
      jobState: [stateOf(state)],
      jobResponseData: [{ ID: 'Arrived', value: { dataType: DataType.Boolean, value: state === 'ended' } }],
    })
    return callback(null, {
      statusCode: StatusCodes.Good,
      outputArguments: [
        new Variant({ dataType: DataType.ExtensionObject, value }),
        new Variant({ dataType: DataType.UInt64, arrayType: VariantArrayType.Scalar, value: returned.done }),
      ],
    })
  })
  publish()
  return {
    receiver,
    responses,
    faults,
    jobs: () => Object.fromEntries([...jobs.values()].map(({ id, state }) => [id, state])),
    close: () => {
      for (const job of jobs.values()) clearTimeout(job.timer)
    },
  }
}
