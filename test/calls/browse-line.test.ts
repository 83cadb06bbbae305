/** The page of a kiosk on the line of its call: who may say what to whom, how much of it, and what goes on record. */
import type { Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BrowsePair, lineLimits } from '#hub/calls/line/side.ts'
import {
  type BrowseFromExpert,
  type BrowseFromKiosk,
  type BrowseSaid,
  browseMost,
  type CopiedFrame,
} from '#protocol/calls/browse.ts'
import type { Participant, Room } from '#protocol/calls/signalling.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import { type DoorLab, openDoorLab } from './support/door-lab.ts'

let clock: TestClock
let lab: DoorLab
let facts: string[]
let far: { readonly from: Participant; readonly said: BrowseSaid }[]
let pairs: Record<string, BrowsePair>

beforeEach(async () => {
  ;[clock, facts, far] = [createTestClock(), [], []]
  pairs = {
    'call-1': { kiosk: 'kiosk:k-1', expert: 'expert:wang' },
    'call-2': { kiosk: 'kiosk:k-2', expert: 'expert:li' },
  }
  lab = await openDoorLab({
    side: {
      isOpen: () => true,
      partyOf: () => ({ title: {} }),
      areApart: () => false,
      onJoined: () => undefined,
      onLeft: () => undefined,
      onHangUp: async () => undefined,
      pairOf: (call) => pairs[call] ?? { kiosk: null, expert: null },
      onFact: (call, fact, about) => facts.push(`${call} ${fact} ${about ?? '-'}`),
      present: () => [],
    },
    ice: { iceFor: () => ({ iceServers: [], relayOnly: false }), renewEveryMs: undefined },
    far: {
      seen: () => [],
      here: () => undefined,
      say: () => undefined,
      browse: (_, from, said) => far.push({ from, said }),
    },
    clock,
    onRefused: () => undefined,
    log: { error: (fields) => facts.push(JSON.stringify(fields)) },
  })
})
afterEach(() => lab.stop())

interface Page {
  readonly socket: Socket
  readonly heard: BrowseSaid[]
  readonly refused: string[]
  say(said: unknown): void
}

const comes = async (participant: Participant, call = 'call-1'): Promise<Page> => {
  const socket = lab.connect(lab.ticket(call, participant))
  const page: Page = { socket, heard: [], refused: [], say: (said) => void socket.emit('browse', said) }
  socket.on('browse', (said: BrowseSaid) => page.heard.push(said))
  socket.on('refused', ({ code }: { code: string }) => page.refused.push(code))
  await new Promise<Room>((resolve) => socket.once('room', resolve))
  return page
}

/** All that was said before has been dealt with. */
const isThrough = async ({ socket, refused }: Page) => {
  const before = refused.length
  socket.emit('shown', {})
  await expect.poll(() => refused.slice(before)).toContain('call.signal')
  refused.splice(refused.lastIndexOf('call.signal'), 1)
}

const run = 'r'.repeat(12)
const frame: CopiedFrame = { root: 1, width: 1280, height: 800, foot: 90, attributes: { lang: 'en' } }
const page = (text: string): BrowseFromKiosk => ({
  kind: 'page',
  run,
  seq: 0,
  whole: true,
  frame,
  nodes: [
    { id: 1, tag: 'div', attributes: { class: 'app' }, kids: [2] },
    { id: 2, text },
  ],
})
const sight = (of: 'off' | 'asked' | 'on' | 'paused'): BrowseFromKiosk => ({
  kind: 'sight',
  sight: of,
  fields: [],
})
const propose: BrowseFromExpert = { kind: 'propose', proposal: 'p-1234567', field: 'city', value: 'Xi’an' }
const decided = (decision: 'taken' | 'declined' | 'unfit' | 'gone'): BrowseFromKiosk => ({
  kind: 'decided',
  proposal: 'p-1234567',
  field: 'city',
  decision,
})

describe('who hears it', () => {
  test('the expert who has the call, and the kiosk of it; nobody else of either call', async () => {
    const [kiosk, expert, manager] = [
      await comes('kiosk:k-1'),
      await comes('expert:wang'),
      await comes('manager:li-na'),
    ]
    const others = [await comes('kiosk:k-2', 'call-2'), await comes('expert:li', 'call-2')]
    kiosk.say(page('hello'))
    expert.say({ kind: 'again' })
    await expect.poll(() => expert.heard).toEqual([page('hello')])
    await expect.poll(() => kiosk.heard).toEqual([{ kind: 'again' }])
    expect([manager, ...others].flatMap(({ heard }) => heard)).toEqual([])
    expect(far).toEqual([])
  })

  test('neither a manager, nor an expert who was asked in beside, says anything', async () => {
    const [kiosk, manager, second] = [
      await comes('kiosk:k-1'),
      await comes('manager:li-na'),
      await comes('expert:li'),
    ]
    manager.say({ kind: 'ask' })
    second.say(propose)
    await expect
      .poll(() => [manager.refused, second.refused])
      .toEqual([['browse.not-yours'], ['browse.not-yours']])
    expect(kiosk.heard).toEqual([])
  })

  test('once the call has another expert the one before hears nothing more', async () => {
    const [kiosk, wang, li] = [await comes('kiosk:k-1'), await comes('expert:wang'), await comes('expert:li')]
    pairs['call-1'] = { kiosk: 'kiosk:k-1', expert: null }
    kiosk.say(page('between two'))
    await isThrough(kiosk)
    pairs['call-1'] = { kiosk: 'kiosk:k-1', expert: 'expert:li' }
    kiosk.say(page('for the next'))
    await expect.poll(() => li.heard).toEqual([page('for the next')])
    wang.say({ kind: 'hello' })
    await expect.poll(() => wang.refused).toEqual(['browse.not-yours'])
    expect(wang.heard).toEqual([])
  })

  test('what one expert was let see is not for the one who takes the call over, before the customer says so', async () => {
    const [kiosk, li] = [await comes('kiosk:k-1'), await comes('expert:li')]
    kiosk.say(sight('on'))
    await isThrough(kiosk)
    pairs['call-1'] = { kiosk: 'kiosk:k-1', expert: 'expert:li' }
    kiosk.say(page('on its way'))
    kiosk.say(sight('on'))
    await isThrough(kiosk)
    expect(li.heard).toEqual([])
    const after = [sight('off'), sight('asked'), sight('on'), page('for li')]
    for (const said of after) kiosk.say(said)
    await expect.poll(() => li.heard).toEqual(after)
  })

  test('who comes in at the other hub is reached there, and what it says is looked at again', async () => {
    const kiosk = await comes('kiosk:k-1')
    kiosk.say(page('far away'))
    await expect.poll(() => far).toEqual([{ from: 'kiosk:k-1', said: page('far away') }])
    lab.door.farBrowses('call-1', 'expert:wang', propose)
    lab.door.farBrowses('call-1', 'expert:li', propose)
    lab.door.farBrowses('call-1', 'expert:wang', page('a page of nobody’s kiosk'))
    lab.door.farBrowses('call-1', 'expert:wang', { kind: 'again' })
    await expect.poll(() => kiosk.heard).toEqual([propose, { kind: 'again' }])
  })
})

