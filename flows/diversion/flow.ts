/** Diversion, title page: relieves a queue under pressure by inviting who gains by it, and asks for a counter in time. */
import type { BranchView } from '#protocol/model.ts'
import { defineFlow } from '../define.ts'
import { diversionMachine, looks } from './machine.ts'
import { DiversionPolicy } from './policy.ts'
import { viewDiversion } from './view.ts'

/** A kiosk became free or a minute passed: that concerns every queue whose business can be done at a kiosk. */
const selfServices = (model: BranchView) =>
  model
    .services()
    .filter((service) => service.selfService)
    .map((service) => service.id)

export const diversion = defineFlow({
  id: 'diversion',
  version: 1,
  title: { en: 'Diversion', zh: '分流' },
  purpose: {
    en: 'When a queue is under pressure, invites those who gain by it to a free kiosk, and asks for another counter early enough',
    zh: '排队压力大时，邀请可在智能柜台更快办理的客户分流，并提前请求增开窗口',
  },
  policy: DiversionPolicy,
  listens: looks,
  starts: ['queue.changed', 'ticket.issued'],
  key: (event) =>
    'service' in event && event.type !== 'kiosk.session' ? (event.service ?? undefined) : undefined,
  keys: (event, model) => {
    if (event.type === 'counter.changed') return model.counter(event.counter)?.services ?? []
    if (event.type === 'duty.changed' || event.type === 'minute.passed') {
      return model.services().map((service) => service.id)
    }
    return event.type === 'kiosk.session' && event.state !== 'started' ? selfServices(model) : []
  },
  view: viewDiversion,
  machine: diversionMachine,
  modes: {
    closed: 'stop',
    opening: 'run',
    open: 'run',
    closing: 'run',
    'cash-delivery': 'quiet',
    emergency: 'stop',
  },
  pausable: true,
  resting: { standing: () => true },
  gracedDelays: [],
  migrations: {},
  excuses: ['pressed', 'unknown'].map((at) => ({
    finding: 'state.no-deadline',
    at,
    because: 'It lasts as long as the queue is so: every minute that passes is another look at it.',
  })),
})
