/** The expert desk in the engine: escalations become calls, flows go on, a restart at any step loses nothing. */
import { beforeEach, describe, expect, it } from 'vitest'
import { flows } from '#flows/index.ts'
import type { CallCommand } from '#hub/calls/commands.ts'
import { signIn } from '#hub/calls/ticket.ts'
import { digestOf, readEntry, replay } from '#hub/engine/replay.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import { KioskCall } from '#protocol/calls/kiosk-call.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { type Lab, openLab } from '../engine/support.ts'
import { branchName, simBranch } from '../sim/branch.ts'

const experts = ExpertDesk.parse({
  people: [
    { id: 'ann', title: { en: 'Ann' }, languages: ['zh', 'en'] },
    { id: 'ben', title: { en: 'Ben' }, languages: ['zh'] },
  ],
  needs: { card: { qualifications: [] } },
})

let lab: Lab
const state = () => lab.engine().state
const call = (): CallRow => {
  const [row] = state()
    .calls.values()
    .filter((one) => one.state !== 'ended')
  return row ?? (state().calls.values()[0] as CallRow)
}
const command = (what: CallCommand) => lab.send({ kind: 'command', command: what })
const refusal = (what: CallCommand) =>
  command(what).then(
    () => null,
    (error: { code: string }) => error.code,
  )

const comes = async (expert: string) => {
  await command({ name: 'expert.line', expert, here: true, by: 'hub' })
  await command({ name: 'expert.presence', expert, presence: 'available', reason: null, by: expert })
}
const asks = () => lab.event('kiosk-1', 'help.requested', { reason: 'expert', language: 'en' })
const ring = () => call().ring?.id ?? ''
const accepts = (by: string) => command({ name: 'call.accept', call: call().id, ring: ring(), by })
const joins = (participant: string) =>
  command({ name: 'call.joined', call: call().id, participant, by: 'hub' })

interface Told {
  readonly settings: { readonly experts?: { open: boolean }; readonly call?: unknown }
}
const told = (device = 'kiosk-1'): Told =>
  JSON.parse(state().outbox.get(`config/${device}`)?.payload ?? '{}') as Told
const toldCall = () => KioskCall.parse(told().settings.call)
const codes = () => lab.decisions.flatMap(({ kind, code }) => (kind === 'call' ? [code] : []))

beforeEach(async () => {
  lab = await openLab(flows)
  await lab.send({ kind: 'config', file: { ...simBranch(), experts }, revision: 1, by: 'test' })
})

