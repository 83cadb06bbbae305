/** Request, title page: what a person asks for by hand becomes one task like any other, under the person's name. */
import { defineFlow, inEveryMode } from '../define.ts'
import { requestMachine } from './machine.ts'
import { fromFirst } from './migrations.ts'
import { RequestPolicy } from './policy.ts'

export const request = defineFlow({
  id: 'request',
  version: 2,
  title: { en: 'Requests by hand', zh: '人工指派' },
  purpose: {
    en: 'Turns what a person asks for by hand into one task, chosen, recorded and explained like every other',
    zh: '将员工手动提出的要求变为一项任务，与其他任务一样选择执行者、留痕并可解释',
  },
  policy: RequestPolicy,
  listens: ['work.asked', 'work.asked-again'],
  starts: ['work.asked', 'work.asked-again'],
  key: (event) =>
    event.type === 'work.asked' || event.type === 'work.asked-again' ? event.request : undefined,
  view: (model) => ({ languages: model.branch.languages }),
  machine: requestMachine,
  modes: { ...inEveryMode('run'), emergency: 'stop' },
  // A pause is for what machines begin by themselves; this is a person's own word.
  pausable: false,
  gracedDelays: [],
  migrations: { 1: fromFirst },
  excuses: [
    {
      finding: 'claim.collides',
      at: 'open-counter: diversion',
      because: 'On purpose: a counter that somebody is asked to open already is not asked for twice.',
    },
    {
      finding: 'claim.collides',
      at: 'greet:visit: greeting',
      because:
        'On purpose: whoever was greeted by itself is not greeted by hand as well, and the other way round.',
    },
  ],
})
