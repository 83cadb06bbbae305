/** A kiosk that the hub has lost: nobody is called for it any more, and whoever stands in a call stays there. */
import { beforeEach, describe, expect, it } from 'vitest'
import { flows } from '#flows/index.ts'
import type { CallCommand } from '#hub/calls/commands.ts'
import { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { type Lab, openLab as openEngine } from '../engine/support.ts'
import { simBranch } from '../sim/branch.ts'
import { DeskLab, faults } from './desk-lab.ts'

const person = (id: string) => ({ id, title: {} })

const openLab = (people: readonly { id: string }[], more: object = {}) => {
  const lab = new DeskLab({ people, ...more })
  lab.open(...people.map(({ id }) => id))
  return lab
}

describe('a kiosk that the hub has lost', () => {
  it('is called for no longer after a while, and for one that is back in time it goes on', () => {
    const lab = openLab([person('ann')], { ringMs: 60_000 })
    const { id } = lab.ask()
    lab.kiosk('kiosk-1', true)
    lab.pass(lab.plan.kioskGoneMs - 1)
    lab.kiosk('kiosk-1', false)
    lab.pass(5_000)
    expect(lab.ringing(id)).toEqual(['ann'])
    lab.kiosk('kiosk-1', true)
    lab.pass(lab.plan.kioskGoneMs)
    expect(lab.call(id)).toMatchObject({ state: 'ended', outcome: 'withdrawn', endedBy: 'kiosk-gone' })
    expect(lab.notes.map(({ note }) => note.code)).toContain('call.kiosk-gone')
    expect(lab.expert('ann')).toMatchObject({ call: null, missed: 0 })
    expect(faults(lab)).toEqual([])
  })

  it('has the whole time to come back that devices have after a start of the hub', () => {
    const lab = openLab([person('ann')], { ringMs: 60_000 })
    const { id } = lab.ask()
    lab.kiosk('kiosk-1', true)
    lab.pass(lab.plan.kioskGoneMs - 1)
    lab.restart()
    lab.act({ name: 'expert.line', expert: 'ann', here: true, by: 'hub' })
    lab.pass(29_999)
    expect(lab.call(id).state).toBe('ringing')
    lab.pass(1)
    expect(lab.call(id).endedBy).toBe('kiosk-gone')
  })

  it('goes on speaking: who stands in a call is never sent out of it, also once the line of the call is lost', () => {
    const lab = openLab([person('ann'), person('bo')])
    const { id } = lab.ask()
    lab.talk('ann')
    lab.kiosk('kiosk-1', true)
    lab.left(id, 'kiosk:kiosk-1')
    lab.pass(3_600_000)
    expect(lab.call(id)).toMatchObject({ state: 'in-call', expert: 'ann' })
    // Whom the expert has left as well nobody speaks with any more.
    lab.left(id, 'expert:ann')
    lab.pass(lab.plan.lostMs)
    expect(lab.ringing(id)).toEqual(['bo'])
    lab.pass(lab.plan.kioskGoneMs)
    expect(lab.call(id)).toMatchObject({ state: 'ended', outcome: 'withdrawn', endedBy: 'kiosk-gone' })
  })

  it('that never came is waited for no longer also where an expert already stands in the call', () => {
    const lab = openLab([person('ann')])
    const { id } = lab.ask()
    lab.kiosk('kiosk-1', true)
    lab.accept('ann')
    lab.act({ name: 'call.joined', call: id, participant: 'expert:ann', by: 'hub' })
    lab.pass(lab.plan.kioskGoneMs)
    expect(lab.call(id)).toMatchObject({ state: 'wrap-up', expert: 'ann' })
  })
})

const experts = ExpertDesk.parse({ people: [{ id: 'ann', title: { en: 'Ann' }, languages: ['zh', 'en'] }] })

let lab: Lab
const state = () => lab.engine().state
const call = () => state().calls.values()[0] as CallRow
const command = (what: CallCommand) => lab.send({ kind: 'command', command: what })
const codes = () => lab.decisions.flatMap(({ kind, code }) => (kind === 'call' ? [code] : []))
const joins = (participant: string) =>
  command({ name: 'call.joined', call: call().id, participant, by: 'hub' })
const says = (status: 'online' | 'lost') =>
  lab.send({ kind: 'presence', device: 'kiosk-1', presence: { status } })
const accepts = (by: string) =>
  command({ name: 'call.accept', call: call().id, ring: call().ring?.id ?? '', by })

beforeEach(async () => {
  lab = await openEngine(flows)
  await lab.send({ kind: 'config', file: { ...simBranch(), experts }, revision: 1, by: 'test' })
  await says('online')
  await command({ name: 'expert.line', expert: 'ann', here: true, by: 'hub' })
  await command({ name: 'expert.presence', expert: 'ann', presence: 'available', reason: null, by: 'ann' })
  await lab.event('kiosk-1', 'help.requested', { reason: 'expert', language: 'en' })
})

describe('a kiosk that is gone, in the engine', () => {
  it('is called for no longer, which stands on record, and nobody is sent for it', async () => {
    await says('lost')
    await lab.wait(5_000)
    await says('online')
    await lab.wait(1_000)
    expect(call().state).toBe('ringing')
    await says('lost')
    await lab.wait(experts.kioskGoneMs)
    expect(call()).toMatchObject({ state: 'ended', outcome: 'withdrawn', endedBy: 'kiosk-gone' })
    expect(state().experts.get('ann')).toMatchObject({ call: null, missed: 0 })
    expect(codes()).toContain('call.kiosk-gone')
    expect(state().tasks.size).toBe(0)
    expect(state().escalations.values()[0]?.state).toBe('ended')
    expect(lab.bugs).toEqual([])
  })

  it('has, after a start of the hub, as long as any device, and no longer', async () => {
    await lab.reopen(flows)
    await command({ name: 'expert.line', expert: 'ann', here: true, by: 'hub' })
    await lab.wait(29_000)
    expect(call().state).not.toBe('ended')
    await lab.wait(1_500)
    expect(call()).toMatchObject({ outcome: 'withdrawn', endedBy: 'kiosk-gone' })
  })

  it('stays in the call that it stands in, and is back in the one that it was waited for', async () => {
    await accepts('ann')
    await joins('kiosk:kiosk-1')
    await joins('expert:ann')
    await says('lost')
    await lab.wait(600_000)
    expect(call()).toMatchObject({ state: 'in-call', participants: ['kiosk:kiosk-1', 'expert:ann'] })
    await says('online')
    expect(call().awaySince).toBeNull()
  })

  it('and is in the branch file no longer is the same', async () => {
    const file = simBranch()
    const devices = file.devices.filter(({ id }) => id !== 'kiosk-1')
    await lab.send({ kind: 'config', file: { ...file, experts, devices }, revision: 2, by: 'test' })
    await says('online')
    await lab.wait(experts.kioskGoneMs)
    expect(call()).toMatchObject({ outcome: 'withdrawn', endedBy: 'kiosk-gone' })
  })
})

it('nobody says how a call went: a person on the spot is sent', async () => {
  await accepts('ann')
  await joins('kiosk:kiosk-1')
  await joins('expert:ann')
  await command({ name: 'call.hang-up', call: call().id, participant: 'expert:ann', by: 'ann' })
  await lab.wait(experts.wrapUpMs)
  expect(call()).toMatchObject({ state: 'ended', outcome: 'follow-up' })
  expect(state().tasks.values()[0]?.intent).toMatchObject({
    capability: 'call-staff',
    command: { reason: 'expert-finish-here' },
  })
})

it('a branch without experts asks people on the spot', async () => {
  await lab.send({ kind: 'config', file: simBranch(), revision: 2, by: 'test' })
  await lab.event('kiosk-2', 'help.requested', { reason: 'expert', language: 'en' })
  expect(state().calls.size).toBe(0)
  expect(state().tasks.values().at(-1)?.intent).toMatchObject({ capability: 'call-staff' })
})