describe('from a kiosk to an expert and back', () => {
  it('a kiosk that asks a hundred times makes one call, which is rung, answered, written up, and lets the flow go on', async () => {
    expect(told().settings.experts).toEqual({ open: false })
    await comes('ann')
    expect(told().settings.experts).toEqual({ open: true })
    expect(told('screen-1').settings.experts).toBeUndefined()
    await Promise.all(Array.from({ length: 100 }, asks))
    expect(state().calls.size).toBe(1)
    expect(state().escalations.size).toBe(1)
    expect(call()).toMatchObject({
      state: 'ringing',
      device: 'kiosk-1',
      language: 'en',
      ring: { experts: ['ann'] },
    })
    expect(toldCall()).toMatchObject({ state: 'ringing', expert: { id: 'ann' }, ticket: null, before: 0 })
    expect(state().instances.has('assistance/device:kiosk-1')).toBe(true)
    expect(state().instances.has(`escalation/${call().id}`)).toBe(true)

    await accepts('ann')
    expect(state().escalations.values()[0]?.state).toBe('taken')
    await joins('kiosk:kiosk-1')
    await joins('expert:ann')
    expect(call().state).toBe('in-call')
    await command({ name: 'call.identified', call: call().id, by: 'ann' })
    await command({
      name: 'call.hang-up',
      call: call().id,
      participant: 'kiosk:kiosk-1',
      by: 'kiosk:kiosk-1',
    })
    expect(call().state).toBe('wrap-up')
    await command({ name: 'call.wrap-up', call: call().id, code: 'solved', notes: 'Done.', by: 'ann' })
    expect(call()).toMatchObject({
      state: 'ended',
      outcome: 'solved',
      notes: 'Done.',
      identified: { by: 'ann' },
    })
    expect(state().escalations.values()[0]?.state).toBe('ended')
    expect(state().experts.get('ann')).toMatchObject({ call: null })
    expect(toldCall()).toMatchObject({ state: 'ended', outcome: 'solved', ticket: null })
    expect(
      state()
        .instances.values()
        .map(({ flow }) => flow),
    ).not.toContain('escalation')
    expect(state().instances.has('assistance/device:kiosk-1')).toBe(false)
    expect(state().tasks.size).toBe(0)
    expect(codes().join(' ')).toBe(
      'expert.available call.requested call.rings call.accepted call.expert-joined call.identified call.hung-up call.ended',
    )
  })

  it('says why this expert, with whoever else there is and why not', async () => {
    await comes('ann')
    await asks()
    const [rings] = lab.decisions.filter(({ code }) => code === 'call.rings')
    expect(rings).toMatchObject({
      device: 'kiosk-1',
      params: { expert: 'ann' },
      more: {
        weighed: {
          what: 'expert',
          options: [
            { id: 'ann', score: 100, parts: { skills: 60, language: 40, idle: 0 } },
            { id: 'ben', score: null, out: 'expert-offline' },
          ],
        },
      },
    })
  })

  it('a ticket stands unsigned on record, and is signed where it leaves', async () => {
    await comes('ann')
    await asks()
    await accepts('ann')
    const row = state().outbox.get('config/kiosk-1')
    if (row === undefined) throw new Error('no config')
    const signed: unknown[] = []
    const sent = signIn(row, (pass) => {
      signed.push(pass)
      return 'a "signed" one'
    })
    expect(signed).toMatchObject([{ call: call().id, participant: 'kiosk:kiosk-1' }])
    expect((JSON.parse(sent) as Told).settings.call).toMatchObject({ ticket: 'a "signed" one' })
  })

  it('a request by hand names who asked, and is the call that the kiosk beside has already', async () => {
    await comes('ann')
    await asks()
    const ask = { what: 'expert', member: 'kiosk-1' } as const
    await lab.send({ kind: 'command', command: { name: 'ask', ask, request: 'mei.page-1234.1', by: 'mei' } })
    expect(state().calls.size).toBe(1)
    const alone = { what: 'expert' } as const
    await lab.send({
      kind: 'command',
      command: { name: 'ask', ask: alone, request: 'mei.page-1234.2', by: 'mei' },
    })
    expect(
      state()
        .calls.values()
        .map(({ askedBy, device }) => [askedBy, device]),
    ).toEqual([
      [null, 'kiosk-1'],
      ['mei', null],
    ])
  })
})

describe('a customer', () => {
  it('who turns out to be another visit has the same call', async () => {
    await comes('ann')
    const seen = (track: string) =>
      lab.event('camera-1', 'visitor.detected', { track, zone: 'kiosks', confidence: 1 })
    await seen('t1')
    await seen('t2')
    const [first = '', second = ''] = state().visits.keys()
    const ask = { what: 'expert', visit: second } as const
    await lab.send({ kind: 'command', command: { name: 'ask', ask, request: 'mei.page-1234.1', by: 'mei' } })
    expect(call().visit).toBe(second)
    expect(state().claims.has(`attention:visit:${second}`)).toBe(true)
    await lab.event('camera-1', 'visitor.merged', { track: 't2', into: 't1' })
    expect(call().visit).toBe(first)
    await command({ name: 'call.withdraw', call: call().id, reason: null, by: 'mei' })
    expect(
      state()
        .claims.keys()
        .filter((key) => key.startsWith('attention:')),
    ).toEqual([])
  })

  it('who wants nobody any more, before an expert came, is rung for no longer', async () => {
    await comes('ann')
    await asks()
    await lab.event('kiosk-1', 'help.withdrawn', {})
    expect(call()).toMatchObject({ state: 'ended', outcome: 'withdrawn' })
    expect(state().experts.get('ann')?.call).toBeNull()
    expect(state().instances.size).toBe(0)
  })
})

