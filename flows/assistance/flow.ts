/** Assistance, title page: whoever needs a person gets one, or an expert; a request is never silently dropped. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import { defineFlow, inEveryMode } from '../define.ts'
import { assistanceMachine } from './machine.ts'
import { AssistancePolicy } from './policy.ts'
import { viewAssistance } from './view.ts'

const own = 'assistance/'

const caseOf = (event: FlowEvent): string | undefined => {
  switch (event.type) {
    case 'help.requested':
      return `device:${event.device}`
    case 'intent.stated':
      if (!event.wantsStaff) return undefined
      if (event.visit !== null) return `visit:${event.visit}`
      return event.ticket === null ? `device:${event.device}` : `ticket:${event.ticket}`
    case 'task.unserved':
      // Calls of its own, and those around an expert, have their own next step.
      return event.flow === 'assistance' || event.flow === 'escalation' ? undefined : `task:${event.task}`
    case 'escalation.changed':
      return event.instance.startsWith(own) ? event.instance.slice(own.length) : undefined
    default:
      return undefined
  }
}

export const assistance = defineFlow({
  id: 'assistance',
  version: 1,
  title: { en: 'Assistance', zh: '人工协助' },
  purpose: {
    en: 'Brings a person to whoever asks for one or to a task nobody could do, and a remote expert when nobody comes',
    zh: '为求助的客户或无人能完成的任务安排员工，无人响应时转远程专家',
  },
  policy: AssistancePolicy,
  listens: ['help.requested', 'intent.stated', 'task.unserved', 'escalation.changed'],
  starts: ['help.requested', 'intent.stated', 'task.unserved'],
  key: caseOf,
  view: viewAssistance,
  machine: assistanceMachine,
  modes: inEveryMode('run'),
  pausable: false,
  gracedDelays: ['alertAfter', 'wait', 'helpLimit'],
  migrations: {},
})
