/**
 * Three real pages in one call: all see and hear all, whatever happens to the line that they found each other by, and
 * whatever others say on it.
 */
import type { Browser } from 'playwright-core'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { callLine } from '#protocol/calls/signalling.ts'
import { LineProcess } from './support/line-process.ts'
import { framesOf, isMoving, names, openMediaChromium, openParty, type Party } from './support/parties.ts'

let line: LineProcess
let browser: Browser
let parties: readonly Party[]
const call = 'call-1'

const [kiosk, manager, expert] = names
const by = (id: string) => parties.find((party) => party.id === id) as Party
const viewsOf = () => Promise.all(parties.map((party) => party.view()))
const goesOn = async () => {
  const before = await framesOf(parties)
  await expect.poll(() => isMoving(parties, before)).toBe(true)
}

beforeAll(async () => {
  ;[line, browser] = await Promise.all([new LineProcess().start(), openMediaChromium()])
  parties = await Promise.all(names.map((id) => openParty(browser, line.base, id)))
  for (const party of parties) await party.join(line.ticket(call, party.id))
})
afterAll(async () => {
  for (const party of parties) await party.close()
  await browser.close()
  await line.close()
})

test('all see and hear all, negotiated once, with what costs least', async () => {
  await expect.poll(() => isMoving(parties)).toBe(true)
  const reports = (await Promise.all(parties.map((party) => party.reports()))).flat()
  expect(reports.map(({ state }) => state)).toEqual(Array(6).fill('connected'))
  expect(reports.map(({ lines }) => lines)).toEqual(Array(6).fill(2))
  expect(reports.map(({ codec }) => codec)).toEqual(Array(6).fill('video/H264'))
  expect(reports[0]?.fmtp).toContain('profile-level-id=42e0')
  expect(reports.every(({ heard }) => heard > 0)).toBe(true)
  for (const { line: state, others, trouble } of await viewsOf()) {
    expect([state, trouble, others.length]).toEqual(['open', null, 2])
    expect(others.map(({ link, shown }) => `${link} ${shown.camera}`)).toEqual(
      Array(2).fill('connected true'),
    )
  }
  expect(line.told.filter(({ joined }) => joined !== undefined)).toHaveLength(3)
  const asked = (await Promise.all(parties.map((party) => party.do('asked()')))).flat()
  const first = { maxBitrate: 700_000, maxFramerate: 15, scaleResolutionDownBy: 1 }
  expect(asked).toEqual(Array.from({ length: 6 }, () => first))
})

/** A page of the hub's origin that does as it likes. */
const intrude = (auth: object): Socket => {
  const socket = io(line.base, {
    path: callLine,
    transports: ['websocket'],
    auth,
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: line.base },
  })
  onTestFinished(() => void socket.disconnect())
  return socket
}
const turnedAway = (socket: Socket) =>
  new Promise<string>((resolve) =>
    socket.on('connect_error', (error) =>
      resolve((error as Error & { data?: { code: string } }).data?.code ?? error.message),
    ),
  )
const once = <T>(socket: Socket, event: string) =>
  new Promise<T>((resolve) => socket.once(event, (told: T) => resolve(told)))

describe('while a call goes on', () => {
  test.each([
    ['no ticket', () => ({}), 'call.ticket'],
    ['one that was made up', () => ({ ticket: `${'a'.repeat(40)}.${'b'.repeat(43)}` }), 'call.ticket'],
    ['one whose time is over', () => ({ ticket: line.ticket(call, expert, -1) }), 'call.ticket'],
    ['one of a call that has ended', () => ({ ticket: line.ticket('gone-1', expert) }), 'call.over'],
    [
      'one of somebody who is not in it',
      () => ({ ticket: line.ticket(call, 'expert:a-stranger') }),
      'call.not-yours',
    ],
  ])('who comes with %s is turned away', async (_, auth, code) => {
    const from = line.told.length
    expect(await turnedAway(intrude(auth()))).toBe(code)
    await line.hears(({ refused }) => refused === code, from)
    await goesOn()
  })

  const signal = { run: 'intruder-1', signal: { candidate: null } }
  test.each([
    ['a call of others', { ...signal, to: kiosk.replace('k-1', 'a-stranger') }],
    ['nobody at all', { ...signal, to: 'root' }],
    ['nothing', null],
    ['a message that is none', { ...signal, to: manager, signal: { offer: 1 } }],
    [
      'more than a description holds',
      { ...signal, to: manager, signal: { description: { type: 'offer', sdp: 'v'.repeat(64_001) } } },
    ],
  ])('what is said to or with %s is answered with a code', async (_, said) => {
    const socket = intrude({ ticket: line.ticket('call-2', 'expert:mallory') })
    await once(socket, 'room')
    const answer = once<{ code: string; text: string }>(socket, 'refused')
    socket.emit('signal', said)
    expect(await answer).toMatchObject({ code: 'call.signal', text: expect.stringMatching(/./) })
    expect(socket.connected).toBe(true)
    await goesOn()
  })

  test('whoever floods is told so, then cut off', async () => {
    const socket = intrude({ ticket: line.ticket('call-2', 'expert:flood') })
    await once(socket, 'room')
    const answer = once<{ code: string }>(socket, 'refused')
    const end = once<string>(socket, 'disconnect')
    for (let n = 0; n < 2_000; n += 1) socket.emit('signal', { ...signal, to: manager })
    expect((await answer).code).toBe('call.too-fast')
    expect(await end).toBe('io server disconnect')
    await goesOn()
    expect(line.told.filter(({ complaint }) => complaint !== undefined)).toEqual([])
  })

  test('a fifth one finds it full', async () => {
    const all = ['a', 'b', 'c', 'd'].map((id) => intrude({ ticket: line.ticket('call-3', `manager:${id}`) }))
    await Promise.all(all.map((socket) => once(socket, 'room')))
    expect(await turnedAway(intrude({ ticket: line.ticket('call-3', 'manager:e') }))).toBe('call.full')
  })
})