describe('where no expert comes', () => {
  it('a kiosk that asks while none is there gets a person on the spot', async () => {
    await asks()
    expect(state().calls.size).toBe(0)
    expect(state().tasks.values()[0]?.intent).toMatchObject({
      capability: 'call-staff',
      command: { reason: 'expert' },
    })
  })

  it('nobody answers: the customer is told when somebody calls back, and a person on the spot is sent', async () => {
    await comes('ann')
    await asks()
    await lab.wait(experts.patienceMs + experts.ringMs)
    expect(call()).toMatchObject({ state: 'ended', outcome: 'unanswered' })
    expect(toldCall().promisedAt).toBe((call().since ?? 0) + experts.callBackMs)
    expect(state().experts.get('ann')?.presence).toBe('away')
    expect(told().settings.experts).toEqual({ open: false })
    const [task] = state().tasks.values()
    expect(task?.intent).toMatchObject({
      capability: 'call-staff',
      command: { reason: 'expert-nobody-came' },
    })
    expect(
      state()
        .alerts.values()
        .map(({ code }) => code),
    ).toContain('escalation.nobody-came')
    expect(state().escalations.values()[0]?.state).toBe('ended')
  })

  it('somebody on the spot takes it: it rings no longer', async () => {
    await comes('ann')
    await asks()
    const escalation = call().escalation
    await lab.send({ kind: 'command', command: { name: 'escalation.take', escalation, by: 'mei' } })
    expect(call()).toMatchObject({ state: 'ended', outcome: 'withdrawn' })
    expect(state().experts.get('ann')).toMatchObject({ call: null, missed: 0 })
  })
})

describe('what is refused', () => {
  it('has a code, and harms no call', async () => {
    await comes('ann')
    await comes('ben')
    await asks()
    const first = ring()
    const id = call().id
    await accepts('ann')
    expect(await refusal({ name: 'call.accept', call: id, ring: first, by: 'ann' })).toBe('call.not-ringing')
    expect(await refusal({ name: 'call.accept', call: 'call-0', ring: first, by: 'ann' })).toBe(
      'call.unknown',
    )
    expect(await refusal({ name: 'call.note', call: id, notes: 'x', by: 'ben' })).toBe('call.not-yours')
    expect(await refusal({ name: 'call.joined', call: id, participant: 'expert:ben', by: 'hub' })).toBe(
      'call.not-yours',
    )
    expect(await refusal({ name: 'call.identified', call: id, by: 'ann' })).toBe('call.state')
    await joins('expert:ann')
    const over = { name: 'call.hand-over', call: id, note: '', by: 'ann' } as const
    expect(await refusal({ ...over, group: null, expert: 'cleo' })).toBe('expert.unknown')
    expect(await refusal({ ...over, group: null, expert: 'ann' })).toBe('expert.busy')
    expect(await refusal({ ...over, group: null, expert: null })).toBe('request.invalid')
    expect(await refusal({ name: 'call.wrap-up', call: id, code: 'solved', notes: '', by: 'ann' })).toBe(
      'call.state',
    )
    await command({ name: 'call.hang-up', call: id, participant: null, by: 'mei' })
    expect(await refusal({ name: 'call.wrap-up', call: id, code: 'none', notes: '', by: 'ann' })).toBe(
      'call.code-unknown',
    )
    expect(await refusal({ name: 'call.hang-up', call: id, participant: null, by: 'mei' })).toBe('call.over')
    expect(
      await refusal({
        name: 'expert.presence',
        expert: 'cleo',
        presence: 'available',
        reason: null,
        by: 'cleo',
      }),
    ).toBe('expert.unknown')
    expect(lab.bugs).toEqual([])
  })

  it('a branch without experts has no desk', async () => {
    await lab.send({ kind: 'config', file: simBranch(), revision: 2, by: 'test' })
    expect(state().experts.size).toBe(0)
    expect(told().settings.experts).toBeUndefined()
    expect(await refusal({ name: 'call.withdraw', call: 'call-0', reason: null, by: 'mei' })).toBe(
      'expert.none',
    )
  })
})