describe('what it may be', () => {
  test.each<[string, Participant, unknown]>([
    ['a kiosk that asks', 'kiosk:k-1', { kind: 'ask' }],
    ['a kiosk that proposes', 'kiosk:k-1', propose],
    ['an expert who sends a page', 'expert:wang', page('mine')],
    ['an expert who decides', 'expert:wang', decided('taken')],
    ['a click', 'expert:wang', { kind: 'click', run, node: 2, x: 0, y: 0 }],
    [
      'a value in a field',
      'kiosk:k-1',
      {
        ...page(''),
        nodes: [{ id: 1, tag: 'input', attributes: {}, kids: [], input: 'line', value: '6222' }],
      },
    ],
    [
      'a value as an attribute',
      'kiosk:k-1',
      { ...page(''), nodes: [{ id: 1, tag: 'input', attributes: { value: '6222' }, kids: [] }] },
    ],
    ['a program', 'kiosk:k-1', { ...page(''), nodes: [{ id: 1, tag: 'script', attributes: {}, kids: [] }] }],
    [
      'an address',
      'kiosk:k-1',
      { ...page(''), nodes: [{ id: 1, tag: 'img', attributes: { src: '//x' }, kids: [] }] },
    ],
    [
      'a place outside of everything',
      'expert:wang',
      { kind: 'point', run, node: 2, x: 7, y: 0, isMark: false },
    ],
    ['nothing', 'expert:wang', null],
  ])('%s is refused with a code', async (_, who, said) => {
    const [kiosk, expert] = [await comes('kiosk:k-1'), await comes('expert:wang')]
    const [from, to] = who === 'kiosk:k-1' ? [kiosk, expert] : [expert, kiosk]
    from.say(said)
    await expect.poll(() => from.refused).toEqual(['browse.message'])
    expect(to.heard).toEqual([])
  })

  test('what is larger than any message is refused, and the call goes on', async () => {
    const [kiosk, expert] = [await comes('kiosk:k-1'), await comes('expert:wang')]
    const nodes = Array.from({ length: 120 }, (_, at) => ({ id: at + 1, text: 'x'.repeat(browseMost.text) }))
    kiosk.say({ ...page(''), nodes })
    await expect.poll(() => kiosk.refused).toEqual(['browse.too-large'])
    kiosk.say(page('small'))
    await expect.poll(() => expert.heard).toEqual([page('small')])
  })

  test('a flood is stopped, what signals a call gets through beside it, and later there is room again', async () => {
    const [kiosk, expert] = [await comes('kiosk:k-1'), await comes('expert:wang')]
    for (let said = 0; said < lineLimits.browse.burst + 50; said += 1) expert.say({ kind: 'again' })
    await expect.poll(() => expert.refused.length).toBe(50)
    expect(new Set(expert.refused)).toEqual(new Set(['browse.too-fast']))
    await expect.poll(() => kiosk.heard.length).toBe(lineLimits.browse.burst)
    const signal = { candidate: { candidate: 'still here' } }
    const came = new Promise((resolve) => kiosk.socket.once('signal', resolve))
    expert.socket.emit('signal', { to: 'kiosk:k-1', run, signal })
    expect(await came).toMatchObject({ from: 'expert:wang', signal })
    clock.advance(1_000)
    expert.say(propose)
    await expect.poll(() => kiosk.heard.at(-1)).toEqual(propose)
  })
})

test('on record goes that the page was shown, and what was decided: never a value, and nothing twice', async () => {
  const [kiosk, expert] = [await comes('kiosk:k-1'), await comes('expert:wang')]
  for (const said of [
    sight('off'),
    sight('asked'),
    sight('on'),
    sight('paused'),
    sight('on'),
    decided('unfit'),
    decided('taken'),
    decided('declined'),
    { kind: 'put-away', item: 'fees' } as const,
    sight('off'),
  ])
    kiosk.say(said)
  expert.say(propose)
  await isThrough(kiosk)
  await isThrough(expert)
  expect(facts).toEqual([
    'call-1 page-shown -',
    'call-1 proposal-taken city',
    'call-1 proposal-declined city',
    'call-1 document-put-away fees',
    'call-1 page-hidden -',
  ])
})
