/** What people do from pages: who may, once for each key, in his own name, and never more than the contract says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askable } from '#protocol/desk/live/ask.ts'
import { type DeskCommand, type DeskCommandName, deskCommands } from '#protocol/desk/live/commands.ts'
import { CommandAnswer } from '#protocol/desk/live/line.ts'
import { type DeskRole, deskRoles } from '#protocol/desk/roles.ts'
import { remove } from '../support.ts'
import {
  connectPage,
  contentOf,
  type LiveStage,
  patiently,
  raiseLive,
  signInLive,
  type TestPage,
} from './support.ts'

let stage: LiveStage
const pages = new Map<DeskRole, TestPage>()
const come = async (cookie: string, wishes: Parameters<typeof connectPage>[2] = {}): Promise<TestPage> => {
  const page = connectPage(stage.port, cookie, wishes)
  await page.until((one) => one.last('beat') !== undefined)
  return page
}
const pageOf = (role: DeskRole) => pages.get(role) as TestPage

beforeAll(async () => {
  stage = await raiseLive()
  for (const role of deskRoles)
    pages.set(role, await come(await signInLive(stage, role === 'staff' ? 'wang' : `some-${role}`, [role])))
})
afterAll(async () => {
  await stage.stop()
  remove(stage.folder)
})

/** Fits the contract, and does no harm. */
const samples: { readonly [Name in DeskCommandName]: Extract<DeskCommand, { name: Name }>['params'] } = {
  mode: { mode: 'open' },
  'end-emergency': {},
  pause: { forMs: 1_000 },
  resume: {},
  'stop-movement': {},
  'allow-movement': {},
  ask: { what: askable[0] },
  'task.cancel': { task: 'task-0', reason: 'no' },
  'task.confirm': { task: 'task-0' },
  'task.dismiss': { task: 'task-0' },
  'task.reassign': { task: 'task-0', to: 'robot-1' },
  'task.retry': { task: 'task-0' },
  'task.take': { task: 'task-0' },
  'task.report': { task: 'task-0', status: 'done', note: null },
  'device.hold': { device: 'robot-1', forMs: 1_000 },
  'device.release': { device: 'robot-1' },
  'device.out-of-service': { device: 'camera-1' },
  'alert.claim': { alert: 'alert-0' },
  'alert.release': { alert: 'alert-0' },
  'alert.acknowledge': { alert: 'alert-0' },
  'alert.resolve': { alert: 'alert-0', note: null },
  'alert.shelve': { alert: 'alert-0', reason: 'later', forMs: 60_000 },
  'alert.unshelve': { alert: 'alert-0' },
  duty: { person: 'wang', onDuty: true },
  'do-not-disturb': { person: 'wang', on: false },
  'visit.role': { visit: 'visit-0', role: 'guard' },
  'visit.known': { visit: 'visit-0', ticket: null },
  'flow.set': { flow: 'greeting', autonomy: null, policy: null, revision: 0, reason: null },
  'flow.propose': { flow: 'greeting', autonomy: null, policy: {}, revision: 0, reason: 'busy' },
  'flow.approve': { flow: 'greeting', proposal: 'proposal-0' },
  'flow.decline': { flow: 'greeting', proposal: 'proposal-0', reason: null },
  'flow.withdraw': { flow: 'greeting', proposal: 'proposal-0' },
  'campaign.set': { campaign: 'none', on: true },
  'expert.presence': { presence: 'available', reason: null },
  'call.accept': { call: 'call-0', ring: 'ring-0' },
  'call.decline': { call: 'call-0', ring: 'ring-0', reason: null },
  'call.snooze': { call: 'call-0', ring: 'ring-0', forMs: 60_000 },
  'call.note': { call: 'call-0', notes: '' },
  'call.identified': { call: 'call-0' },
  'call.hand-over': { call: 'call-0', group: 'experts', expert: null, note: '' },
  'call.invite': { call: 'call-0', group: 'experts', expert: null, mode: 'consult', why: '' },
  'call.guest-mode': { call: 'call-0', mode: 'invite' },
  'call.take-off': { call: 'call-0' },
  'call.guest-note': { call: 'call-0', notes: '' },
  'expert.set': { expert: 'expert-0', presence: 'away' },
  'call.move': { call: 'call-0', group: 'experts' },
  'call.pass-on': { call: 'call-0', group: 'experts', expert: null, note: '' },
  'call.to-staff': { call: 'call-0', note: '' },
  'call.leave': { call: 'call-0' },
  'call.show': { call: 'call-0', item: 'fees' },
  'call.put-away': { call: 'call-0' },
  'call.wrap-up': { call: 'call-0', code: 'solved', notes: '' },
  'call.more-time': { call: 'call-0' },
  'call.hang-up': { call: 'call-0' },
  'call.withdraw': { call: 'call-0', reason: null },
  'sale.begin': { call: null, device: null, product: 'fund', termEnds: null },
  'sale.consent': { sale: 'sale-0', given: true },
  'sale.tick': { sale: 'sale-0', item: 'risk' },
  'sale.untick': { sale: 'sale-0', item: 'risk' },
  'sale.settle': { sale: 'sale-0', finding: '1', note: 'said again' },
  'sale.pause': { sale: 'sale-0', reason: 'password' },
  'sale.resume': { sale: 'sale-0' },
  'sale.sell': { sale: 'sale-0' },
  'sale.end': { sale: 'sale-0' },
}

