/** A recorded sale in a call, in the engine: with whoever the call goes to, with a desk elsewhere, and a restart at every step. */
import { beforeEach, describe, expect, it } from 'vitest'
import { flows } from '#flows/index.ts'
import { DeskFile } from '#hub/branch/desk-file.ts'
import type { Command } from '#hub/engine/entry.ts'
import { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import type { Told } from '#protocol/calls/link.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { RecorderName, SaleRow } from '#protocol/recording/sale.ts'
import { RecordingPlan } from '#protocol/recording/script.ts'
import { type Lab, openLab } from '../engine/support.ts'
import { recordingPlan } from '../recording/support/plan.ts'
import { simBranch } from '../sim/branch.ts'
import { toldCall } from '../support/call-rows.ts'
import { asked } from './desk-lab.ts'

const people = ['ann', 'ben'].map((id) => ({ id, title: { en: id }, languages: ['zh', 'en'] }))
const experts = ExpertDesk.parse({ people })
const recording = RecordingPlan.parse(recordingPlan)

let lab: Lab
const state = () => lab.engine().state
const call = () => state().calls.values().at(-1) as CallRow
const sale = () => state().sales.values().at(-1) as SaleRow
const command = (what: Command) => lab.send({ kind: 'command', command: what })
const refusal = (what: Command) =>
  command(what).then(
    () => null,
    (error: { code: string }) => error.code,
  )
const isHere = (expert: string) => command({ name: 'expert.line', expert, here: true, by: 'hub' })
const comes = async (expert: string) => {
  await isHere(expert)
  await command({ name: 'expert.presence', expert, presence: 'available', reason: null, by: expert })
}
const joins = (participant: string) =>
  command({ name: 'call.joined', call: call().id, participant, by: 'hub' })
const leaves = (participant: string) =>
  command({ name: 'call.left', call: call().id, participant, by: 'hub' })
const accepts = async (by: string) => {
  const ring = call().ring?.id ?? call().guest?.ring?.id ?? ''
  await command({ name: 'call.accept', call: call().id, ring, by })
}
const begin = (by = 'ann', leads = false): Command => ({
  name: 'sale.begin',
  call: call().id,
  device: null,
  product: 'fund-a',
  termEnds: null,
  by,
  leads,
})
const records = (recorder: RecorderName) =>
  command({ name: 'recording.state', sale: sale().id, recorder, state: 'on', by: 'hub' })
const seals = () =>
  command({ name: 'recording.sealed', sale: sale().id, manifest: 'a'.repeat(64), by: 'hub' })
const answers = () => lab.event('kiosk-1', 'recording.answered', { sale: sale().id, given: true })
const held = () =>
  state()
    .experts.values()
    .flatMap(({ id, call: has }) => (has === null ? [] : [id]))

const talk = async () => {
  await comes('ann')
  await lab.event('kiosk-1', 'help.requested', { reason: 'expert', language: 'en' })
  await accepts('ann')
  await joins('kiosk:kiosk-1')
  await joins('expert:ann')
}
const record = async () => {
  await command(begin())
  await answers()
  await records('hub')
  await records('page:kiosk:kiosk-1')
  expect(sale()).toMatchObject({ state: 'recording', seller: 'expert:ann' })
}

beforeEach(async () => {
  lab = await openLab(flows)
  await lab.send({ kind: 'config', file: { ...simBranch(), experts, recording }, revision: 1, by: 'test' })
})

describe('a sale and whom its call goes to', () => {
  beforeEach(async () => {
    await talk()
    await record()
    await comes('ben')
  })

  const isOver = async () => {
    expect(sale()).toMatchObject({ state: 'sealing', endedBy: 'hub' })
    await seals()
    expect(sale()).toMatchObject({ state: 'over', outcome: 'not-sold' })
  }
  const asksIn = async (mode: 'consult' | 'invite') => {
    const who = { group: null, expert: 'ben', why: '', by: 'ann' }
    await command({ name: 'call.invite', call: call().id, ...who, mode })
    await accepts('ben')
    await joins('expert:ben')
  }
  const handsOver = (by = 'ann') =>
    command({ name: 'call.hand-over', call: call().id, group: null, expert: 'ben', note: '', by })

  it('is over with the expert who hands the call over, and another one begins anew', async () => {
    await handsOver()
    await isOver()
    await accepts('ben')
    await joins('expert:ben')
    expect(await refusal(begin('ann'))).toBe('call.not-yours')
    await command(begin('ben'))
    expect(sale()).toMatchObject({ state: 'consent', seller: 'expert:ben' })
  })

  it('goes on while experts speak apart, and is over the moment a guest takes the call over', async () => {
    await asksIn('consult')
    expect(sale().state).toBe('recording')
    expect(await refusal(begin('ben'))).toBe('call.not-yours')
    await handsOver()
    expect(call()).toMatchObject({ state: 'in-call', expert: 'ben' })
    await isOver()
    await command(begin('ben'))
    expect(sale()).toMatchObject({ state: 'consent', seller: 'expert:ben', consent: null })
  })

  it('waits for an expert who falls out as long as the call does, and no longer where a guest stays', async () => {
    await asksIn('invite')
    await leaves('expert:ann')
    expect([call().state, sale().state]).toEqual(['resuming', 'recording'])
    await joins('expert:ann')
    expect(sale().state).toBe('recording')
    await leaves('expert:ann')
    await lab.wait(experts.lostMs + 1)
    expect(call()).toMatchObject({ state: 'in-call', expert: 'ben' })
    await isOver()
  })

  it('is over with a call that is given back to people on the spot, also while a guest rings', async () => {
    const who = { group: null, expert: 'ben', mode: 'consult', why: '', by: 'ann' } as const
    await command({ name: 'call.invite', call: call().id, ...who })
    await command({ name: 'call.to-staff', call: call().id, note: '', by: 'li' })
    expect(call()).toMatchObject({ state: 'ended', outcome: 'follow-up' })
    expect(held()).toEqual([])
    await isOver()
  })

  it('goes on where the hub has lost the kiosk, as the call does', async () => {
    await lab.send({ kind: 'presence', device: 'kiosk-1', presence: { status: 'online' } })
    await lab.send({ kind: 'presence', device: 'kiosk-1', presence: { status: 'lost' } })
    await leaves('kiosk:kiosk-1')
    await lab.wait(experts.kioskGoneMs * 4)
    expect([call().state, sale().state]).toEqual(['in-call', 'recording'])
  })
})

describe('a sale in a call of a branch whose desk is elsewhere', () => {
  it('is not the expert’s to begin, who is told so', async () => {
    const file = DeskFile.parse({ desk: 'experts', title: { en: 'Experts' }, experts: { people } })
    lab = await openLab([], file)
    await comes('ann')
    const revision = { epoch: 1, n: 1 }
    const { branch: _, ...of } = asked({ language: 'zh' })
    const ask = { ...of, revision, isNew: true, present: [], hungUp: null, over: null }
    await command({ name: 'branch.asked', branch: 'north', ask, agoMs: 0, by: 'hub' })
    await accepts('ann')
    await joins('expert:ann')
    expect(call()).toMatchObject({ state: 'in-call', branch: 'north', expert: 'ann' })
    expect(await refusal(begin())).toBe('sale.elsewhere')
    expect(state().sales.size).toBe(0)
  })

  const told = (more: Partial<Told> = {}): Command => ({
    name: 'call.reported',
    told: toldCall(call().escalation, {
      state: 'in-call',
      expert: 'wang',
      segments: [{ expert: 'wang', from: 0, to: null, why: null }],
      participants: ['expert:wang', 'kiosk:kiosk-1', 'manager:li'],
      ...more,
    }),
    now: 0,
    by: 'hub',
  })

  it('is begun by a manager of the branch who has joined, outlives a hand-over there, and ends with the call', async () => {
    await lab.send({ kind: 'config', file: { ...simBranch(), recording }, revision: 2, by: 'test' })
    await command({ name: 'desk.line', desk: 'desk', up: true, by: 'hub' })
    await command({ name: 'desk.experts', open: true, by: 'hub' })
    await lab.event('kiosk-1', 'help.requested', { reason: 'expert', language: 'en' })
    await command(told())
    await joins('manager:li')
    await joins('kiosk:kiosk-1')
    expect(await refusal(begin('li', true))).toBeNull()
    await answers()
    await records('hub')
    await records('page:kiosk:kiosk-1')
    await command(told({ revision: { epoch: 1, n: 2 }, expert: 'zhao' }))
    expect(call()).toMatchObject({ state: 'in-call', expert: 'zhao' })
    expect(sale()).toMatchObject({ state: 'recording', seller: 'manager:li' })
    await command({ name: 'call.to-staff', call: call().id, note: '', by: 'li' })
    expect(call()).toMatchObject({ state: 'ended', outcome: 'follow-up' })
    expect(sale().state).toBe('sealing')
  })
})

const isSeller = { by: 'ann', leads: false }

/** In their order; each brings things one step on. */
const steps = {
  asked: async () => {
    await comes('ann')
    await lab.event('kiosk-1', 'help.requested', { reason: 'expert', language: 'en' })
  },
  accepted: () => accepts('ann'),
  'in the call': async () => {
    await joins('kiosk:kiosk-1')
    await joins('expert:ann')
  },
  'asked for a yes': () => command(begin()),
  'said yes': answers,
  recording: async () => {
    await records('hub')
    await records('page:kiosk:kiosk-1')
  },
  paused: () => command({ name: 'sale.pause', sale: sale().id, reason: 'a question', ...isSeller }),
  'gone on': async () => {
    await command({ name: 'sale.resume', sale: sale().id, ...isSeller })
    await records('hub')
    await records('page:kiosk:kiosk-1')
  },
  'ended the sale': () => command({ name: 'sale.end', sale: sale().id, ...isSeller }),
  sealed: seals,
  'hung up': () =>
    command({ name: 'call.hang-up', call: call().id, participant: 'kiosk:kiosk-1', by: 'kiosk:kiosk-1' }),
  'written up': () =>
    command({ name: 'call.wrap-up', call: call().id, code: 'solved', notes: '', by: 'ann' }),
} as const satisfies Record<string, () => Promise<unknown>>
type StepName = keyof typeof steps
const names = Object.keys(steps) as StepName[]

const liveSales = () =>
  state()
    .sales.values()
    .filter(({ state: now }) => now !== 'over')

const nothingIsLeft = () => {
  expect(held()).toEqual([])
  expect(liveSales()).toEqual([])
  for (const { state: now } of state().calls.values()) expect(now).toBe('ended')
  for (const { state: now } of state().escalations.values()) expect(now).toBe('ended')
  const owners = [...state().timers.keys()].filter((key) => /^branch\/(?:call|sale|recording)\//.test(key))
  expect(owners.filter((key) => !key.endsWith('#forget'))).toEqual([])
  expect(lab.bugs).toEqual([])
}

describe('a hub that starts again', () => {
  it.each(names)('when somebody has "%s": it goes on from there to the end', async (at) => {
    for (const name of names) {
      await steps[name]()
      if (name !== at) continue
      const before = [state().calls.size, state().sales.size, call().state]
      await lab.reopen(flows)
      expect([state().calls.size, state().sales.size, call().state]).toEqual(before)
      await isHere('ann')
      // The line of the call finds people where they are; recorders say anew that they run.
      if (liveSales().some(({ consent, state: now }) => consent !== null && now !== 'sealing'))
        for (const recorder of ['hub', 'page:kiosk:kiosk-1'] as const)
          if (sale().recorders.some((one) => one.name === recorder)) await records(recorder)
    }
    expect(call()).toMatchObject({ state: 'ended', outcome: 'solved', expert: 'ann', tried: [] })
    expect(sale()).toMatchObject({ state: 'over', outcome: 'not-sold' })
    expect(state().calls.size).toBe(1)
    nothingIsLeft()
    expect(state().experts.get('ann')).toMatchObject({ presence: 'available', call: null })
  })

  it.each(names)(
    'when somebody has "%s", and nobody comes back: nobody is left held, nothing goes on',
    async (at) => {
      for (const name of names.slice(0, names.indexOf(at) + 1)) await steps[name]()
      await lab.reopen(flows)
      // So the line of the call says, half a minute later, of whom it has seen nothing.
      await lab.wait(30_000)
      for (const row of state().calls.values())
        for (const participant of row.participants) await leaves(participant)
      await lab.wait(4 * 3_600_000)
      expect(state().calls.values()).toEqual([])
      nothingIsLeft()
    },
  )
})
