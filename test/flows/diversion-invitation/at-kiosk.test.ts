import { describe, expect, it } from 'vitest'
import * as w from '#flows/diversion-invitation/samples.ts'
import { counterRow, deviceRow } from '#flows/samples/rows.ts'
import { atKiosk, codes, coming, type Run, refs, released, start, task, ticketIs } from './steps.ts'

describe('called meanwhile', () => {
  it('is shown and said by the nearest devices, and the visitor chooses the kiosk', () => {
    const run = coming()
    const wanted = run.tell(w.called)
    expect(refs(wanted)).toEqual(['called-meanwhile', 'called-meanwhile-aloud'])
    expect(task(wanted, 'called-meanwhile')).toMatchObject({
      capability: 'display',
      who: { nearZone: 'waiting' },
    })
    expect(task(wanted, 'called-meanwhile-aloud')).toMatchObject({ capability: 'announce', priority: 8 })
    run.tell(w.endedAs('no-show'))
    run.tell(w.session('started'))
    expect(run.state).toBe('atKiosk.calledToo')
    expect(codes(run.tell(w.session('finished')))).toEqual(['diverted.finished'])
  })

  it('or the counter, or neither: then it counts as returned', () => {
    const served = coming()
    served.tell(w.called)
    expect(codes(served.tell(w.endedAs('served')))).toEqual(['diverted.returned'])
    const neither = coming()
    neither.tell(w.called)
    const wanted = neither.wait(120_000)
    expect(codes(wanted)).toEqual(['diverted.returned'])
    expect(wanted).toContainEqual(released('kiosk-1'))
    expect(neither.ended).toBe(true)
  })

  it('at the kiosk is shown there, once', () => {
    const run = atKiosk()
    expect(task(run.tell(w.called), 'called-meanwhile')).toMatchObject({ who: { only: ['kiosk-1'] } })
    expect(run.tell(w.called)).toEqual([])
  })
})

describe('at the kiosk', () => {
  it('finished is the only success: the ticket is released, in the model and in the queue system', () => {
    const run = atKiosk()
    const wanted = run.tell(w.session('finished'))
    expect(wanted).toContainEqual(ticketIs('release'))
    expect(task(wanted, 'release-1')).toMatchObject({ command: { action: 'release' } })
    expect(codes(wanted)).toEqual(['diverted.finished'])
    // The model ends the ticket by the release: the queue system must hear of it all the same.
    run.tell(w.endedAs('self-served'))
    expect(run.ended).toBe(false)
    run.tell(w.done('release-1'))
    expect(run.ended).toBe(true)
  })

  it('given up, failed, broken or silent is a return: old position, failure on record', () => {
    const dead = w.lobby({ kiosk: { link: 'lost' }, other: { link: 'lost' } })
    for (const happen of [
      (run: Run) => run.tell(w.session('abandoned')),
      (run: Run) => run.tell(w.session('failed')),
      (run: Run) => run.wait(1_200_000),
      (run: Run) => {
        run.set(dead)
        return run.tell(w.kioskLost)
      },
    ]) {
      const run = atKiosk()
      const wanted = happen(run)
      expect(wanted).toContainEqual(ticketIs('restore'))
      expect(codes(wanted)).toEqual(['diverted.returned'])
    }
  })

  it('another visitor finishing elsewhere changes nothing', () => {
    const run = atKiosk()
    expect(run.tell(w.session('finished', { device: 'kiosk-2', ticket: 'B007' }))).toEqual([])
    expect(run.tell(w.session('finished', { device: 'kiosk-2', ticket: null }))).toEqual([])
    expect(run.state).toBe('atKiosk.using')
  })

  it('who is served at the counter after all has returned', () => {
    const run = atKiosk()
    expect(codes(run.tell(w.endedAs('served')))).toEqual(['diverted.returned'])
    expect(run.ended).toBe(true)
  })

  it('closing time lets them finish, an emergency does not', () => {
    const run = atKiosk()
    run.set(w.lobby({}, { branch: { mode: 'closed' } }))
    expect(run.tell(w.modeIs('closed'))).toEqual([])
    run.set(w.lobby({}, { branch: { mode: 'emergency' } }))
    expect(run.tell(w.modeIs('emergency'))).toContainEqual(ticketIs('restore'))
  })

  it('whoever comes with a waiting ticket unasked keeps their place', () => {
    const run = start(w.lobby({ ticket: { marks: {} } }))
    const wanted = run.tell(w.session('started'))
    expect(wanted).toContainEqual(ticketIs('hold'))
    expect(wanted.some((intent) => intent.type === 'release')).toBe(false)
    expect(run.tell(w.session('finished'))).toContainEqual(ticketIs('release'))
  })

  it('whoever comes with a ticket that waits for a person, or is called, is left alone', () => {
    for (const ticket of [{ choseStaff: true }, { state: 'called' as const }, { state: 'ended' as const }]) {
      const run = start(w.lobby({ ticket }))
      expect(run.tell(w.session('started'))).toEqual([])
      expect(run.ended).toBe(true)
    }
  })
})

