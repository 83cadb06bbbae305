/** From six characters to a device: who is let in, who is shut out, and what is left of it when something goes wrong. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileOf } from '#hub/branch/rows.ts'
import { remove, scratch } from '../desk/support.ts'
import { openPairingLab, type PairingLab } from './support.ts'

const folder = scratch()
let all: PairingLab
beforeAll(async () => {
  all = await openPairingLab(folder)
})
afterAll(async () => {
  await all.lab.stop()
  remove(folder)
})

let place = 0
/** A page on a machine of its own. */
const show = (kind: 'screen' | 'kiosk' = 'screen') => all.pairing.ask(kind, `10.0.0.${++place}`)
const follow = (secret: string) => all.pairing.follow(secret)
const claimOf = async (secret: string): Promise<string> => {
  const said = await follow(secret)
  return said.state === 'admitted' ? said.claim : ''
}
const status = (device: string) => all.lab.engine.state.registry.get(device)?.status
const refusal = (code: string) => ({ code })

describe('a page', () => {
  test('waits, is let in as the device that somebody says it is, and is approved in their name', async () => {
    const { code, secret } = show()
    expect(await follow(secret)).toMatchObject({ state: 'waiting' })
    const view = await all.pairing.view('en')
    expect(view.waiting).toContainEqual(expect.objectContaining({ code, kind: 'screen' }))
    expect(view.devices).toEqual([
      { id: 'screen-1', title: 'Screen one', kind: 'screen', zone: 'waiting', isTaken: false },
      { id: 'screen-2', title: 'screen-2', kind: 'screen', zone: 'entrance', isTaken: false },
      { id: 'kiosk-1', title: 'kiosk-1', kind: 'kiosk', zone: 'entrance', isTaken: false },
    ])
    expect(await all.pairing.admit({ code, device: 'screen-1' }, 'wang')).toEqual({ device: 'screen-1' })
    const claim = await claimOf(secret)
    expect(claim).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
    expect((await all.pairing.view('en')).waiting).toEqual([])
    await all.present('screen-1', claim)
    expect(all.lab.engine.state.registry.get('screen-1')).toMatchObject({ status: 'approved', by: 'wang' })
    expect(all.notes).toEqual([{ by: 'wang', device: 'screen-1', kind: 'screen', address: '10.0.0.1' }])
  })

  test('takes the place of another only where that was said, and the other is shut out', async () => {
    const { code, secret } = show()
    const { devices } = await all.pairing.view('zh')
    expect(devices[0]).toMatchObject({ id: 'screen-1', isTaken: true })
    await expect(all.pairing.admit({ code, device: 'screen-1' }, 'wang')).rejects.toMatchObject(
      refusal('pairing.taken'),
    )
    expect(status('screen-1')).toBe('approved')
    const before = all.lab.engine.state.registry.get('screen-1')?.fingerprint
    await all.pairing.admit({ code, device: 'screen-1', replace: true }, 'wang')
    expect(all.disconnected).toEqual(['screen-1'])
    expect(status('screen-1')).toBe('invited')
    await all.present('screen-1', await claimOf(secret))
    expect(status('screen-1')).toBe('approved')
    expect(all.lab.engine.state.registry.get('screen-1')?.fingerprint).not.toBe(before)
  })

  test('is refused where nobody shows the code, the kinds differ, or there is no such device', async () => {
    const { code, secret } = show()
    await expect(all.pairing.admit({ code: 'ZZZZZZ', device: 'screen-2' }, 'wang')).rejects.toMatchObject(
      refusal('pairing.unknown'),
    )
    for (const device of ['kiosk-1', 'robot-1'])
      await expect(all.pairing.admit({ code, device }, 'wang')).rejects.toMatchObject(refusal('pairing.kind'))
    await expect(all.pairing.admit({ code, device: 'screen-9' }, 'wang')).rejects.toMatchObject(
      refusal('device.unknown'),
    )
    expect(await follow(secret)).toMatchObject({ state: 'waiting' })
  })

  test('whose code ended takes another', async () => {
    const { code, secret } = show()
    await all.lab.pass(900_001)
    expect(await follow(secret)).toEqual({ state: 'over' })
    await expect(all.pairing.admit({ code, device: 'screen-2' }, 'wang')).rejects.toMatchObject(
      refusal('pairing.unknown'),
    )
  })
})

describe('a new device', () => {
  test('comes into the branch file with the page, once, and not over somebody else’s change', async () => {
    const { code } = show('kiosk')
    const { revision } = await all.pairing.view('en')
    const create = { title: { zh: '二号柜台', en: 'Kiosk two' }, zone: 'waiting', revision }
    for (const [device, wish, why] of [
      ['kiosk-2', { ...create, revision: revision - 1 }, 'config.conflict'],
      ['kiosk-1', create, 'device.declared'],
      ['kiosk-2', { ...create, zone: 'attic' }, 'zone.unknown'],
    ] as const)
      await expect(all.pairing.admit({ code, device, create: wish }, 'wang')).rejects.toMatchObject(
        refusal(why),
      )
    await all.pairing.admit({ code, device: 'kiosk-2', create }, 'wang')
    const added = fileOf(all.lab.engine.state)?.devices.find(({ id }) => id === 'kiosk-2')
    expect(added).toMatchObject({ kind: 'kiosk', title: { zh: '二号柜台' }, zone: 'waiting' })
    expect(all.lab.engine.state.devices.get('kiosk-2')).toMatchObject({ kind: 'kiosk', zone: 'waiting' })
    expect(status('kiosk-2')).toBe('invited')
    expect((await all.pairing.view('en')).revision).toBe(revision + 1)
  })
})

