/** Turns what was committed into lines that a visitor of the demo can follow: who does what, and why. */
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { CommittedBatch } from '#hub/engine/sequencer.ts'
import type { BranchState } from '#hub/engine/state.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { AlertRow, EscalationRow } from '#protocol/model.ts'
import { type Tongue, titled } from '../io/language.ts'
import { sayWhy } from '../words/why.ts'
import { rowsOf } from './rows-of.ts'
import type { Line, LineKind } from './screen.ts'
import { type Names, sayAct, sayAsked, sayEnd, saySelf } from './sentences.ts'
import { divertedCode } from './tally.ts'

export interface Teller {
  tell(batch: CommittedBatch): readonly Line[]
}

const kinds: Readonly<Record<string, LineKind>> = {
  greeting: 'greeting',
  diversion: 'diversion',
  'diversion-invitation': 'diversion',
  promotion: 'promotion',
  'device-care': 'device',
}

const passAgainMs = 20_000

const personPrefix = 'person/'
const isPerson = (member: string) => member.startsWith(personPrefix)
const nameOf = (member: string) => (isPerson(member) ? member.slice(personPrefix.length) : member)

/** What of a task has been told: each step once. */
type Told = 'asked' | 'accepted' | 'acts'

class DemoTeller implements Teller {
  readonly #tongue: Tongue
  readonly #state: BranchState
  readonly #told = new Map<string, Set<string>>()
  /** When each reason for sending nobody was last told. */
  readonly #passed = new Map<string, number>()
  #now = 0

  constructor({ tongue, state }: { tongue: Tongue; state: BranchState }) {
    this.#tongue = tongue
    this.#state = state
  }