const names = Object.keys(deskCommands) as DeskCommandName[]
const matrix = names.flatMap((name) => deskRoles.map((role) => [name, role] as const))

describe('each command for each role, as declared', () => {
  test.each(matrix)('%s by %s', async (name, role) => {
    const page = pageOf(role)
    const answer = await page.insist({ name, params: samples[name] } as DeskCommand)
    const isAdmitted = deskCommands[name].admits.some((one) => one === role)
    if (isAdmitted) expect(answer).not.toMatchObject({ error: { code: 'role.missing' } })
    else expect(answer).toMatchObject({ done: false, error: { code: 'role.missing' } })
    expect(answer).not.toMatchObject({ error: { code: 'hub.bug' } })
  })
})

describe('who works in the branch without leading it', () => {
  test('speaks for himself alone', async () => {
    const page = pageOf('staff')
    const other = await page.insist({ name: 'duty', params: { person: 'li', onDuty: false } })
    expect(other).toMatchObject({ done: false, error: { code: 'role.missing' } })
    expect(await page.insist({ name: 'do-not-disturb', params: { person: 'wang', on: true } })).toMatchObject(
      {
        done: true,
      },
    )
    await page.until(({ copy }) => copy.people.get('wang')?.doNotDisturb === true)
    expect(page.copy.people.get('li')?.onDuty).toBe(true)
  })
})

