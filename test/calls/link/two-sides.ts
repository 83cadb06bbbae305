/** A branch and a desk without a hub around them: the two pure halves, and a network between them that does what it likes. */
import { setKioskAway } from '#hub/calls/away.ts'
import { doCall } from '#hub/calls/commands.ts'
import { isOver } from '#hub/calls/find.ts'
import {
  ask,
  askOf,
  doAsking,
  onKioskGone,
  onKnown,
  onLineDown,
  onLineUp,
  onReported,
} from '#hub/calls/link/asking.ts'
import { Unacknowledged } from '#hub/calls/link/delivery.ts'
import type { LinkDesk } from '#hub/calls/link/rows.ts'
import { onAsked, onHeld, onLost, onSettled, tellBranches } from '#hub/calls/link/serving.ts'
import { followPeople } from '#hub/calls/presence.ts'
import { callTimers } from '#hub/calls/timers.ts'
import { createRows } from '#hub/engine/rows.ts'
import { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import type { Ask, Told } from '#protocol/calls/link.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { asked } from '../desk-lab.ts'

export const plan = ExpertDesk.parse({
  people: [
    { id: 'ann', title: {} },
    { id: 'ben', title: {} },
  ],
})

interface Side {
  readonly desk: () => LinkDesk
  /** Rung, by escalation. */
  readonly rings: Map<string, number>
  readonly timers: Map<string, number>
  /** What went on record. */
  readonly codes: string[]
  /** @returns how it is brought back from what it is now: a later epoch of the same journal. */
  backUp(): () => void
}

const openSide = (now: () => number, people: ExpertDesk['people']): Side => {
  let rows = createRows()
  const rings = new Map<string, number>()
  const timers = new Map<string, number>()
  const codes: string[] = []
  let ids = 0
  let epoch = 1
  return {
    rings,
    timers,
    codes,
    backUp: () => {
      const [stored, due] = [structuredClone(rows.all()), [...timers]]
      return () => {
        rows = createRows()
        for (const [table, key, row] of stored) rows.load(table, [[key, row]])
        timers.clear()
        for (const [key, deadline] of due) timers.set(key, deadline)
        epoch += 1
      }
    },
    desk: () => ({
      at: now(),
      plan: { ...plan, people },
      experts: rows.table('experts'),
      calls: rows.table('calls'),
      links: { asked: rows.table('asked'), served: rows.table('served') },
      epoch,
      id: (prefix) => {
        ids += 1
        return `${prefix}-${ids}`
      },
      setTimer: (owner, name, deadline) => timers.set(`${owner}#${name}`, deadline),
      clearTimer: (owner, name) => timers.delete(`${owner}#${name}`),
      note: ({ escalation }, { code }) => {
        codes.push(code)
        if (code === 'call.rings') rings.set(escalation, (rings.get(escalation) ?? 0) + 1)
      },
      noteExpert: () => undefined,
      changed: () => undefined,
    }),
  }
}

type Message =
  | { readonly to: 'desk'; readonly ask: Ask; readonly agoMs: number }
  | { readonly to: 'branch'; readonly told: Told; readonly now: number }
  | { readonly to: 'desk' | 'branch'; readonly ack: { escalation: string; revision: Ask['revision'] } }

export class TwoSides {
  at = 1_000_000
  readonly branch = openSide(() => this.at, [])
  /** Its clock is another one. */
  readonly desk = openSide(() => this.at + 7_777, plan.people)
  readonly #way: Message[] = []
  #asks = new Unacknowledged()
  #tolds = new Unacknowledged()
  #count = 0
  isUp = true
  /** What has ended at the branch. */
  readonly ended = new Set<string>()
  /** What the desk was told is over, with how often it had rung by then. */
  readonly over = new Map<string, number>()

  constructor() {
    const desk = this.desk.desk()
    followPeople(desk, plan.people)
    for (const { id } of plan.people) {
      doCall(desk, { name: 'expert.line', expert: id, here: true, by: 'hub' })
      doCall(desk, { name: 'expert.presence', expert: id, presence: 'available', reason: null, by: id })
    }
  }

  request(device: string) {
    this.#count += 1
    ask(
      this.branch.desk(),
      { desk: 'desk', up: this.isUp, open: true },
      asked({ escalation: `escalation-${this.#count}`, device }),
    )
  }

  /** What somebody at the branch does with one of its open calls. */
  act(nth: number, what: 'withdraw' | 'to-staff' | 'hang-up' | 'join' | 'leave') {
    const desk = this.branch.desk()
    const open = desk.calls.values().filter((call) => !isOver(call))
    const call = open[nth % Math.max(1, open.length)]
    if (call === undefined) return
    const participant = `kiosk:${call.device}`
    const of = { call: call.id, participant, by: participant }
    if (what === 'withdraw') doAsking(desk, { name: 'call.withdraw', call: call.id, reason: null, by: 'mei' })
    else if (what === 'to-staff')
      doAsking(desk, { name: 'call.to-staff', call: call.id, note: 'we do it', by: 'mei' })
    else if (what === 'hang-up') doAsking(desk, { name: 'call.hang-up', ...of })
    else doAsking(desk, { name: what === 'join' ? 'call.joined' : 'call.left', ...of })
  }

  /** The branch loses a kiosk, or has it again; and one that stayed away so long is given up. */
  kiosk(device: string, isAway: boolean) {
    setKioskAway(this.branch.desk(), device, isAway)
  }

  giveUpKiosks() {
    for (const key of [...this.branch.timers.keys()].filter((one) => one.endsWith('#gone'))) {
      this.branch.timers.delete(key)
      onKioskGone(this.branch.desk(), key.slice(key.lastIndexOf('/') + 1, -'#gone'.length))
    }
  }

  /** What an expert does with whatever they have. */
  work(nth: number) {
    const desk = this.desk.desk()
    const held = desk.experts.values().flatMap(({ id, call }) => (call === null ? [] : [{ id, call }]))
    const one = held[nth % Math.max(1, held.length)]
    if (one === undefined) return
    const call = desk.calls.get(one.call) as CallRow
    const by = one.id
    if (call.state === 'ringing')
      doCall(desk, { name: 'call.accept', call: call.id, ring: call.ring?.id ?? '', by })
    else if (call.state === 'accepted')
      doCall(desk, { name: 'call.joined', call: call.id, participant: `expert:${by}`, by: 'hub' })
    else if (call.state === 'in-call')
      doCall(desk, { name: 'call.hang-up', call: call.id, participant: `expert:${by}`, by })
    else if (call.state === 'wrap-up')
      doCall(desk, { name: 'call.wrap-up', call: call.id, code: 'solved', notes: '', by })
    tellBranches(desk)
  }

  /** Both resend what is not acknowledged. */
  send() {
    if (!this.isUp) return
    this.at += 10_000
    const branch = this.branch.desk()
    for (const row of this.#asks.due(branch.links.asked.values(), this.at, 0)) {
      const call = branch.calls.get(row.call)
      if (call !== undefined) this.#way.push({ to: 'desk', ask: askOf(row, call), agoMs: 0 })
    }
    const told = this.desk
      .desk()
      .links.served.values()
      .flatMap((row) => (row.told === null ? [] : [row.told]))
    for (const one of this.#tolds.due(told, this.at, 0))
      this.#way.push({ to: 'branch', told: one, now: this.at + 7_777 })
  }

  get onTheWay(): number {
    return this.#way.length
  }

  /** Whichever of them comes now; `stays`: it comes once more later. */
  deliver(nth: number, stays: boolean) {
    const index = nth % Math.max(1, this.#way.length)
    const message = this.#way[index]
    if (message === undefined || !this.isUp) return
    if (!stays) this.#way.splice(index, 1)
    this.#take(message)
  }

  drop(nth: number) {
    if (this.#way.length > 0) this.#way.splice(nth % this.#way.length, 1)
  }

  #take(message: Message) {
    if ('ask' in message) return this.#hearAsk(message)
    if ('told' in message) {
      onReported(this.branch.desk(), message)
      const { escalation, revision } = message.told
      return void this.#way.push({ to: 'desk', ack: { escalation, revision } })
    }
    if (message.to === 'branch') return this.#asks.acked(message.ack)
    this.#tolds.acked(message.ack)
    const desk = this.desk.desk()
    const row = desk.links.served.get(`north/${message.ack.escalation}`)
    if (row?.told?.state === 'ended' && row.told.revision.n === message.ack.revision.n)
      onSettled(desk, 'north', message.ack.escalation)
  }

  #hearAsk({ ask: asked, agoMs }: Extract<Message, { ask: Ask }>) {
    const desk = this.desk.desk()
    const { escalation, revision } = asked
    const before = this.desk.rings.get(escalation) ?? 0
    onAsked(desk, { branch: 'north', ask: asked, agoMs })
    tellBranches(desk)
    if (asked.over !== null && !this.over.has(escalation)) this.over.set(escalation, before)
    this.#way.push({ to: 'branch', ack: { escalation, revision } })
  }

  /** Long enough to be noticed on both sides. */
  cut() {
    if (!this.isUp) return
    this.isUp = false
    this.#way.length = 0
    onLineDown(this.branch.desk())
    const desk = this.desk.desk()
    onLost(desk, 'north')
    tellBranches(desk)
  }

  /** A new line, after a cut or a restart of either: nothing of the old one comes any more. */
  open() {
    const isNew = !this.isUp
    this.isUp = true
    this.#way.length = 0
    this.#asks = new Unacknowledged()
    this.#tolds = new Unacknowledged()
    const branch = this.branch.desk()
    const desk = this.desk.desk()
    const held = branch.links.asked.values().filter(({ call }) => {
      const row = branch.calls.get(call)
      return row !== undefined && !isOver(row)
    })
    onHeld(
      desk,
      'north',
      held.map(({ escalation }) => escalation),
    )
    tellBranches(desk)
    if (isNew) onLineUp(branch)
    onKnown(
      branch,
      desk.links.served.values().map(({ escalation }) => escalation),
    )
  }

  /** The time of a ring, a joining, a patience or a wrap-up is over. */
  time(nth: number) {
    const due = [...this.desk.timers.keys()].filter(
      (key) => !key.endsWith('#forget') && key.includes('/call/'),
    )
    const key = due[nth % Math.max(1, due.length)]
    if (key === undefined) return
    const [owner = '', name = ''] = key.split('#')
    this.at = Math.max(this.at, (this.desk.timers.get(key) ?? 0) - 7_777)
    this.desk.timers.delete(key)
    const desk = this.desk.desk()
    callTimers[name as keyof typeof callTimers](desk, owner.slice(owner.lastIndexOf('/') + 1))
    tellBranches(desk)
  }

  /** Everything that is on its way comes, until there is nothing more to say. */
  settle() {
    for (let round = 0; round < 50; round++) {
      this.send()
      while (this.onTheWay > 0) this.deliver(0, false)
    }
  }
}
