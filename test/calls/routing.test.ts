import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weigh } from '#hub/calls/weigh.ts'
import { asked, DeskLab, faults } from './desk-lab.ts'

const person = (id: string, more: object = {}) => ({ id, title: {}, ...more })

const openLab = (people: readonly { id: string }[], more: object = {}) => {
  const lab = new DeskLab({ people, ...more })
  lab.open(...people.map(({ id }) => id))
  return lab
}

describe('who is rung', () => {
  it('is who has idled longest, among the equally fit', () => {
    const lab = openLab([person('ann'), person('bo'), person('cai')])
    const order: (string | undefined)[] = []
    for (let n = 0; n < 6; n++) {
      lab.pass(10_000)
      const { id } = lab.ask({ device: `kiosk-${n}` })
      const [expert = ''] = lab.ringing(id)
      order.push(expert)
      lab.talk(expert)
      lab.act({ name: 'call.hang-up', call: id, participant: null, by: 'li' })
      lab.act({ name: 'call.wrap-up', call: id, code: 'solved', notes: '', by: expert })
    }
    expect(order).toEqual(['ann', 'bo', 'cai', 'ann', 'bo', 'cai'])
  })

  it('is the fitter one before the more rested one; after a while anybody with the licence', () => {
    const lab = openLab(
      [
        person('rested', { qualifications: ['funds'] }),
        person('skilled', { skills: ['cards'], qualifications: ['funds'] }),
        person('unlicensed', { skills: ['cards'] }),
      ],
      { needs: { funds: { skills: ['cards'], qualifications: ['funds'] } }, patienceMs: 600_000 },
    )
    expect(lab.ringing(lab.ask({ service: 'funds' }).id)).toEqual(['skilled'])
    const next = lab.ask({ service: 'funds', device: 'kiosk-2' })
    expect(next.state).toBe('waiting')
    lab.pass(lab.plan.relax.skillsMs - 1)
    expect(lab.call(next.id).state).toBe('waiting')
    lab.pass(1)
    expect(lab.ringing(next.id)).toEqual(['rested'])
    lab.act({ name: 'expert.presence', expert: 'rested', presence: 'break', reason: null, by: 'rested' })
    lab.act({ name: 'expert.presence', expert: 'skilled', presence: 'break', reason: null, by: 'skilled' })
    lab.pass(400_000)
    expect(lab.call(next.id).tried.map(({ expert }) => expert)).not.toContain('unlicensed')
  })

  it('is told with each other’s score or the reason why not', () => {
    const lab = openLab([
      person('ann', { languages: ['zh', 'en'] }),
      person('bo'),
      person('cai', { languages: ['en'] }),
      person('dan', { languages: ['en'] }),
    ])
    lab.act({ name: 'expert.presence', expert: 'dan', presence: 'break', reason: 'lunch', by: 'dan' })
    lab.ask({ device: 'kiosk-0', language: 'zh' })
    const second = lab.ask({ language: 'en-GB' })
    const told = lab.notes.findLast(
      ({ call, note }) => call === second.id && note.weighed !== undefined,
    )?.note
    expect(told?.weighed?.options).toEqual([
      { id: 'cai', score: 100, parts: { skills: 60, language: 40, idle: 0 }, out: null },
      { id: 'ann', score: null, parts: null, out: 'expert-busy' },
      { id: 'bo', score: null, parts: null, out: 'expert-language' },
      { id: 'dan', score: null, parts: null, out: 'expert-break' },
    ])
  })

  it('never lacks a licence, is never held by another, and among the best has idled longest', () => {
    const names = ['ann', 'bo', 'cai', 'dan', 'eva']
    const people = fc.tuple(
      ...names.map((id) =>
        fc.record({
          id: fc.constant(id),
          title: fc.constant({}),
          skills: fc.subarray(['cards', 'loans']),
          qualifications: fc.subarray(['funds', 'gold']),
          languages: fc.subarray(['zh', 'en'], { minLength: 1 }),
        }),
      ),
    )
    const needs = fc.record({
      skills: fc.subarray(['cards', 'loans']),
      qualifications: fc.subarray(['funds', 'gold']),
    })
    const waits = fc.array(fc.nat({ max: 400_000 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(
        fc.tuple(people, needs, waits, fc.nat({ max: 90_000 })),
        ([everybody, need, idle, waitedMs]) => {
          const lab = new DeskLab({ people: everybody, needs: { card: need }, patienceMs: 600_000 })
          for (const [index, { id }] of everybody.entries()) {
            lab.at = 1_000_000 + (idle[index] ?? 0)
            lab.open(id)
          }
          lab.at = 2_000_000
          const call = lab.ask({ service: 'card', language: 'zh' })
          lab.pass(waitedMs)
          const candidates = weigh(lab.desk(), { ...lab.call(call.id), tried: [] })
          for (const { id, out, score } of candidates) {
            const has = everybody.find((one) => one.id === id)?.qualifications ?? []
            if (out === null)
              expect(need.qualifications.every((one) => has.includes(one as never))).toBe(true)
            expect((out === null) === (score !== null)).toBe(true)
          }
          const fitness = ({ parts }: (typeof candidates)[number]) =>
            (parts?.['skills'] ?? 0) + (parts?.['language'] ?? 0)
          const fit = candidates.filter(({ out }) => out === null)
          const [best] = fit
          for (const other of fit) {
            expect(fitness(best as never)).toBeGreaterThanOrEqual(fitness(other))
            if (fitness(best as never) === fitness(other))
              expect(lab.expert(best?.id ?? '').idleSince).toBeLessThanOrEqual(lab.expert(other.id).idleSince)
          }
          expect(faults(lab)).toEqual([])
        },
      ),
    )
  })
})

describe('a group that rings together', () => {
  const groups = [
    { id: 'retail', title: {}, ringsAll: true, overflow: 'others', overflowMs: 30_000 },
    { id: 'others', title: {} },
  ]
  const people = [
    person('ann', { group: 'retail' }),
    person('bo', { group: 'retail' }),
    person('cai', { group: 'others' }),
  ]
  const needs = { card: { group: 'retail' } }

  it('the first to accept has it, the others stop and have missed nothing', () => {
    const lab = openLab(people, { groups, needs })
    const { id, ring } = lab.ask({ service: 'card' })
    expect(ring?.experts).toEqual(['ann', 'bo'])
    const accept = (by: string) => lab.act({ name: 'call.accept', call: id, ring: ring?.id ?? '', by })
    expect([accept('bo'), accept('ann'), accept('bo')]).toEqual([
      null,
      'call.not-ringing',
      'call.not-ringing',
    ])
    expect(lab.expert('ann')).toMatchObject({ call: null, missed: 0 })
    expect(lab.call(id)).toMatchObject({ state: 'accepted', expert: 'bo', tried: [] })
  })

  it('goes on for the others when one declines, and to the group it overflows to after a while', () => {
    const lab = openLab(people, { groups, needs })
    const { id } = lab.ask({ service: 'card' })
    const ring = lab.call(id).ring?.id ?? ''
    lab.act({ name: 'call.decline', call: id, ring, reason: null, by: 'ann' })
    expect(lab.ringing(id)).toEqual(['bo'])
    lab.act({ name: 'call.decline', call: id, ring, reason: null, by: 'bo' })
    expect(lab.call(id).state).toBe('waiting')
    lab.pass(30_000)
    expect(lab.ringing(id)).toEqual(['cai'])
  })
})

describe('a ring', () => {
  it('that nobody answers goes on; who misses too many in a row is away until he comes back by hand', () => {
    const lab = openLab([person('ann')], { patienceMs: 300_000, missedMax: 2 })
    const { id } = lab.ask()
    lab.pass(25_000)
    expect(lab.call(id)).toMatchObject({ state: 'ringing', tried: [{ expert: 'ann', why: 'missed' }] })
    lab.pass(25_000)
    expect(lab.expert('ann')).toMatchObject({ presence: 'away', missed: 2, call: null })
    lab.open('ann')
    expect(lab.ringing(id)).toEqual(['ann'])
    expect(lab.expert('ann').missed).toBe(0)
  })

  it('that is put off comes back later, and to others meanwhile', () => {
    const lab = openLab([person('ann'), person('bo')], { patienceMs: 300_000 })
    const { id } = lab.ask()
    const put = (by: string) =>
      lab.act({ name: 'call.snooze', call: id, ring: lab.call(id).ring?.id ?? '', forMs: 60_000, by })
    put('ann')
    expect(lab.ringing(id)).toEqual(['bo'])
    put('bo')
    expect(lab.call(id).state).toBe('waiting')
    lab.pass(60_000)
    expect(lab.ringing(id)).toEqual(['ann'])
  })

  it('of whose page has gone rings elsewhere; a page that is loaded anew goes on ringing', () => {
    const lab = openLab([person('ann'), person('bo')])
    const { id } = lab.ask()
    lab.act({ name: 'expert.line', expert: 'ann', here: false, by: 'hub' })
    lab.pass(5_000)
    lab.act({ name: 'expert.line', expert: 'ann', here: true, by: 'hub' })
    lab.pass(6_000)
    expect(lab.ringing(id)).toEqual(['ann'])
    lab.act({ name: 'expert.line', expert: 'ann', here: false, by: 'hub' })
    lab.pass(10_000)
    expect(lab.ringing(id)).toEqual(['bo'])
    expect(lab.expert('ann')).toMatchObject({ online: false, missed: 0, presence: 'available' })
    lab.pass(899_999)
    expect(lab.expert('ann').presence).toBe('available')
    lab.pass(1)
    expect(lab.expert('ann').presence).toBe('offline')
  })
})

describe('a customer who waits', () => {
  it('is promised a time, and told when nobody came by then', () => {
    const lab = openLab([person('ann')])
    const { id, promisedAt, at } = lab.ask()
    expect(promisedAt).toBe(at + 2 * lab.plan.ringMs)
    const second = lab.ask({ device: 'kiosk-2' })
    expect(second.promisedAt).toBe(second.at + lab.plan.patienceMs)
    lab.talk('ann')
    lab.pass(lab.plan.patienceMs)
    expect(lab.call(second.id)).toMatchObject({
      outcome: 'unanswered',
      promisedAt: lab.at + lab.plan.callBackMs,
    })
    expect(lab.call(id).state).toBe('in-call')
  })

  it('is told at once where nobody is there who may take it', () => {
    const lab = openLab([person('ann')], { needs: { funds: { qualifications: ['funds'] } } })
    expect(lab.ask({ service: 'funds' })).toMatchObject({ state: 'ended', outcome: 'unanswered' })
    // Asked again at once, they are told the same, by the same call.
    expect(lab.ask({ service: 'funds', escalation: 'e-2' }).id).toBe(lab.calls.keys()[0])
    lab.pass(60_000)
    expect(lab.ask({ service: 'funds', escalation: 'e-3' }).id).not.toBe(lab.calls.keys()[0])
  })

  it('stands in order of coming, save for whose expert was lost', () => {
    const lab = openLab([person('ann'), person('bo')], { patienceMs: 600_000 })
    const first = lab.ask()
    const talking = lab.ask({ device: 'kiosk-2' })
    lab.talk('ann')
    lab.talk('bo')
    const waiting = lab.ask({ device: 'kiosk-3' })
    lab.act({ name: 'call.note', call: first.id, notes: 'The card is stuck.', by: 'ann' })
    lab.left(first.id, 'expert:ann')
    expect(lab.call(first.id).state).toBe('resuming')
    lab.pass(lab.plan.lostMs - 1)
    lab.act({ name: 'expert.line', expert: 'ann', here: false, by: 'hub' })
    lab.act({ name: 'expert.presence', expert: 'ann', presence: 'offline', reason: null, by: 'ann' })
    lab.pass(1)
    expect(lab.call(first.id)).toMatchObject({ state: 'waiting', ahead: 1, notes: 'The card is stuck.' })
    lab.act({ name: 'call.hang-up', call: talking.id, participant: null, by: 'li' })
    lab.act({ name: 'call.wrap-up', call: talking.id, code: 'solved', notes: '', by: 'bo' })
    expect(lab.ringing(first.id)).toEqual(['bo'])
    expect(lab.call(waiting.id).state).toBe('waiting')
    lab.talk('bo')
    expect(lab.call(first.id).segments).toMatchObject([
      { expert: 'ann', why: 'lost' },
      { expert: 'bo', why: null },
    ])
  })
})

describe('a call', () => {
  it('keeps its expert who comes back in time', () => {
    const lab = openLab([person('ann'), person('bo')])
    const { id } = lab.ask()
    lab.talk('ann')
    lab.left(id, 'expert:ann')
    lab.pass(lab.plan.lostMs - 1)
    lab.act({ name: 'call.joined', call: id, participant: 'expert:ann', by: 'hub' })
    lab.pass(600_000)
    expect(lab.call(id)).toMatchObject({ state: 'in-call', expert: 'ann', tried: [] })
  })

  it('goes to the next one when who accepted does not come, who is away then', () => {
    const lab = openLab([person('ann'), person('bo')])
    const { id } = lab.ask()
    lab.accept('ann')
    lab.pass(lab.plan.joinMs)
    expect(lab.expert('ann')).toMatchObject({ presence: 'away', call: null })
    expect(lab.ringing(id)).toEqual(['bo'])
  })

  it('is handed over with its notes, to a group or to one who may take it', () => {
    const people = [
      person('ann', { qualifications: ['funds'] }),
      person('bo', { group: 'second', qualifications: ['funds'] }),
      person('cai', { group: 'second' }),
    ]
    const lab = openLab(people, { needs: { funds: { qualifications: ['funds'] } } })
    const { id } = lab.ask({ service: 'funds', language: 'ja' })
    lab.pass(lab.plan.relax.languageMs)
    lab.talk('ann')
    const over = { name: 'call.hand-over', call: id, note: 'Wants to sell.', by: 'ann' } as const
    expect(lab.act({ ...over, group: null, expert: 'cai' })).toBe('expert.busy')
    expect(lab.act({ ...over, group: null, expert: 'bo' })).toBeNull()
    expect(lab.call(id)).toMatchObject({
      state: 'ringing',
      ring: { experts: ['bo'] },
      notes: 'Wants to sell.',
      ahead: 1,
      participants: ['kiosk:kiosk-1'],
    })
    expect(lab.expert('ann')).toMatchObject({ call: null })
    lab.talk('bo')
    expect(lab.act({ ...over, by: 'bo', group: 'second', expert: null })).toBeNull()
    // Whoever gave it away is not asked for it again, and the third has no licence.
    expect(lab.call(id).state).toBe('waiting')
    lab.pass(lab.plan.patienceMs)
    expect(lab.call(id).outcome).toBe('unanswered')
  })

  it('that is handed over again and again keeps no more notes than an expert can write, the newest of them', () => {
    const lab = openLab([person('ann'), person('bo')], { patienceMs: 600_000 })
    const { id } = lab.ask()
    lab.talk('ann')
    lab.act({ name: 'call.note', call: id, notes: 'n'.repeat(3_900), by: 'ann' })
    const note = `${'m'.repeat(490)} and so on`
    lab.act({ name: 'call.hand-over', call: id, group: null, expert: 'bo', note, by: 'ann' })
    expect(lab.call(id).notes).toHaveLength(4_000)
    expect(lab.call(id).notes.endsWith(note)).toBe(true)
  })

  it('is over for everybody when the customer hangs up, and goes on when a manager who looked on leaves', () => {
    const lab = openLab([person('ann')])
    const { id } = lab.ask()
    lab.talk('ann')
    lab.act({ name: 'call.joined', call: id, participant: 'manager:li', by: 'hub' })
    lab.act({ name: 'call.hang-up', call: id, participant: 'manager:li', by: 'manager:li' })
    expect(lab.call(id)).toMatchObject({ state: 'in-call', participants: ['kiosk:kiosk-1', 'expert:ann'] })
    lab.act({ name: 'call.hang-up', call: id, participant: 'kiosk:kiosk-1', by: 'kiosk:kiosk-1' })
    expect(lab.call(id)).toMatchObject({ state: 'wrap-up', participants: [] })
    expect(lab.expert('ann').call).toBe(id)
  })

  it('of a tablet ends when who asked for it hangs up', () => {
    const lab = openLab([person('ann')])
    const { id } = lab.ask({ ...asked(), device: null, askedBy: 'li' })
    lab.accept('ann')
    lab.act({ name: 'call.joined', call: id, participant: 'expert:ann', by: 'hub' })
    lab.act({ name: 'call.hang-up', call: id, participant: 'manager:li', by: 'manager:li' })
    expect(lab.call(id).state).toBe('wrap-up')
  })

  it('that is not written up in time is followed up on the spot, however often more time was asked for', () => {
    const lab = openLab([person('ann')])
    const { id } = lab.ask()
    lab.talk('ann')
    lab.act({ name: 'call.hang-up', call: id, participant: null, by: 'li' })
    for (let n = 0; n < 12; n++) {
      lab.act({ name: 'call.more-time', call: id, by: 'ann' })
      lab.pass(lab.plan.wrapUpMs / 2)
    }
    expect(lab.call(id)).toMatchObject({ state: 'ended', outcome: 'follow-up' })
    expect(lab.expert('ann').call).toBeNull()
  })
})
