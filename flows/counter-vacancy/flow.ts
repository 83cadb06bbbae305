/** Counter vacancy, title page: an open counter that stands empty while people wait is noticed, and somebody asked. */
import type { CounterRow } from '#protocol/model.ts'
import { countersFor } from '#protocol/queues.ts'
import { defineFlow, inEveryMode } from '../define.ts'
import { looks, vacancyMachine } from './machine.ts'
import { VacancyPolicy } from './policy.ts'
import { viewVacancy } from './view.ts'

const idsOf = (counters: readonly CounterRow[]) => counters.map((counter) => counter.id)

/** One that is not open, or serves somebody, is no vacancy, whatever its queues do; its own news have told so before. */
const mayBeVacant = ({ state, staffed, serving }: CounterRow) =>
  state === 'open' && (staffed === false || serving === null)

export const counterVacancy = defineFlow({
  id: 'counter-vacancy',
  version: 1,
  title: { en: 'Counter vacancy', zh: '窗口空缺' },
  purpose: {
    en: 'Notices an open counter that stands empty or calls nobody while people wait, asks somebody to take it, then alerts',
    zh: '发现有人等候时无人或长时间不叫号的开放窗口，先请员工到岗，再提醒',
  },
  policy: VacancyPolicy,
  listens: looks,
  starts: ['counter.changed', 'ticket.called', 'queue.changed', 'minute.passed'],
  key: (event) =>
    event.type === 'counter.changed' || event.type === 'ticket.called' ? event.counter : undefined,
  keys: (event, model) => {
    if (event.type === 'queue.changed' || event.type === 'ticket.ended') {
      return idsOf(countersFor(model, event.service).filter(mayBeVacant))
    }
    if (event.type === 'minute.passed') return idsOf(model.counters().filter(mayBeVacant))
    return event.type === 'mode.changed' ? idsOf(model.counters()) : []
  },
  view: viewVacancy,
  machine: vacancyMachine,
  // Outside opening hours no counter counts as vacant (decide.ts), so that an alert clears itself when they end.
  modes: inEveryMode('run'),
  pausable: true,
  gracedDelays: [],
  migrations: {},
  excuses: [
    {
      finding: 'task.unhandled',
      at: 'settling: call',
      because:
        'Whatever becomes of the call, the counter is manned by the deadline of this state or the alert follows.',
    },
    {
      finding: 'task.unhandled',
      at: 'alerted: call',
      because:
        'The alert stands and repeats until the counter is manned; nothing more follows from a late answer.',
    },
  ],
})