describe('two administrators', () => {
  test('who type the same code: the first one’s word holds, and saying the same again changes nothing', async () => {
    const { code, secret } = show()
    const [first, second] = await Promise.allSettled([
      all.pairing.admit({ code, device: 'screen-2' }, 'wang'),
      all.pairing.admit({ code, device: 'screen-1', replace: true }, 'li'),
    ])
    expect(first.status).toBe('fulfilled')
    expect(second).toMatchObject({ reason: refusal('pairing.done') })
    const claim = await claimOf(secret)
    expect(await all.pairing.admit({ code, device: 'screen-2' }, 'li')).toEqual({ device: 'screen-2' })
    expect(await claimOf(secret)).toBe(claim)
    expect(status('screen-1')).toBe('approved')
  })

  test('who choose the same device for two pages: the second is told, and may insist', async () => {
    const one = show('kiosk')
    const other = show('kiosk')
    const [first, second] = await Promise.allSettled([
      all.pairing.admit({ code: one.code, device: 'kiosk-1' }, 'wang'),
      all.pairing.admit({ code: other.code, device: 'kiosk-1' }, 'li'),
    ])
    expect([first.status, second]).toEqual([
      'fulfilled',
      expect.objectContaining({ reason: expect.objectContaining(refusal('pairing.taken')) }),
    ])
    const old = await claimOf(one.secret)
    await all.pairing.admit({ code: other.code, device: 'kiosk-1', replace: true }, 'li')
    // The first page is nobody again, and the code it was given opens nothing.
    expect(await follow(one.secret)).toEqual({ state: 'over' })
    await expect(all.present('kiosk-1', old)).rejects.toMatchObject(refusal('connect.claim'))
    await all.present('kiosk-1', await claimOf(other.secret))
    expect(all.lab.engine.state.registry.get('kiosk-1')).toMatchObject({ status: 'approved', by: 'li' })
  })
})

describe('nothing is approved by itself', () => {
  test('that came with another claim code than the page’s, or asked before', async () => {
    const { code: invited } = await all.enrolment.invite('screen-2', 'operator')
    await all.present('screen-2', invited)
    expect(status('screen-2')).toBe('requested')
    const { code, secret } = show()
    await all.pairing.admit({ code, device: 'screen-2' }, 'wang')
    await all.pairing.requested('screen-2')
    expect(status('screen-2')).toBe('invited')
    // Somebody invites another one by hand: the page's own code is void.
    const claim = await claimOf(secret)
    const byHand = await all.enrolment.invite('screen-2', 'operator')
    expect(await follow(secret)).toEqual({ state: 'over' })
    await all.present('screen-2', byHand.code)
    expect(status('screen-2')).toBe('requested')
    await expect(all.present('screen-2', claim)).rejects.toMatchObject(refusal('connect.not-approved'))
  })

  test('by a hub that was started anew: the page asks again, and what it was given waits for people', async () => {
    const { code, secret } = show()
    await all.pairing.admit({ code, device: 'screen-2', replace: true }, 'wang')
    const claim = await claimOf(secret)
    all.restart()
    expect(await follow(secret)).toEqual({ state: 'over' })
    await all.present('screen-2', claim)
    expect(status('screen-2')).toBe('requested')
    const again = show()
    await all.pairing.admit({ code: again.code, device: 'screen-2' }, 'wang')
    await all.present('screen-2', await claimOf(again.secret))
    expect(status('screen-2')).toBe('approved')
  })

  test('but an approval that failed is made up for when the page asks again', async () => {
    const { code, secret } = show()
    await all.pairing.admit({ code, device: 'screen-2', replace: true }, 'wang')
    const claim = await claimOf(secret)
    const { approve } = all.enrolment
    Object.assign(all.enrolment, { approve: () => Promise.reject(new Error('no space')) })
    await all.present('screen-2', claim)
    expect(status('screen-2')).toBe('requested')
    Object.assign(all.enrolment, { approve })
    expect(await follow(secret)).toMatchObject({ state: 'admitted' })
    expect(status('screen-2')).toBe('approved')
  })
})

test('the door tells where the broker is, to whom it is of use', async () => {
  expect(await all.pairing.door(true)).toEqual({
    branch: 'north-gate',
    title: { zh: '北门支行', en: 'North Gate' },
    languages: ['zh', 'en'],
    ws: 8083,
    wss: null,
    byName: true,
  })
  expect(await all.pairing.door(false)).toMatchObject({ ws: null, wss: null, byName: false })
})
