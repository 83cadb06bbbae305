/** The flows that are shipped. */
import { assistance } from './assistance/flow.ts'
import { counterVacancy } from './counter-vacancy/flow.ts'
import { crowding } from './crowding/flow.ts'
import type { AnyFlow } from './define.ts'
import { deviceCare } from './device-care/flow.ts'
import { diversion } from './diversion/flow.ts'
import { diversionInvitation } from './diversion-invitation/flow.ts'
import { emergency } from './emergency/flow.ts'
import { escalation } from './escalation/flow.ts'
import { greeting } from './greeting/flow.ts'
import { promotion } from './promotion/flow.ts'
import { request } from './request/flow.ts'
import { ticketCall } from './ticket-call/flow.ts'

export const flows: readonly AnyFlow[] = [
  assistance,
  counterVacancy,
  crowding,
  deviceCare,
  diversion,
  diversionInvitation,
  emergency,
  escalation,
  greeting,
  promotion,
  request,
  ticketCall,
]