  tell({ entries, changes, decisions }: CommittedBatch): readonly Line[] {
    this.#now = entries.at(-1)?.at ?? this.#now
    return [
      ...rowsOf<TaskRow>(changes, 'tasks').flatMap((task) => this.#running(task)),
      ...rowsOf<TaskRow>(changes, 'endedTasks').flatMap((task) => this.#ended(task)),
      ...decisions.flatMap(({ record }) => this.#decided(record)),
      ...rowsOf<AlertRow>(changes, 'alerts').flatMap((alert) => this.#alert(alert)),
      ...rowsOf<EscalationRow>(changes, 'escalations').flatMap((row) => this.#escalation(row)),
    ]
  }

  get #names(): Names {
    const tongue = this.#tongue
    return {
      tongue,
      zone: (id) => titled(this.#state.zones.get(id)?.title ?? { en: id }, tongue),
      service: (id) => titled(this.#state.services.get(id)?.title ?? { en: id }, tongue),
      campaign: (id) => id,
    }
  }

  #first(task: TaskRow, step: Told, member: string): boolean {
    const told = this.#told.get(task.id) ?? new Set<string>()
    this.#told.set(task.id, told)
    if (told.has(`${step} ${member}`)) return false
    told.add(`${step} ${member}`)
    return true
  }

  #running(task: TaskRow): readonly Line[] {
    const attempt = task.attempts.at(-1)
    if (attempt === undefined || attempt.endedAt !== null) return []
    const { member } = attempt
    const why = sayWhy(task.intent.because, this.#tongue)
    const line = (text: string): Line => ({ kind: this.#kind(task, member), who: nameOf(member), text })
    if (isPerson(member)) {
      if (task.phase === 'offered' && this.#first(task, 'asked', member))
        return [{ ...line(sayAsked(task, this.#names)), why }]
      if (task.phase === 'accepted' && this.#first(task, 'accepted', member))
        return [line(this.#tongue === 'zh' ? '接受任务，正在前往' : 'accepts and is on the way')]
      return []
    }
    if (task.phase !== 'started' || !this.#first(task, 'acts', member)) return []
    const text = sayAct(task, this.#names)
    return text === undefined ? [] : [{ ...line(text), why }]
  }

  #ended(task: TaskRow): readonly Line[] {
    const attempt = task.attempts.at(-1)
    const member = attempt?.member ?? ''
    const lines: Line[] = []
    const line = (text: string): Line => ({ kind: this.#kind(task, member), who: nameOf(member), text })
    const act = task.phase === 'done' && !isPerson(member) ? sayAct(task, this.#names) : undefined
    if (act !== undefined && this.#first(task, 'acts', member))
      lines.push({ ...line(act), why: sayWhy(task.intent.because, this.#tongue) })
    const end = sayEnd(task, this.#names)
    if (end !== undefined) lines.push({ ...line(end), why: this.#endReason(task) })
    this.#told.delete(task.id)
    return lines
  }

  #endReason({ phase, endReason, cancelReason }: TaskRow): string | undefined {
    const code = phase === 'done' ? null : (cancelReason ?? endReason)
    return code === null ? undefined : sayWhy({ code }, this.#tongue)
  }

  #decided(record: DecisionRecord): readonly Line[] {
    const kind = kinds[record.flow ?? '']
    if (record.code === divertedCode)
      return [{ kind: 'diversion', who: record.device ?? '', text: saySelf(record, this.#names) }]
    if (record.kind === 'pass' && kind !== undefined && kind !== 'device' && this.#isNews(record)) {
      const about = this.#aboutOf(record)
      const named = about === undefined ? '' : this.#tongue === 'zh' ? `：${about}` : ` for ${about}`
      const text = `${this.#tongue === 'zh' ? '未安排' : 'nobody is sent'}${named}`
      const reason = record.params === undefined ? {} : { params: record.params }
      return [{ kind, who: '', text, why: sayWhy({ code: record.code, ...reason }, this.#tongue) }]
    }
    if (record.code === 'mode.changed') {
      const { mode = '', by = '' } = record.params ?? {}
      return [
        {
          kind: 'branch',
          who: String(by),
          text: this.#tongue === 'zh' ? `网点状态：${mode}` : `the branch is now: ${mode}`,
        },
      ]
    }
    return []
  }

  #aboutOf({ ticket, visit, service, zone }: DecisionRecord): string | undefined {
    if (ticket !== undefined || visit !== undefined) return ticket ?? visit
    if (service !== undefined) return this.#names.service(service)
    return zone === undefined ? undefined : this.#names.zone(zone)
  }

  /** Why nobody was sent: each reason once in a while, not for every visitor it holds for. */
  #isNews({ flow, code }: DecisionRecord): boolean {
    const name = `${flow} ${code}`
    const last = this.#passed.get(name)
    if (last !== undefined && this.#now - last < passAgainMs) return false
    this.#passed.set(name, this.#now)
    return true
  }

  #alert(alert: AlertRow): readonly Line[] {
    const says = sayWhy({ code: alert.code, params: alert.params }, this.#tongue)
    if (alert.clearedAt !== null)
      return [{ kind: 'alert', who: '', text: this.#tongue === 'zh' ? `解除：${says}` : `over: ${says}` }]
    if (alert.count > 1) return []
    return [{ kind: 'alert', who: '', text: `${alert.priority}: ${says}`, why: alert.key }]
  }

  #escalation({ state, reason, zone }: EscalationRow): readonly Line[] {
    if (state !== 'open') return []
    const where = zone === null ? '' : ` · ${this.#names.zone(zone)}`
    const text = this.#tongue === 'zh' ? `请求人员支援${where}` : `a person is wanted${where}`
    return [{ kind: 'alert', who: '', text, why: sayWhy({ code: reason }, this.#tongue) }]
  }

  #kind(task: TaskRow, member: string): LineKind {
    return isPerson(member) ? 'staff' : (kinds[task.flow] ?? 'branch')
  }
}

export const createTeller = (parts: { tongue: Tongue; state: BranchState }): Teller => new DemoTeller(parts)