describe('work that somebody asks for by hand', () => {
  test('goes under one name from the answer to the task, and to whoever was named', async () => {
    const page = pageOf('manager')
    const ask = { name: 'ask', params: { what: 'greet', zone: 'entrance', member: 'person/li' } } as const
    const key = { boot: 'asked-by-hand', n: 1 }
    const answer = await page.insist(ask, key)
    expect(answer).toMatchObject({ done: true, request: 'request/some-manager.asked-by-hand.1' })
    const mine = () => [...page.copy.tasks.values()].filter(({ request }) => request !== undefined)
    await page.until(() => mine().length > 0)
    expect(mine()).toHaveLength(1)
    expect(mine()[0]).toMatchObject({
      askedBy: 'some-manager',
      request: answer.done ? answer.request : '',
      member: 'person/li',
    })
    // Said again because the answer was lost: the same name, and no second task.
    expect(await page.insist(ask, key)).toMatchObject({
      done: true,
      seq: null,
      request: 'request/some-manager.asked-by-hand.1',
    })
    const { id } = mine()[0] as { id: string }
    await page.insist({ name: 'task.cancel', params: { task: id, reason: 'not any more' } })
    await page.until(({ copy }) => copy.tasks.get(id)?.phase === 'cancelled')
    const again = await page.insist({ name: 'task.retry', params: { task: id } })
    expect(again).toMatchObject({ done: true, request: expect.stringMatching(/^request\//) as string })
    await page.until(() => mine().length === 2)
  })

  test('is his who accepted it: a colleague does not take it from him', async () => {
    const page = pageOf('manager')
    const offered = (capability: string) =>
      [...page.copy.tasks.values()].find((one) => one.phase === 'offered' && one.capability === capability)
    await page.until(() => offered('greet') !== undefined)
    const free = { task: offered('greet')?.id ?? '', reason: 'something else first' }
    await page.insist({ name: 'task.cancel', params: free })
    await page.insist({ name: 'ask', params: { what: 'guide', zone: 'waiting', member: 'person/li' } })
    await page.until(() => offered('guide')?.member === 'person/li')
    const task = offered('guide')?.id ?? ''
    const li = await come(await signInLive(stage, 'li', ['manager']))
    const accept = { name: 'task.report', params: { task, status: 'accepted', note: null } } as const
    expect(await li.insist(accept)).toMatchObject({ done: true })
    li.leave()
    const take = { name: 'task.take', params: { task } } as const
    expect(await pageOf('staff').insist(take)).toMatchObject({ error: { code: 'task.taken' } })
    expect(page.copy.tasks.get(task)).toMatchObject({ member: 'person/li' })
    await page.insist({ name: 'task.cancel', params: { task, reason: 'that is all' } })
  })

  test('that lacks something is refused with what it lacks', async () => {
    const answer = await pageOf('manager').insist({ name: 'ask', params: { what: 'guide' } })
    expect(answer).toMatchObject({ done: false, error: { code: 'ask.incomplete' } })
  })
})

describe('the same key', () => {
  const hold = { name: 'device.hold', params: { device: 'robot-1', forMs: null } } as const
  const countOf = async () => {
    const { seq } = stage.engine.position()
    return seq
  }

  test('is done once, also from another page', async () => {
    const key = { boot: 'tablet-one-1', n: 1 }
    const first = await pageOf('manager').insist(hold, key)
    const before = await countOf()
    const second = await pageOf('manager').insist(hold, key)
    expect(first).toMatchObject({ done: true, seq: expect.any(Number) as number })
    expect(second).toMatchObject({ done: true, seq: null })
    expect(await countOf()).toBe(before)
  })

  test('of another person is another', async () => {
    const key = { boot: 'shared-boot-1', n: 1 }
    const stop = { name: 'stop-movement', params: {} } as const
    expect(await pageOf('manager').insist(stop, key)).toMatchObject({ seq: expect.any(Number) as number })
    expect(await pageOf('admin').insist(stop, key)).toMatchObject({ seq: expect.any(Number) as number })
    await pageOf('admin').insist({ name: 'allow-movement', params: {} })
  })

  test('whose first try was refused is tried again', async () => {
    const key = { boot: 'tablet-one-1', n: 2 }
    const mode = { name: 'end-emergency', params: {} } as const
    expect(await pageOf('manager').insist(mode, key)).toMatchObject({ error: { code: 'mode.no-emergency' } })
    await pageOf('manager').insist({ name: 'mode', params: { mode: 'emergency' } })
    expect(await pageOf('manager').insist(mode, key)).toMatchObject({
      done: true,
      seq: expect.any(Number) as number,
    })
    // What could not be done a second time was done all the same.
    expect(await pageOf('manager').insist(mode, key)).toMatchObject({ done: true, seq: null })
  })

  test('stands in the journal with the name of who asked', async () => {
    const answer = await pageOf('manager').insist(hold, { boot: 'tablet-one-1', n: 3 })
    const seq = answer.done ? (answer.seq ?? 0) : 0
    const [entry] = await stage.desk.open().look.store.entries('north-gate', { from: seq, to: seq })
    const body = JSON.parse(entry?.body ?? '{}') as object
    expect(body).toMatchObject({
      body: { command: { name: 'device.hold', by: 'some-manager' } },
      numbering: { boot: 'tablet-one-1', n: 3, sender: 'desk/some-manager' },
    })
  })
})

describe('what is no command', () => {
  const raw = async (event: string, ...args: unknown[]): Promise<unknown> =>
    pageOf('auditor')
      .socket.timeout(5_000)
      .emitWithAck(event, ...args)
  const key = { boot: 'tablet-bad-1', n: 1 }

  test.each([
    ['nothing', undefined],
    ['text', 'command'],
    ['no key', { command: { name: 'resume', params: {} } }],
    ['a key that is too short', { key: { boot: 'x', n: 1 }, command: { name: 'resume', params: {} } }],
    ['a number below one', { key: { ...key, n: 0 }, command: { name: 'resume', params: {} } }],
    ['a name that is none', { key, command: { name: 'branch.sell', params: {} } }],
    ['a name of every object', { key, command: { name: '__proto__', params: {} } }],
    ['too much', { key, command: { name: 'resume', params: { by: 'li' } } }],
    ['too little', { key, command: { name: 'device.hold', params: {} } }],
    ['a number that is none', { key, command: { name: 'pause', params: { forMs: '7' } } }],
  ])('%s is refused', async (_, call) => {
    const answer = await patiently(async () => CommandAnswer.parse(await raw('command', call)))
    expect(answer).toMatchObject({ done: false, error: { code: 'request.invalid' } })
  })

  test('what nests too deep to be looked at is refused, and the hub goes on', async () => {
    let policy: Record<string, unknown> = {}
    for (let depth = 0; depth < 3_500; depth++) policy = { a: policy }
    const params = { flow: 'greeting', autonomy: null, policy, revision: 0, reason: null }
    const call = { key, command: { name: 'flow.set', params } }
    const answer = await patiently(async () => CommandAnswer.parse(await raw('command', call)))
    expect(answer).toMatchObject({ done: false, error: { code: 'request.invalid' } })
  })

  test('another event is refused', async () => {
    const answer = await patiently(async () => CommandAnswer.parse(await raw('query', {})))
    expect(answer).toMatchObject({ error: { code: 'request.unknown' } })
  })

  test('and without an answer to give, nothing happens', async () => {
    pageOf('auditor').socket.emit('command', 7)
    pageOf('auditor').socket.emit('query')
    const answer = await patiently(async () => CommandAnswer.parse(await raw('query', {})))
    expect(answer).toMatchObject({ error: { code: 'request.unknown' } })
  })
})

test('who asks too fast is told how long to wait, and is let in again', async () => {
  const page = await come(await signInLive(stage, 'li', ['manager']))
  const answers = await Promise.all(
    // More than the burst, and than what is let in anew while a busy machine reads them.
    Array.from({ length: 120 }, () => page.ask({ name: 'device.release', params: { device: 'robot-1' } })),
  )
  const refused = answers.filter((answer) => !answer.done)
  expect(refused.length).toBeGreaterThan(0)
  expect(answers.length - refused.length).toBeGreaterThan(35)
  for (const answer of refused) expect(answer).toMatchObject({ error: { code: 'hub.busy' } })
  expect(await page.insist({ name: 'resume', params: {} })).toMatchObject({ done: true })
  page.leave()
})

test('two hundred commands from two pages at once leave both with what the hub holds', async () => {
  const cookies = [await signInLive(stage, 'ann', ['manager']), await signInLive(stage, 'bob', ['manager'])]
  const two = await Promise.all(cookies.map((cookie) => come(cookie)))
  const racing = two.map(async (page, index) => {
    for (let n = 0; n < 100; n++) {
      const device = n % 3 === 0 ? 'robot-1' : 'camera-1'
      const isHold = (n + index) % 2 === 0
      const command: DeskCommand = isHold
        ? { name: 'device.hold', params: { device, forMs: null } }
        : { name: 'device.release', params: { device } }
      const key = { boot: `racing-${index}`, n: n + 1 }
      const answer = await page.insist(command, key)
      // Only what the other has at this moment cannot be taken from him.
      if (!isHold || answer.done) expect(answer).toMatchObject({ done: true })
      else expect(answer).toMatchObject({ error: { code: 'device.held' } })
    }
  })
  await Promise.all(racing)
  const last = await come(cookies[0] as string)
  for (const page of two) {
    await page.until(({ have }) => (have?.n ?? 0) >= (last.have?.n ?? 0))
    expect(contentOf(page.copy)).toEqual(contentOf(last.copy))
    expect(page.snapshots).toBe(1)
    page.leave()
  }
  for (const device of ['robot-1', 'camera-1'])
    expect(last.copy.devices.get(device)?.willingness).toBe(
      stage.engine.state.devices.get(device)?.willingness,
    )
  last.leave()
})

test('a hub that starts anew does not do it again, and a page begins with everything', async () => {
  const cookie = await signInLive(stage, 'ann', ['manager'])
  const before = await come(cookie)
  const key = { boot: 'over-restart', n: 1 }
  const command = { name: 'device.out-of-service', params: { device: 'tickets-1' } } as const
  expect(await before.ask(command, key)).toMatchObject({ done: true })
  const { have, copy } = before
  const { disk, folder, port } = stage
  await stage.stop()
  expect(before.last('over')).toEqual({ why: 'stopping' })
  stage = await raiseLive({ disk, folder })
  // The session outlives the restart; the name of its cookie has the port in it.
  const again = cookie.replace(String(port), String(stage.port))
  const after = await come(again, { have, copy })
  expect(after.snapshots).toBe(1)
  expect(after.have?.run).not.toBe(have?.run)
  expect(after.copy.devices.get('tickets-1')?.willingness).toBe('out-of-service')
  const release = { name: 'device.release', params: { device: 'tickets-1' } } as const
  await after.ask(release, { boot: 'over-restart', n: 2 })
  expect(await after.ask(command, key)).toMatchObject({ done: true, seq: null })
  await after.until(({ copy: now }) => now.devices.get('tickets-1')?.willingness === 'open')
  after.leave()
})
