import { describe, expect, it } from 'vitest'
import { diversionInvitation } from '#flows/diversion-invitation/flow.ts'
import * as w from '#flows/diversion-invitation/samples.ts'
import { modelOf } from '#flows/samples/model.ts'
import { deviceRow, ticketRow } from '#flows/samples/rows.ts'
import type { FlowEvent } from '#protocol/flow-events.ts'
import {
  closed,
  codes,
  coming,
  invited,
  onTheWay,
  refs,
  released,
  remembered,
  start,
  task,
  ticketIs,
} from './steps.ts'

describe('the invitation', () => {
  it('shows the ticket number, not a name, and keeps the kiosk until its holder could have arrived', () => {
    const offer = task(start().tell(w.marked), 'offer')
    expect(offer).toMatchObject({
      capability: 'offer-service',
      command: { ticket: 'A001', kiosk: 'kiosk-1', service: 'transfer', to: { place: 'kiosk-place-1' } },
      who: { members: 'devices', kinds: ['screen', 'robot', 'kiosk'], nearZone: 'waiting' },
      claims: [
        { key: 'kiosk:kiosk-1', kind: 'lease', keep: true, leaseMs: 375_000 },
        { key: 'attention:visit:v1', kind: 'lease' },
      ],
    })
    expect(JSON.stringify(offer)).toContain('A001')
  })

  it.each([
    ['wants a person', w.lobby({ ticket: { choseStaff: true } })],
    ['is assisted', w.lobby({ ticket: { assisted: true } })],
    ['is called', w.lobby({ ticket: { state: 'called' } })],
    ['is held', w.lobby({ ticket: { state: 'held' } })],
    ['has a kiosk that failed', w.lobby({ kiosk: { health: 'faulted' } })],
    ['is in an emergency', w.lobby({}, { branch: { mode: 'emergency' } })],
  ])('does not begin for a ticket that %s, and is not counted', (_, rows) => {
    const run = start(rows)
    const wanted = run.tell(w.marked)
    expect(run.ended).toBe(true)
    expect(refs(wanted)).toEqual([])
    expect(wanted).toContainEqual(closed)
    expect(wanted).toContainEqual({
      type: 'mark',
      on: 'ticket',
      id: 'A001',
      name: 'diversion.invitations',
      value: 0,
    })
  })

  it('that nobody could show is over, not counted, and frees the kiosk', () => {
    const run = invited()
    const wanted = run.tell(w.failed('offer'))
    expect(run.ended).toBe(true)
    expect(wanted).toContainEqual(released('kiosk-1'))
    expect(codes(wanted)).toEqual(['diversion.not-invited'])
  })

  it('that a person called off is over and counts', () => {
    const run = invited()
    const wanted = run.tell({ type: 'task.cancelled', ref: 'offer', task: 't', reason: 'by-person' })
    expect(run.ended).toBe(true)
    expect(codes(wanted)).toEqual(['diversion.withdrawn'])
    expect(JSON.stringify(wanted)).not.toContain('diversion.invitations')
  })

  it('that was never offered releases nothing: the kiosk may be promised to another', () => {
    const run = start()
    run.tell(w.marked)
    const wanted = run.tell({ type: 'task.refused', ref: 'offer', task: 't', reason: 'nobody' })
    expect(wanted.filter((intent) => intent.type === 'release')).toEqual([])
  })

  it('without an answer ends after its time and frees the kiosk', () => {
    const run = invited()
    run.tell(w.done('offer', { answer: 'none' }))
    expect(run.wait(194_999)).toEqual([])
    const wanted = run.wait(1)
    expect(codes(wanted)).toEqual(['diversion.no-answer'])
    expect(wanted).toContainEqual(released('kiosk-1'))
    expect(run.ended).toBe(true)
  })

  it('refused is remembered for the visit', () => {
    for (const no of [w.done('offer', { answer: 'declined' }), w.stated(true)]) {
      const run = invited()
      const wanted = run.tell(no)
      expect(run.ended).toBe(true)
      expect(wanted).toEqual(expect.arrayContaining([...remembered, released('kiosk-1'), closed]))
    }
  })

  it('ends when the ticket is called or ended, the kiosk fails or is taken, the visitor leaves, the branch closes', () => {
    const taken = w.lobby({ kiosk: w.inUse('B007') })
    const ends: [FlowEvent, ReturnType<typeof w.lobby>][] = [
      [w.called, w.lobby({ ticket: { state: 'called' } })],
      [w.endedAs('withdrawn'), w.lobby({ ticket: { state: 'ended' } })],
      [w.kioskLost, w.lobby({ kiosk: { link: 'lost' } })],
      [w.kioskHeld, w.lobby({ kiosk: { willingness: 'held' } })],
      [w.session('started', { ticket: 'B007' }), taken],
      [w.visitLeft, w.lobby()],
      [w.modeIs('closed'), w.lobby({}, { branch: { mode: 'closed' } })],
    ]
    for (const [event, rows] of ends) {
      const run = invited()
      run.set(rows)
      const wanted = run.tell(event)
      expect(run.ended, event.type).toBe(true)
      expect(wanted).toContainEqual({ type: 'cancel', ref: 'offer', reason: 'invitation-withdrawn' })
      expect(wanted).toContainEqual(released('kiosk-1'))
      expect(wanted.some((intent) => intent.type === 'ticket')).toBe(false)
    }
  })
})

