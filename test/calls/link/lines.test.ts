/** The line between branches and their desk, cut. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { watchLostTime } from '../../support/lost-time.ts'
import type { BranchAt } from './stage.ts'
import { LinkStage, until } from './stage.ts'

const stage = new LinkStage()
let north: BranchAt
let south: BranchAt

beforeAll(async () => {
  ;[north, south] = await stage.openNorthAndSouth()
}, 90_000)
afterAll(() => stage.stop())

describe('a line that is cut', () => {
  it('closes the offer within 5 s, sends a person instead, and rings for nothing when it is back', async () => {
    const ringing = await north.rings()
    const before = await stage.rings()
    const cutAt = Date.now()
    const time = watchLostTime()
    onTestFinished(time.stop)
    north.proxy.cut()
    await until('the kiosk offers no expert', async () =>
      (await north.settings(ringing.device ?? undefined)).experts?.open === false ? true : undefined,
    )
    expect(time.ownMs()).toBeLessThan(5_000)
    const ended = await north.call('ended', ringing.escalation)
    expect(ended.outcome).toBe('unanswered')
    await until('somebody on the spot is asked', async () =>
      (await north.hub.rows('tasks')).find(
        ({ intent, flow }) => flow === 'escalation' && intent.capability === 'call-staff',
      ),
    )
    await until('nobody is rung any more', async () =>
      (await stage.desk.rows('experts')).every(({ call }) => call === null) ? true : undefined,
    )
    // Ten seconds without any line, as the network of a branch has them now and then.
    await until('ten seconds', async () => (Date.now() - cutAt > 10_000 ? true : undefined))
    north.proxy.heal()
    await north.isOpen(true)
    expect((await north.settings(ringing.device ?? undefined)).experts?.open).toBe(true)
    await until('the desk has heard that it is over', async () => {
      const row = (await stage.desk.rows('served')).find(
        ({ escalation, branch }) => escalation === ringing.escalation && branch === 'north',
      )
      return row === undefined || row.settled ? true : undefined
    })
    expect(await stage.rings()).toBe(before)
    expect((await south.line())?.up).toBe(true)
  }, 90_000)

  it('is known as well where the desk only hangs, and nothing old rings when it goes on', async () => {
    await south.asks('kiosk-1')
    const ringing = await south.call('ringing')
    const before = await stage.rings()
    const goOn = stage.desk.hang()
    const time = watchLostTime()
    try {
      await until('the kiosk offers no expert', async () =>
        (await south.settings()).experts?.open === false ? true : undefined,
      )
      expect(time.ownMs()).toBeLessThan(5_000)
      expect((await south.call('ended', ringing.escalation)).outcome).toBe('unanswered')
    } finally {
      time.stop()
      goOn()
    }
    await Promise.all([north.isOpen(true), south.isOpen(true)])
    await until('nobody is rung any more', async () =>
      (await stage.desk.rows('experts')).every(({ call }) => call === null) ? true : undefined,
    )
    expect(await stage.rings()).toBe(before)
  }, 60_000)

  it('leaves a call in progress alone, and what happened meanwhile is told afterwards', async () => {
    const { escalation, device } = await south.rings()
    const customer = `kiosk:${device}` as const
    const { id, by } = await stage.accept('south')
    const { id: call } = await south.call('accepted', escalation)
    await south.command({ name: 'call.joined', call, participant: customer, by: 'hub' })
    await stage.desk.command({ name: 'call.joined', call: id, participant: `expert:${by}`, by: 'hub' })
    await south.call('in-call', escalation)
    south.proxy.cut()
    await south.isOpen(false)
    expect((await south.call('in-call', escalation)).id).toBe(call)
    await south.command({ name: 'call.hang-up', call, participant: customer, by: customer })
    await stage.desk.command({ name: 'call.note', call: id, notes: 'Meanwhile.', by })
    south.proxy.heal()
    await stage.call('wrap-up', { branch: 'south' })
    await stage.desk.command({ name: 'call.wrap-up', call: id, code: 'solved', notes: 'Done.', by })
    expect(await south.call('ended', escalation)).toMatchObject({ outcome: 'solved', notes: 'Done.' })
  }, 90_000)
})
