/** Events that come twice, late, in the wrong order or not at all, and the system's own count beside them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemory, listen, plain, second } from './support/listen.ts'

const take = (t: string, n: number, more: object = {}) => ({
  e: 'take',
  t,
  s: 'cash',
  at: second(n),
  ...more,
})
const call = (t: string, n: number, more: object = {}) => ({
  e: 'call',
  t,
  c: 'counter-1',
  at: second(n),
  ...more,
})
const done = (t: string, n: number) => ({ e: 'done', t, at: second(n) })
const count = (w: number, more: object = {}) => ({ e: 'count', s: 'cash', w, ...more })
const list = (tickets: readonly string[], more: object = {}) => ({
  e: 'queue',
  s: 'cash',
  w: tickets.length,
  list: tickets.map((t) => ({ t })),
  ...more,
})

test('a ticket is taken, called and served', () => {
  const box = listen()
  for (const one of [take('A001', 0), call('A001', 1), done('A001', 2)]) box.say(one)
  expect(box.news()).toEqual(['issued A001 cash', 'called A001 counter-1', 'ended A001 served'])
  expect(box.counts()).toEqual({})
})

test('everything twice is told once', () => {
  const box = listen()
  for (const one of [take('A001', 0), call('A001', 1), done('A001', 2)]) {
    box.say(one)
    box.say(one)
  }
  expect(box.news()).toHaveLength(3)
  expect(box.counts()).toEqual({ duplicate: 3 })
})

test('a message that is known by its id is the same one, whatever it says', () => {
  const box = listen()
  box.say(take('A001', 0, { id: 'm-1' }))
  box.say(take('A002', 0, { id: 'm-1' }))
  expect(box.news()).toEqual(['issued A001 cash'])
})

test('a call that overtook its issue', () => {
  const box = listen()
  box.say(take('A001', 0))
  box.say(call('A002', 2, { s: 'cash' }))
  box.say(take('A002', 1))
  expect(box.news()).toEqual(['issued A001 cash', 'issued A002 cash', 'called A002 counter-1'])
  expect(box.counts()).toEqual({ 'never-issued': 1, 'out-of-order': 1 })
})

test('an end that overtook its call, with times and without', () => {
  const timed = listen()
  for (const one of [take('A001', 0), done('A001', 3), call('A001', 2)]) timed.say(one)
  expect(timed.news()).toEqual(['issued A001 cash', 'ended A001 served'])
  const untimed = listen()
  for (const e of ['take', 'done', 'call']) untimed.say({ e, t: 'A001', s: 'cash', c: 'counter-1' })
  expect(untimed.news()).toEqual(['issued A001 cash', 'ended A001 served'])
  for (const box of [timed, untimed]) expect(box.counts()).toEqual({ 'out-of-order': 1 })
})

test('the number that comes back the next day is a new ticket', async () => {
  const box = listen()
  for (const one of [take('A001', 0), done('A001', 1), take('A001', 86_400), call('A001', 86_401)])
    box.say(one)
  expect(box.news().slice(2)).toEqual(['issued A001 cash', 'called A001 counter-1'])
  const untimed = listen()
  const say = (e: string) => untimed.say({ e, t: 'A001', s: 'cash' })
  say('take')
  say('done')
  await untimed.pass(61_000)
  say('take')
  expect(untimed.news()).toEqual(['issued A001 cash', 'ended A001 served', 'issued A001 cash'])
})

test('nobody came, and it is called once more', () => {
  const box = listen()
  for (const one of [take('A001', 0), call('A001', 1), { e: 'missed', t: 'A001', at: second(2) }])
    box.say(one)
  box.say(call('A001', 3, { c: 'counter-2' }))
  expect(box.news().slice(2)).toEqual(['ended A001 no-show', 'issued A001 cash', 'called A001 counter-2'])
  expect(box.counts()).toEqual({})
})

test('back in the queue, and transferred to another one', () => {
  const box = listen()
  for (const one of [take('A001', 0), call('A001', 1), { e: 'again', t: 'A001', at: second(2) }]) box.say(one)
  box.say({ e: 'move', t: 'A001', s: 'card', at: second(3) })
  expect(box.news().slice(2)).toEqual(['ended A001 transferred cash', 'ended A001 transferred card'])
})

test('a ticket is known by the system’s own id when its number is left out', () => {
  const box = listen()
  box.say(take('A001', 0, { k: '4711' }))
  box.say({ e: 'call', k: '4711', c: 'counter-1', at: second(1) })
  box.say({ e: 'call', k: '4712', c: 'counter-1', at: second(1) })
  expect(box.news()).toEqual(['issued A001 cash', 'called A001 counter-1'])
  expect(box.counts()).toEqual({ 'unknown-ticket': 1 })
})

test('the number of somebody else is issued again: the end of the first was lost', () => {
  const box = listen()
  box.say(take('A001', 0, { k: '1' }))
  box.say(take('A001', 5, { k: '2' }))
  expect(box.news()).toEqual(['issued A001 cash', 'ended A001 withdrawn', 'issued A001 cash'])
  expect(box.counts()).toEqual({ 'lost-ticket': 1 })
})

test('numbers that are left out are missing, unless they come a little later', async () => {
  const box = listen()
  for (const number of ['A001', 'A004', 'A003']) box.say({ e: 'take', t: number, s: 'cash' })
  await box.pass(4_000)
  expect(box.counts()).toEqual({})
  await box.pass(2_000)
  expect(box.counts()).toEqual({ 'number-jump': 1 })
  expect(box.health()).toEqual({ level: 'degraded', reasons: ['tickets-missed'] })
  await box.pass(15 * 60_000)
  expect(box.health()).toEqual({ level: 'ok' })
})

test('a gap in the numbers of the messages, one that comes late, and a count that begins anew', () => {
  const box = listen()
  box.say(take('A001', 0, { n: 1 }))
  box.say(take('A003', 2, { n: 3 }))
  expect(box.counts()).toEqual({ gap: 1 })
  box.say(take('A002', 1, { n: 2 }))
  box.say(take('A002', 1, { n: 2 }))
  expect(box.counts()).toEqual({ gap: 1, duplicate: 1 })
  expect(box.news()).toHaveLength(3)
  box.say(take('B001', 3, { n: 9_000 }))
  box.say(take('B002', 4, { n: 1 }))
  expect(box.counts()['restarted-count']).toBe(1)
  expect(box.news()).toHaveLength(2)
})

test('a ticket from before the adapter listened is called without a complaint', () => {
  const box = listen()
  box.say(call('A007', 0))
  expect(box.news()).toEqual(['called A007 counter-1'])
  expect(box.counts()).toEqual({})
})

test('the system’s count is passed on as it is, and wins', async () => {
  const box = listen()
  box.say(count(2))
  box.say(take('A001', 0))
  await box.pass(10_000)
  box.say(count(3))
  expect(box.counts()).toEqual({})
  await box.pass(10_000)
  box.say(count(5))
  expect(box.news()).toEqual([
    'queue.snapshot cash 2',
    'issued A001 cash',
    'queue.snapshot cash 3',
    'queue.snapshot cash 5',
  ])
  expect(box.counts()).toEqual({ 'count-differs': 1 })
  expect(box.health()).toEqual({ level: 'degraded', reasons: ['counts-differ'] })
  box.say(count(5))
  expect(box.counts()).toEqual({ 'count-differs': 1 })
})

test('nobody waits any more: whoever is left over is ended', async () => {
  const box = listen()
  for (const number of ['A001', 'A002']) box.say(take(number, 0))
  await box.pass(10_000)
  box.say(count(0))
  expect(box.news().slice(2)).toEqual([
    'queue.snapshot cash 0',
    'ended A001 withdrawn',
    'ended A002 withdrawn',
  ])
  expect(box.counts()).toEqual({ 'count-differs': 1, 'lost-ticket': 2 })
})

test('one too many for long: the one that waited longest was called unheard', async () => {
  const box = listen()
  for (const [index, number] of ['A001', 'A002', 'A003'].entries()) {
    box.say(take(number, index))
    await box.pass(1_000)
  }
  await box.pass(10_000)
  for (let round = 0; round < 12; round += 1) {
    box.say(count(2))
    await box.pass(10_000)
  }
  expect(box.news().filter((one) => one.startsWith('ended'))).toEqual([])
  box.say(count(2))
  expect(box.news().filter((one) => one.startsWith('ended'))).toEqual(['ended A001 withdrawn'])
})

test('a list of the waiting tickets: the missing are ended, the unheard of are taken in', async () => {
  const box = listen()
  box.say(list([]))
  for (const number of ['A001', 'A002']) box.say(take(number, 0))
  await box.pass(10_000)
  box.news()
  box.say(list(['A002', 'A005']))
  expect(box.told.map(([name]) => name)).toEqual(['queue.snapshot', 'ticket.ended'])
  expect(box.told[0]?.[1]).toEqual({
    service: 'cash',
    waiting: 2,
    tickets: [
      { ticket: 'A002', held: false },
      { ticket: 'A005', held: false },
    ],
  })
  expect(box.told[1]?.[1]).toEqual({ ticket: 'A001', outcome: 'withdrawn' })
  expect(box.counts()).toEqual({ 'never-issued': 1, 'lost-ticket': 1 })
  box.told.length = 0
  box.say(call('A005', 20))
  expect(box.news()).toEqual(['called A005 counter-1'])
})

test('a view of the queue that is too old or overtaken is none', () => {
  const box = listen()
  box.say(count(4, { at: second(0) }))
  box.say(count(9, { at: second(-10) }))
  box.say(count(9, { at: second(-3_600) }))
  expect(box.told.map(([, { waiting }]) => waiting)).toEqual([4])
  expect(box.counts()).toEqual({ 'out-of-order': 1, stale: 1 })
})

test('what happened long ago is not told as if it were now: only what is left of it', async () => {
  const box = listen()
  for (const one of [take('A001', -3_000), call('A001', -2_900), done('A001', -2_800)]) box.say(one)
  for (const one of [take('A002', -2_000), take('A003', -1_000), call('A003', -900)]) box.say(one)
  expect(box.news()).toEqual([])
  await box.pass(1_000)
  expect(box.news()).toEqual(['issued A002 cash', 'issued A003 cash', 'called A003 counter-1'])
})

test('counters open and close, each told once', () => {
  const box = listen()
  box.say({ e: 'open', c: 'counter-1', at: second(1) })
  box.say({ e: 'open', c: 'counter-1', at: second(2) })
  box.say({ e: 'shut', c: 'counter-1', at: second(0) })
  box.say({ e: 'shut', c: 'counter-1', at: second(3) })
  expect(box.news()).toEqual(['counter.changed counter-1 open', 'counter.changed counter-1 closed'])
  expect(box.counts()).toEqual({ 'out-of-order': 1 })
})

test('a kept message tells how things are, not what happens', () => {
  const box = listen()
  box.say(take('A001', 0), { channel: 'broker', isRetained: true })
  box.say(count(9), { channel: 'broker', isRetained: true })
  box.say(count(2, { at: second(-60) }), { channel: 'broker', isRetained: true })
  expect(box.news()).toEqual(['queue.snapshot cash 2 60000'])
  expect(box.counts()).toEqual({ retained: 2 })
})

test('after a restart, tickets from before are known by the system’s own id', async () => {
  const kept = createMemory()
  const before = listen(plain, kept)
  for (const [t, k] of [
    ['A001', '1'],
    ['A002', '2'],
    ['A003', '3'],
  ] as const)
    before.say({ e: 'take', t, k, s: 'cash' })
  before.say({ e: 'call', k: '2', c: 'counter-1' })
  before.say({ e: 'done', k: '3' })
  before.intake.close()
  const after = listen(plain, kept)
  after.say({ e: 'call', k: '1', c: 'counter-2' })
  after.say({ e: 'call', k: '2', c: 'counter-1' })
  after.say({ e: 'done', k: '2' })
  after.say({ e: 'done', k: '3' })
  expect(after.news()).toEqual(['called A001 counter-2', 'ended A002 served'])
  expect(after.counts()).toEqual({ duplicate: 1, 'unknown-ticket': 1 })
  await after.pass(1_000)
  expect(kept.load().map(({ ticket }) => ticket)).toEqual(['A001'])
})

test('thousands of tickets without an end do not fill the memory', () => {
  const box = listen()
  for (let one = 0; one < 2_500; one += 1) box.say({ e: 'take', t: `A${one}`, s: 'cash' })
  expect(box.counts()['forgotten']).toBe(500)
})

/** What the hub would hold after these events. */
const lobbyAfter = (news: readonly string[]) => {
  const open = new Map<string, string>()
  for (const one of news) {
    const [what, ticket = '', where = ''] = one.split(' ')
    if (what === 'issued' && !open.has(ticket)) open.set(ticket, 'waiting')
    if (what === 'called') open.set(ticket, `at ${where}`)
    if (what === 'ended') open.delete(ticket)
  }
  return Object.fromEntries(open)
}

test('whatever comes twice and in whatever order, the lobby ends the same', () => {
  const tickets = ['A001', 'A002', 'A003']
  const lives = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(lives, fc.infiniteStream(fc.nat({ max: 1_000 })), (steps, chance) => {
      const all = tickets.flatMap((ticket, index) =>
        [
          take(ticket, index),
          call(ticket, 10 + index, { c: `counter-${index}`, s: 'cash' }),
          done(ticket, 20 + index),
        ].slice(0, steps[index]),
      )
      const draw = () => chance.next().value ?? 0
      const shuffled = [...all, ...all.filter(() => draw() % 2 === 0)]
        .map((one) => ({ one, rank: draw() }))
        .sort((a, b) => a.rank - b.rank)
      const box = listen(plain)
      for (const { one } of shuffled) box.say(one)
      const straight = listen(plain)
      for (const one of all) straight.say(one)
      expect(lobbyAfter(box.news())).toEqual(lobbyAfter(straight.news()))
    }),
    { numRuns: 300 },
  )
})