describe('called in vain', () => {
  const passedOver = { state: 'ended', outcome: 'no-show', counter: 'c1' } as const
  const listens = deviceRow({ id: 'tickets-1', kind: 'ticket-machine', can: ['manage-ticket'] })
  const afterwards = (machines: readonly ReturnType<typeof deviceRow>[]) => {
    const run = atKiosk()
    run.tell(w.called)
    const rows = w.lobby({ ticket: passedOver, kiosk: w.inUse('A001') })
    run.set({
      ...rows,
      counters: [counterRow({ id: 'c1', zone: 'entrance' })],
      devices: [...(rows.devices ?? []), ...machines],
    })
    expect(run.tell(w.endedAs('no-show'))).toEqual([])
    return { run, wanted: run.tell(w.session('abandoned')) }
  }

  it('a queue system that listens puts it back', () => {
    const { wanted } = afterwards([listens])
    expect(task(wanted, 'restore-1')).toMatchObject({
      capability: 'manage-ticket',
      command: { action: 'restore' },
      who: { devicesFirst: true },
    })
  })

  it.each([
    ['there is none', []],
    ['it can only be read', [deviceRow({ id: 'tickets-1', kind: 'ticket-machine', can: [] })]],
    ['it is lost', [{ ...listens, link: 'lost' as const }]],
  ])(
    'where %s, a teller is asked to call again, and then whoever changes tickets by hand',
    (_why, machines) => {
      const { run, wanted } = afterwards(machines)
      const first = task(wanted, 'restore-1')
      expect(first).toMatchObject({
        capability: 'call-staff',
        command: { at: { zone: 'entrance' }, reason: 'call-again', ticket: 'A001', visit: 'v1' },
        who: { members: 'people', roles: ['teller'], nearZone: 'entrance' },
        because: { code: 'diversion.call-again', params: { ticket: 'A001' } },
      })
      run.tell(w.failed('restore-1'))
      expect(task(run.wait(30_000), 'restore-2')).toMatchObject({
        capability: 'call-staff',
        who: { roles: ['teller', 'lobby', 'manager'] },
      })
      run.tell(w.done('restore-2'))
      expect(run.ended).toBe(true)
    },
  )

  it('nobody came to the counter while it was being put back: all the more it must be', () => {
    const run = coming()
    run.wait(180_000)
    run.tell(w.endedAs('no-show'))
    expect(run.ended).toBe(false)
    run.tell(w.done('restore-1'))
    expect(run.ended).toBe(true)
  })
})

describe('telling the queue system', () => {
  const restoring = () => {
    const run = coming()
    run.wait(180_000)
    return run
  }

  it('is tried again, and then left to people, on record', () => {
    const run = restoring()
    for (const ref of ['restore-1', 'restore-2']) {
      run.tell(w.failed(ref))
      expect(run.state).toBe('settling.retrying')
      expect(refs(run.wait(30_000))).toEqual([ref === 'restore-1' ? 'restore-2' : 'restore-3'])
    }
    run.tell(w.failed('restore-3'))
    expect(codes(run.wait(30_000))).toEqual(['diversion.ticket-not-told'])
    expect(run.ended).toBe(true)
  })

  it('waits for the end of an emergency, in which every other task is cancelled', () => {
    const run = restoring()
    run.set(w.lobby({}, { branch: { mode: 'emergency' } }))
    run.tell({ type: 'task.cancelled', ref: 'restore-1', task: 't', reason: 'emergency' })
    expect(run.wait(3_600_000)).toEqual([])
    run.set(w.lobby())
    expect(refs(run.wait(30_000))).toEqual(['restore-2'])
  })

  it('stops when the ticket has ended meanwhile', () => {
    const run = restoring()
    run.tell(w.endedAs('withdrawn'))
    expect(run.ended).toBe(true)
  })
})