describe('a yes', () => {
  it('in any form holds the ticket and sends a guide', () => {
    for (const yes of [w.done('offer', { answer: 'accepted' }), w.stated(false), w.stated(false, null)]) {
      const run = invited()
      const wanted = run.tell(yes)
      expect(run.state).toBe('coming')
      expect(wanted).toContainEqual(ticketIs('hold'))
      expect(task(wanted, 'hold')).toMatchObject({
        capability: 'manage-ticket',
        command: { ticket: 'A001', service: 'transfer', action: 'hold' },
        who: { members: 'any', devicesFirst: true, kinds: ['ticket-machine'], roles: ['lobby', 'manager'] },
      })
      expect(task(wanted, 'guide-1')).toMatchObject({
        capability: 'guide',
        command: { to: { place: 'kiosk-place-1', zone: 'kiosks' }, from: { zone: 'waiting' } },
        onCancel: { capability: 'announce' },
      })
    }
  })

  it('to another service is none', () => {
    const run = invited()
    expect(run.tell(w.stated(false, 'cash'))).toEqual([])
    expect(run.state).toBe('inviting')
  })

  it('needs no guide where no robot is free', () => {
    const run = invited(w.lobby({ robot: { link: 'lost' } }))
    expect(refs(run.tell(w.done('offer', { answer: 'accepted' })))).toEqual(['hold'])
  })

  it('by beginning at the kiosk holds the ticket and ends the lease', () => {
    const run = invited()
    const wanted = run.tell(w.session('started'))
    expect(run.state).toBe('atKiosk.using')
    expect(wanted).toContainEqual(ticketIs('hold'))
    expect(wanted).toContainEqual(released('kiosk-1'))
  })
})

