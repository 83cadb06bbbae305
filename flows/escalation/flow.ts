/** Escalation, title page: what the branch does around a call with a remote expert, and when none came. */
import type { BranchView } from '#protocol/model.ts'
import { defineFlow, inEveryMode } from '../define.ts'
import type { EscalationView } from './decide.ts'
import { attentionOf } from './decide.ts'
import { escalationMachine } from './machine.ts'
import { EscalationPolicy } from './policy.ts'

const viewEscalation = (model: BranchView): EscalationView => ({
  mode: model.branch.mode,
  attended: model
    .visits()
    .map(({ id }) => attentionOf(id))
    .filter((key) => model.isClaimed(key)),
  places: Object.fromEntries(
    model
      .devices()
      .flatMap(({ id, kind, place }) => (kind === 'kiosk' && place !== null ? [[id, place]] : [])),
  ),
})

export const escalation = defineFlow({
  id: 'escalation',
  version: 1,
  title: { en: 'Remote experts', zh: '远程专家' },
  purpose: {
    en: 'Leaves a visitor in peace during a call with a remote expert, and sends a person where no expert came',
    zh: '客户与远程专家通话期间不打扰客户；无专家接听时安排现场员工',
  },
  policy: EscalationPolicy,
  listens: ['call.changed'],
  starts: ['call.changed'],
  key: (event) => (event.type === 'call.changed' ? event.call : undefined),
  view: viewEscalation,
  machine: escalationMachine,
  modes: inEveryMode('run'),
  pausable: false,
  gracedDelays: ['alertEvery', 'askLimit', 'helpLimit'],
  migrations: {},
  excuses: [
    {
      finding: 'state.no-deadline',
      at: 'open',
      because:
        'The desk ends each call by deadlines of its own (patience, ring, join, lost, wrap-up) and tells it; a call may last.',
    },
  ],
})
