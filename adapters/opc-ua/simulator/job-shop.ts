/**
 * A job order receiver and a response provider as the official nodeset defines them (ISA-95 job control 2.00), with a
 * machine behind them that takes its time over each job.
 */
import {
  type AddressSpace,
  DataType,
  type ExtensionObject,
  type StatusCode,
  StatusCodes,
  type UAMethod,
  type UAObject,
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

type Callback = (error: Error | null, result?: { statusCode: StatusCode; outputArguments: Variant[] }) => void

const answer = (callback: Callback, what: Answer) =>
  callback(null, {
    statusCode: what === 'done' ? StatusCodes.Good : StatusCodes.Uncertain,
    outputArguments: [
      new Variant({ dataType: DataType.UInt64, arrayType: VariantArrayType.Scalar, value: returned[what] }),
    ],
  })

const isOver = ({ state }: Job) => state === 'ended' || state === 'aborted'
const startsAfterMs = 50

export class JobShop {
  readonly faults: { -readonly [K in keyof ShopFaults]: ShopFaults[K] } = {
    runMs: 300,
    accepts: true,
    aborts: false,
    clears: false,
    stays: false,
  }
  readonly #space: AddressSpace
  readonly #plant: UAObject
  readonly #index: number
  readonly #jobs = new Map<string, Job>()
  readonly #list: UAVariable

  constructor(space: AddressSpace, plant: UAObject) {
    this.#space = space
    this.#plant = plant
    this.#index = space.getNamespaceIndex(namespace)
    const methods = ['StoreAndStart', 'Stop', 'Cancel', 'Abort', 'Clear']
    const receiver = this.#make('ISA95JobOrderReceiverObjectType', 'Jobs', [...methods, 'JobOrderList'])
    this.#list = receiver.getComponentByName('JobOrderList') as UAVariable
    this.#bind(receiver, 'StoreAndStart', (order, callback) => answer(callback, this.#store(order)))
    this.#bindKnown(receiver, 'Stop', (job) => this.#end(job, 'ended'))
    this.#bindKnown(receiver, 'Abort', (job) => this.#end(job, 'aborted'))
    this.#bindKnown(receiver, 'Cancel', (job) =>
      job.state === 'allowedToStart' ? this.#remove(job) : 'invalidStatus',
    )
    this.#bindKnown(receiver, 'Clear', (job) => (isOver(job) ? this.#remove(job) : 'invalidStatus'))
    const request = 'RequestJobResponseByJobOrderID'
    const responses = this.#make('ISA95JobResponseProviderObjectType', 'Responses', [request])
    this.#bind(responses, request, (id, callback) => this.#respond(String(id?.value), callback))
    this.#publish()
  }

  jobs = () => Object.fromEntries([...this.#jobs.values()].map(({ id, state }) => [id, state]))

  close() {
    for (const job of this.#jobs.values()) clearTimeout(job.timer)
  }

  #make(type: string, browseName: string, optionals: string[]) {
    const found = this.#space.findObjectType(type, this.#index)
    if (found === null) throw new Error(`The nodeset has no ${type}.`)
    const plant = this.#plant
    return found.instantiate({
      browseName,
      nodeId: `s=${browseName}`,
      namespace: plant.namespace,
      componentOf: plant,
      optionals,
    })
  }

  #structure(type: string, fields: Record<string, unknown>) {
    const found = this.#space.findDataType(type, this.#index)
    if (found === null) throw new Error(`The nodeset has no ${type}.`)
    return this.#space.constructExtensionObject(found, fields)
  }

  #stateOf(name: StateName) {
    const { text, number } = states[name]
    return this.#structure('ISA95StateDataType', { stateText: { text }, stateNumber: number })
  }

  #bind(object: UAObject, name: string, act: (given: Variant | undefined, callback: Callback) => void) {
    const method = object.getMethodByName(name) as UAMethod
    method.bindMethod((given: Variant[], _context, callback) => act(given[0], callback))
  }

  #bindKnown(object: UAObject, name: string, act: (job: Job) => Answer) {
    this.#bind(object, name, (id, callback) => {
      const job = this.#jobs.get(String(id?.value))
      answer(callback, job === undefined ? 'unknown' : act(job))
    })
  }

  #store(given: Variant | undefined): Answer {
    if (!this.faults.accepts) return 'notAccepted'
    const order = given?.value as ExtensionObject & { jobOrderID: string }
    const job: Job = { id: order.jobOrderID, order, state: 'allowedToStart', timer: undefined }
    this.#jobs.set(job.id, job)
    this.#publish()
    job.timer = setTimeout(() => this.#run(job), startsAfterMs)
    return 'done'
  }

  #run(job: Job) {
    const { stays, aborts, runMs } = this.faults
    this.#enter(job, 'running')
    if (!stays) job.timer = setTimeout(() => this.#enter(job, aborts ? 'aborted' : 'ended'), runMs)
  }

  #end(job: Job, state: StateName): Answer {
    if (isOver(job)) return 'invalidStatus'
    this.#enter(job, state)
    return 'done'
  }

  #remove(job: Job): Answer {
    clearTimeout(job.timer)
    this.#jobs.delete(job.id)
    this.#publish()
    return 'done'
  }

  #enter(job: Job, state: StateName) {
    clearTimeout(job.timer)
    job.state = state
    if (isOver(job) && this.faults.clears) this.#jobs.delete(job.id)
    this.#publish()
  }

  #publish() {
    const value = [...this.#jobs.values()].map((job) =>
      this.#structure('ISA95JobOrderAndStateDataType', {
        jobOrder: job.order,
        state: [this.#stateOf(job.state)],
      }),
    )
    const dataType = DataType.ExtensionObject
    this.#list.setValueFromSource(new Variant({ dataType, arrayType: VariantArrayType.Array, value }))
  }

  #respond(id: string, callback: Callback) {
    const job = this.#jobs.get(id)
    if (job === undefined) return callback(null, { statusCode: StatusCodes.BadNotFound, outputArguments: [] })
    const arrived = { dataType: DataType.Boolean, value: job.state === 'ended' }
    const value = this.#structure('ISA95JobResponseDataType', {
      jobResponseID: `response/${id}`,
      jobOrderID: id,
      jobState: [this.#stateOf(job.state)],
      jobResponseData: [{ ID: 'Arrived', value: arrived }],
    })
    const status = { dataType: DataType.UInt64, arrayType: VariantArrayType.Scalar, value: returned.done }
    return callback(null, {
      statusCode: StatusCodes.Good,
      outputArguments: [new Variant({ dataType: DataType.ExtensionObject, value }), new Variant(status)],
    })
  }
}