describe('another branch file', () => {
  it('lets whoever is not in it finish the call that they have, and rings them no more', async () => {
    await comes('ann')
    await asks()
    await accepts('ann')
    await joins('expert:ann')
    const people = experts.people.filter(({ id }) => id !== 'ann')
    await lab.send({
      kind: 'config',
      file: { ...simBranch(), experts: { ...experts, people } },
      revision: 2,
      by: 'test',
    })
    expect(call()).toMatchObject({ state: 'in-call', expert: 'ann' })
    await command({ name: 'call.hang-up', call: call().id, participant: 'expert:ann', by: 'ann' })
    await command({ name: 'call.wrap-up', call: call().id, code: 'solved', notes: '', by: 'ann' })
    expect(state().experts.keys()).toEqual(['ben'])
  })

  it('without experts ends what is under way', async () => {
    await comes('ann')
    await asks()
    await accepts('ann')
    await lab.send({ kind: 'config', file: simBranch(), revision: 2, by: 'test' })
    expect(lab.decisions.at(-1)?.code).toBe('assistance.passed-on')
    expect(lab.decisions.find(({ code }) => code === 'call.ended')?.params).toMatchObject({
      by: 'branch-file',
    })
    expect([state().experts.size, state().calls.size]).toEqual([0, 0])
    expect(state().escalations.values()[0]?.state).toBe('ended')
    await lab.wait(3_600_000)
    expect(
      state()
        .timers.keys()
        .filter((key) => /call|expert/.test(key)),
    ).toEqual([])
    expect(lab.bugs).toEqual([])
  })
})

type Step = () => Promise<unknown>

const steps: readonly (readonly [string, Step])[] = [
  ['asked for', asks],
  ['accepted', () => accepts('ann')],
  ['joined by the kiosk', () => joins('kiosk:kiosk-1')],
  ['joined by the expert', () => joins('expert:ann')],
  [
    'left by the expert',
    () => command({ name: 'call.left', call: call().id, participant: 'expert:ann', by: 'hub' }),
  ],
  ['joined again', () => joins('expert:ann')],
  ['over', () => command({ name: 'call.hang-up', call: call().id, participant: 'expert:ann', by: 'ann' })],
  [
    'written up',
    () => command({ name: 'call.wrap-up', call: call().id, code: 'solved', notes: '', by: 'ann' }),
  ],
]

describe('a hub that is killed', () => {
  it.each(steps.map(([name], index) => [name, index] as const))(
    'once it is %s: nobody is rung anew, and it ends as it would have',
    async (_, killedAfter) => {
      await comes('ann')
      for (const [index, [, step]] of steps.entries()) {
        await step()
        if (index !== killedAfter) continue
        const before = { ...call(), ring: ring() }
        await lab.reopen(flows)
        await command({ name: 'expert.line', expert: 'ann', here: true, by: 'hub' })
        expect({ ...call(), ring: ring() }).toEqual(before)
      }
      expect(call()).toMatchObject({ state: 'ended', outcome: 'solved', tried: [] })
      expect(state().escalations.values()[0]?.state).toBe('ended')
      expect(codes().filter((code) => code === 'call.rings')).toHaveLength(1)
      await lab.wait(60_000)
      expect(state().experts.get('ann')).toMatchObject({ call: null, online: true })
    },
  )

  it('with an expert who does not come back: the next one is rung, and whoever is gone is offered no more', async () => {
    await comes('ann')
    await asks()
    await lab.reopen(flows)
    await lab.wait(31_000)
    expect(state().experts.get('ann')).toMatchObject({ online: false, call: null })
    expect(told().settings.experts).toEqual({ open: false })
    await comes('ben')
    expect(call().state).toBe('waiting')
    // English is wanted, and given up with time.
    await lab.wait(experts.relax.languageMs - 31_000)
    expect(call()).toMatchObject({ state: 'ringing', ring: { experts: ['ben'] } })
  })

  it('decides the same again from its journal', async () => {
    await comes('ann')
    for (const [, step] of steps) await step()
    await lab.wait(900_000)
    const store = createMemoryStore({ disk: lab.disk })
    const entries = (await store.entries(branchName, { from: 1 })).flatMap((row) => readEntry(row) ?? [])
    const again = replay({ flows, settings: defaultSettings }, entries)
    expect(digestOf(again)).toBe(digestOf(lab.engine().rows))
  })
})