describe('on the way', () => {
  it('arrival ends the lease: the kiosk is in use now, not promised', () => {
    const run = coming()
    expect(run.tell(w.session('started'))).toContainEqual(released('kiosk-1'))
    expect(run.state).toBe('atKiosk.using')
  })

  it('a session without a ticket at the kept kiosk is theirs, one of another visit is not', () => {
    const run = coming()
    run.tell(w.session('started', { ticket: null, visit: 'v2' }))
    expect(run.state).toBe('coming')
    run.tell(w.session('started', { ticket: null }))
    expect(run.state).toBe('atKiosk.using')
  })

  it('who does not arrive gets the old position back', () => {
    const run = coming()
    const wanted = run.wait(180_000)
    expect(wanted).toEqual(expect.arrayContaining([ticketIs('restore'), released('kiosk-1'), closed]))
    expect(task(wanted, 'restore-1')).toMatchObject({ command: { action: 'restore' } })
    expect(codes(wanted)).toEqual(['diverted.returned'])
    run.tell(w.done('restore-1'))
    expect(run.ended).toBe(true)
  })

  it('whom the guide lost gets the old position back', () => {
    for (const result of [{ arrived: true, left: true }, { arrived: false }]) {
      const run = coming()
      expect(run.tell(w.done('guide-1', result))).toContainEqual(ticketIs('restore'))
    }
  })

  it.each([
    ['is lost', w.kioskLost, { link: 'lost' as const }],
    ['faults', w.kioskFaulted, { health: 'faulted' as const }],
    ['is taken out of service', w.kioskHeld, { willingness: 'out-of-service' as const }],
    ['is taken by another', w.session('started', { ticket: 'B007' }), w.inUse('B007')],
  ])('when the kiosk %s the guide is redirected to another', (_, event, kiosk) => {
    const run = coming()
    run.set(w.lobby({ kiosk }))
    const wanted = run.tell(event)
    expect(run.state).toBe('coming')
    expect(wanted).toEqual(
      expect.arrayContaining([
        released('kiosk-1'),
        { type: 'cancel', ref: 'guide-1', reason: 'kiosk-failed' },
        { type: 'mark', on: 'ticket', id: 'A001', name: 'diversion.kiosk', value: 'kiosk-2' },
      ]),
    )
    expect(wanted).toContainEqual(
      expect.objectContaining({
        type: 'claim',
        claim: { key: 'kiosk:kiosk-2', kind: 'lease', leaseMs: 180_000 },
      }),
    )
    expect(task(wanted, 'guide-2')).toMatchObject({ capability: 'guide', subject: { device: 'kiosk-2' } })
  })

  it('when no kiosk is left the guide turns back with an apology and the ticket is restored', () => {
    const run = coming()
    run.set(w.lobby({ kiosk: { link: 'lost' }, other: { link: 'lost' } }))
    const wanted = run.tell(w.kioskLost)
    expect(run.state).toBe('settling.telling')
    expect(wanted).toContainEqual(ticketIs('restore'))
    expect(wanted).toContainEqual({ type: 'cancel', ref: 'guide-1', reason: 'returned' })
    expect(task(wanted, 'guide-2')).toMatchObject({ command: { to: { zone: 'waiting' } } })
    expect(task(wanted, 'sorry')).toMatchObject({ capability: 'display' })
    expect(codes(wanted)).toEqual(['diverted.returned'])
  })

  it('is redirected only so often', () => {
    const run = coming()
    for (const kiosk of ['kiosk-2', 'kiosk-1']) {
      const broken =
        kiosk === 'kiosk-2' ? { kiosk: { link: 'lost' as const } } : { other: { link: 'lost' as const } }
      run.set(
        w.lobby({ ...broken, ticket: { marks: onTheWay(kiosk === 'kiosk-2' ? 'kiosk-1' : 'kiosk-2') } }),
      )
      run.tell(w.kioskLost)
      expect(run.state).toBe('coming')
    }
    run.set(w.lobby({ kiosk: { link: 'lost' }, ticket: { marks: onTheWay('kiosk-1') } }))
    expect(run.tell(w.kioskLost)).toContainEqual(ticketIs('restore'))
  })

  it('two who lose their kiosks in one moment take different ones', () => {
    const row = { service: 'transfer', marks: onTheWay('kiosk-1') }
    const tickets = [ticketRow({ id: 'A001', ...row }), ticketRow({ id: 'A002', ...row })]
    const devices = ['kiosk-1', 'kiosk-2', 'kiosk-3'].map((id) =>
      deviceRow({ id, kind: 'kiosk', link: id === 'kiosk-1' ? 'lost' : 'online' }),
    )
    const model = modelOf(w.lobby({}, { tickets, devices }))
    const next = ['A001', 'A002'].map((ticket) => {
      const seen = diversionInvitation.view(model, ticket)
      return seen.free[seen.rank]?.id
    })
    expect(next).toEqual(['kiosk-2', 'kiosk-3'])
  })

  it('a change of mind for a person is remembered, and the place restored', () => {
    const run = coming()
    expect(run.tell(w.stated(true))).toEqual(expect.arrayContaining([...remembered, ticketIs('restore')]))
  })

  it('an emergency or closing time gives the old position back', () => {
    for (const mode of ['emergency', 'closed'] as const) {
      const run = coming()
      run.set(w.lobby({}, { branch: { mode } }))
      expect(run.tell(w.modeIs(mode))).toContainEqual(ticketIs('restore'))
    }
  })

  it('a ticket that ended at the counter has nothing to restore', () => {
    const run = coming()
    const wanted = run.tell(w.endedAs('served'))
    expect(run.ended).toBe(true)
    expect(codes(wanted)).toEqual(['diverted.returned'])
    expect(wanted.some((intent) => intent.type === 'ticket')).toBe(false)
  })
})

describe('whom an event concerns', () => {
  const model = modelOf(w.lobby())

  it('is the ticket that is named, or the one the kiosk is kept for', () => {
    expect(diversionInvitation.key(w.marked)).toBe('A001')
    expect(diversionInvitation.key({ ...w.marked, value: '' } as FlowEvent)).toBeUndefined()
    expect(diversionInvitation.key({ ...w.marked, name: 'diversion.open' } as FlowEvent)).toBeUndefined()
    expect(diversionInvitation.key(w.session('started'))).toBe('A001')
    expect(diversionInvitation.keys?.(w.kioskLost, model)).toEqual(['A001'])
    expect(diversionInvitation.keys?.({ ...w.kioskLost, device: 'kiosk-2' } as FlowEvent, model)).toEqual([])
    expect(diversionInvitation.keys?.(w.visitLeft, model)).toEqual(['A001'])
    expect(diversionInvitation.keys?.({ ...w.visitLeft, reason: 'silent' } as FlowEvent, model)).toEqual([])
    expect(diversionInvitation.keys?.(w.modeIs('closed'), model)).toEqual(['A001'])
  })
})
