/** Messages of Qmatic Orchestra as it documents them, with the names and numbers of persons that they really carry. */

export const branchQueues = { cash: 110000000001, account: 110000000002 } as const
export type SimulatedQueue = keyof typeof branchQueues
const servicesOf = { cash: 1, account: 2 } as const
export const servicePoints = { 'counter-1': 120000000001, 'counter-3': 120000000003 } as const
export type SimulatedCounter = keyof typeof servicePoints

export interface Visit {
  readonly visitId: number
  readonly ticket: string
  readonly queue: SimulatedQueue
}

/** As Orchestra writes times: an offset without a colon. */
const orchestraTime = (at: number) => new Date(at).toISOString().replace('Z', '+0000')

export type VisitEvent =
  | 'VISIT_CREATE'
  | 'VISIT_CALL'
  | 'VISIT_RECYCLE'
  | 'VISIT_NOSHOW'
  | 'VISIT_REMOVE'
  | 'VISIT_TRANSFER_TO_QUEUE'
  | 'VISIT_END'

export const visitEvent = (
  eventName: VisitEvent,
  visit: Visit,
  { at, counter }: { readonly at: number; readonly counter?: SimulatedCounter },
) => ({
  eventName,
  eventTime: orchestraTime(at),
  eventType: 'PUBLIC',
  unitId: counter === undefined ? 510000000001 : servicePoints[counter],
  parameters: {
    visitId: visit.visitId,
    ...(eventName === 'VISIT_CREATE' && { ticket: visit.ticket, phoneNumber: '13800138000' }),
    branchId: 1,
    branchName: 'Main Street',
    queueId: branchQueues[visit.queue],
    queueName: `Queue ${servicesOf[visit.queue]}`,
    queueServiceLevel: 5,
    service: servicesOf[visit.queue],
    serviceOrigId: servicesOf[visit.queue],
    serviceIntName: `Service ${servicesOf[visit.queue]}`,
    firstName: 'Xiaoming',
    lastName: 'Wang',
    custom1: '110101199003071234',
    ...(counter !== undefined && {
      servicePointId: servicePoints[counter],
      servicePointName: counter,
      user: 'superadmin',
    }),
  },
})

export const queueView = (waiting: Readonly<Record<SimulatedQueue, number>>) =>
  (Object.keys(branchQueues) as SimulatedQueue[]).map((queue) => ({
    id: branchQueues[queue],
    name: `Queue ${servicesOf[queue]}`,
    customersWaiting: waiting[queue],
    waitingTime: 60,
    serviceLevel: 5,
  }))

/** What the adapter has to be told of this branch. */
export const tables = {
  services: { '1': 'cash', '2': 'account' },
  queues: { [String(branchQueues.cash)]: 'cash', [String(branchQueues.account)]: 'account' },
  counters: {
    [String(servicePoints['counter-1'])]: 'counter-1',
    [String(servicePoints['counter-3'])]: 'counter-3',
  },
}