test('media go on while the hub is dead; it finds the same people, and ways are looked for anew', async () => {
  await line.kill()
  await expect.poll(async () => (await viewsOf()).map((view) => view.line)).toEqual(['lost', 'lost', 'lost'])
  await goesOn()
  expect((await viewsOf()).flatMap(({ others }) => others.map(({ link }) => link))).toEqual(
    Array(6).fill('connected'),
  )
  await line.start()
  await expect.poll(async () => (await viewsOf()).map((view) => view.line)).toEqual(['open', 'open', 'open'])
  expect(await Promise.all(parties.map((party) => party.do('connectionsMade()')))).toEqual([2, 2, 2])

  const ufrags = async () => (await by(kiosk).reports()).map(({ ufrag }) => ufrag)
  const before = await ufrags()
  await by(kiosk).do("dispatchEvent(new Event('online'))")
  await expect
    .poll(async () => (await ufrags()).every((ufrag) => ufrag !== undefined && !before.includes(ufrag)))
    .toBe(true)
  await goesOn()
  expect(await Promise.all(parties.map((party) => party.do('connectionsMade()')))).toEqual([2, 2, 2])
})

test('a page that is loaded anew is there again, and nobody was told that it left', async () => {
  const from = line.told.length
  await by(expert).page.reload()
  await by(expert).join(line.ticket(call, expert))
  await expect.poll(() => isMoving(parties)).toBe(true)
  await goesOn()
  expect(line.told.slice(from)).toEqual([])
})

describe('a party decides what the others get of it', () => {
  const seenOf = async (who: string, whom: string) =>
    (await by(who).view()).others.find(({ id }) => id === whom)
  test('the camera goes off and comes back, without another negotiation', async () => {
    await by(manager).do('media.setCamera(false)')
    await expect.poll(async () => (await seenOf(kiosk, manager))?.shown.camera).toBe(false)
    expect((await by(manager).view()).own).toMatchObject({ camera: false, microphone: true })
    await by(manager).do('media.setCamera(true)')
    await expect.poll(async () => (await seenOf(kiosk, manager))?.shown.camera).toBe(true)
    await goesOn()
  })

  test('the microphone is muted', async () => {
    await by(kiosk).do('media.setMicrophone(false)')
    await expect.poll(async () => (await seenOf(expert, kiosk))?.shown.microphone).toBe(false)
    await by(kiosk).do('media.setMicrophone(true)')
    await expect.poll(async () => (await seenOf(expert, kiosk))?.shown.microphone).toBe(true)
  })

  test('on hold nothing of it leaves the page, and it hears nobody', async () => {
    await by(expert).do('media.hold(true)')
    await expect.poll(async () => (await seenOf(kiosk, expert))?.shown.held).toBe(true)
    expect((await by(expert).view()).others.map(({ tracks }) => tracks)).toEqual([0, 0])
    await expect.poll(() => by(expert).do('sending()')).toEqual([])
    await by(expert).do('media.hold(false)')
    await goesOn()
  })

  test('another device is used without another negotiation', async () => {
    const made = await by(kiosk).do('connectionsMade()')
    const cameras = (await by(kiosk).do(
      'navigator.mediaDevices.enumerateDevices().then((all) => all.filter(({ kind }) => kind === "videoinput").map(({ deviceId }) => deviceId))',
    )) as readonly string[]
    await by(kiosk).do(`media.use({ kind: 'camera', id: ${JSON.stringify(cameras.at(-1))} })`)
    expect((await by(kiosk).view()).trouble).toBeNull()
    await goesOn()
    expect(await by(kiosk).do('connectionsMade()')).toBe(made)
  })
})

describe('at the end', () => {
  test('who hangs up is gone for the others at once', async () => {
    await by(manager).do('media.hangUp()')
    await line.hears(({ hungUp }) => hungUp === manager)
    expect((await by(manager).view()).over).toBe('left')
    await expect.poll(async () => (await by(kiosk).view()).others.map(({ id }) => id)).toEqual([expert])
  })

  test('a manager beside the kiosk comes without a voice and a picture, and sees all', async () => {
    await by(manager).page.reload()
    await by(manager).join(line.ticket(call, manager), { camera: false, microphone: false })
    const seen = async () => (await by(manager).reports()).filter(({ frames }) => frames > 5).length
    await expect.poll(seen).toBe(2)
    expect((await by(manager).view()).own).toEqual({ camera: false, microphone: false, held: false })
    expect((await by(manager).reports()).map(({ lines }) => lines)).toEqual([2, 2])
  })

  test('of two pages of one party the newer one stays', async () => {
    const second = await openParty(browser, line.base, manager)
    await second.join(line.ticket(call, manager), { camera: false, microphone: false })
    await expect.poll(async () => (await by(manager).view()).over).toBe('replaced')
    await expect.poll(async () => (await second.reports()).filter(({ frames }) => frames > 5).length).toBe(2)
    await second.close()
  })

  test('a call that the desk ends is over for everybody, and a ticket of it is good no longer', async () => {
    line.tell({ end: call })
    await expect.poll(async () => (await by(kiosk).view()).over).toBe('ended')
    await expect.poll(async () => (await by(expert).view()).over).toBe('ended')
    expect(await by(kiosk).do('reports()')).toEqual([])
    expect(await turnedAway(intrude({ ticket: line.ticket(call, kiosk) }))).toBe('call.over')
  })
})
