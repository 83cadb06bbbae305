/** An expert works from afar: their line tells of calls and experts, and of nobody who walks through the branch. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseBranchFile } from '#hub/branch/load.ts'
import type { CallCommand } from '#hub/calls/commands.ts'
import type { LiveDelta, LiveSnapshot } from '#protocol/desk/live/line.ts'
import { liveTableNames } from '#protocol/desk/live/tables.ts'
import { labFile } from '../look-lab.ts'
import { remove } from '../support.ts'
import { connectPage, contentOf, type LiveStage, raiseLive, signInLive, type TestPage } from './support.ts'

let stage: LiveStage
let manager: string
let expert: string
let both: string

beforeAll(async () => {
  stage = await raiseLive()
  manager = await signInLive(stage, 'li', ['manager'])
  expert = await signInLive(stage, 'ann', ['expert'])
  both = await signInLive(stage, 'bo', ['expert', 'staff'])
})
afterAll(async () => {
  await stage.stop()
  remove(stage.folder)
})

const shown = ['branch', 'people', 'services', 'zones']

const somebodyComes = async (track: string, ticket: string) => {
  await stage.send({
    kind: 'event',
    device: 'camera-1',
    name: 'visitor.detected',
    data: { track, zone: 'entrance', confidence: 1 },
  })
  await stage.send({
    kind: 'event',
    device: 'tickets-1',
    name: 'ticket.issued',
    data: { ticket, service: 'cash' },
  })
}

const filled = ({ copy }: TestPage) => liveTableNames.filter((name) => copy[name].size > 0)

test('neither in what it gets at first, nor in what changes, nor in what it missed', async () => {
  await somebodyComes('t1', 'A001')
  const [far, near, twice] = [expert, manager, both].map((cookie) => connectPage(stage.port, cookie)) as [
    TestPage,
    TestPage,
    TestPage,
  ]
  for (const page of [far, near, twice]) await page.until(({ snapshots }) => snapshots === 1)
  expect(filled(far).toSorted()).toEqual(shown)
  await somebodyComes('t2', 'A002')
  await near.until(({ copy }) => copy.tickets.size === 2 && copy.visits.size >= 2)
  await twice.until(({ copy }) => copy.tickets.size === 2)
  await far.until(({ have }) => have?.n === near.have?.n)
  expect(filled(far).toSorted()).toEqual(shown)
  // Where robots and people are is told to no page of an expert.
  expect(far.heard).not.toContain('positions')
  expect(near.heard).toContain('positions')

  const { have, copy } = far
  far.leave()
  await somebodyComes('t3', 'A003')
  await stage.send({ kind: 'command', command: { name: 'duty', person: 'wang', onDuty: false, by: 'li' } })
  await near.until((page) => page.copy.tickets.size === 3 && page.copy.people.get('wang')?.onDuty === false)
  const again = connectPage(stage.port, expert, { ...(have !== undefined && { have }), copy })
  await again.until((page) => page.copy.people.get('wang')?.onDuty === false)
  expect(again.snapshots).toBe(0)
  expect(filled(again).toSorted()).toEqual(shown)
  for (const name of shown as 'zones'[])
    expect(contentOf(again.copy)[name]).toEqual(contentOf(near.copy)[name])
  for (const page of [again, near, twice]) page.leave()
})

const withExperts = () => {
  const people = ['ann', 'cai', 'dan'].map((id) => `    - { id: ${id}, title: { en: ${id} } }`).join('\n')
  const devices = 'devices:\n  - { id: kiosk-1, kind: kiosk, zone: entrance }'
  const yaml = `${labFile.replace('devices:', devices)}experts:\n  people:\n${people}\n`
  return parseBranchFile(yaml, (_, policy) => policy)
}

/** Every word about calls that ever came over the line of a page. */
const listens = ({ socket }: TestPage): (() => string) => {
  const all: unknown[] = []
  socket.on('snapshot', ({ rows }: LiveSnapshot) => all.push(rows.calls))
  socket.on('delta', ({ changes }: LiveDelta) => all.push(changes.calls))
  return () => JSON.stringify(all)
}

const does = (command: CallCommand) => stage.send({ kind: 'command', command })
const callRow = () => stage.engine.read(({ calls }) => calls.values().at(-1))
const isThere = async (expert: string) => {
  await does({ name: 'expert.line', expert, here: true, by: 'hub' })
  await does({ name: 'expert.presence', expert, presence: 'available', reason: null, by: expert })
}
const joins = async (participant: string) =>
  does({ name: 'call.joined', call: (await callRow())?.id ?? '', participant, by: 'hub' })
const accepts = async (by: string) => {
  const row = await callRow()
  const ring = row?.ring?.id ?? row?.guest?.ring?.id ?? ''
  await does({ name: 'call.accept', call: row?.id ?? '', ring, by })
  await joins(`expert:${by}`)
}

test('what is written down in a call is told to whom it rings for, who is in it, and who leads: to no other expert', async () => {
  await stage.send({ kind: 'config', file: withExperts(), revision: 1, by: 'operator' })
  await stage.send({ kind: 'presence', device: 'kiosk-1', presence: { status: 'online' } })
  const names = ['ann', 'cai', 'dan', 'lou'] as const
  const cookies = new Map<string, string>([['ann', expert]])
  for (const name of ['cai', 'dan']) cookies.set(name, await signInLive(stage, name, ['expert']))
  cookies.set('lou', await signInLive(stage, 'lou', ['lead']))
  const page = (name: string, wishes: object = {}) => connectPage(stage.port, cookies.get(name), wishes)
  const [ann, cai, dan, lou] = names.map((name) => page(name)) as [TestPage, TestPage, TestPage, TestPage]
  const said = [ann, cai, dan, lou].map(listens)
  const told = () => said.map((words) => words())
  const settle = async () => {
    await lou.until(({ copy }) => copy.calls.size === 1)
    const { n = 0 } = lou.have ?? {}
    for (const one of [ann, cai, dan]) await one.until(({ have }) => (have?.n ?? 0) >= n)
  }
  const knows = (word: string) => told().map((words) => words.includes(word))

  await isThere('ann')
  await stage.send({
    kind: 'event',
    device: 'kiosk-1',
    name: 'help.requested',
    data: { reason: 'expert', language: 'zh' },
  })
  await lou.until(({ copy }) => [...copy.calls.values()].some(({ state }) => state === 'ringing'))
  await accepts('ann')
  const call = (await callRow())?.id ?? ''
  await does({ name: 'call.note', call, notes: 'wants-a-loan', by: 'ann' })
  await lou.until(({ copy }) => copy.calls.get(call)?.notes === 'wants-a-loan')
  await settle()
  expect(knows('wants-a-loan')).toEqual([true, false, false, true])
  expect(dan.copy.calls.get(call)).toMatchObject({ state: 'in-call', expert: 'ann', notes: '' })

  await isThere('cai')
  const asked = { group: null, expert: 'cai', mode: 'invite', why: 'her-arrears' } as const
  await does({ name: 'call.invite', call, ...asked, by: 'ann' })
  await cai.until(({ copy }) => copy.calls.get(call)?.notes === 'wants-a-loan')
  await accepts('cai')
  await does({ name: 'call.guest-note', call, notes: 'not-for-all', by: 'cai' })
  await lou.until(({ copy }) => copy.calls.get(call)?.guest?.notes === 'not-for-all')
  await settle()
  for (const word of ['wants-a-loan', 'her-arrears', 'not-for-all'])
    expect(knows(word), word).toEqual([true, true, false, true])

  await does({ name: 'call.leave', call, by: 'cai' })
  await does({ name: 'call.note', call, notes: 'later-words', by: 'ann' })
  await lou.until(({ copy }) => copy.calls.get(call)?.notes === 'later-words')
  await settle()
  expect(knows('later-words')).toEqual([true, false, false, true])
  expect(knows('wants-a-loan')[2]).toBe(false)
  expect(cai.copy.calls.get(call)).toMatchObject({ notes: '', guests: [{ expert: 'cai', notes: '' }] })

  const { have, copy } = dan
  dan.leave()
  await does({ name: 'call.note', call, notes: 'while-away', by: 'ann' })
  await lou.until((one) => one.copy.calls.get(call)?.notes === 'while-away')
  const again = page('dan', { have, copy })
  const anew = page('dan')
  const later = [listens(again), listens(anew)]
  const { n = 0 } = lou.have ?? {}
  for (const one of [again, anew]) await one.until(({ have: has }) => (has?.n ?? 0) >= n)
  expect([again.snapshots, anew.snapshots]).toEqual([0, 1])
  expect(later.map((words) => /while-away|wants-a-loan|not-for-all/.test(words()))).toEqual([false, false])

  await isThere('dan')
  const onward = { group: null, expert: 'dan', note: 'please-go-on' }
  await does({ name: 'call.hand-over', call, ...onward, by: 'ann' })
  await anew.until((one) => one.copy.calls.get(call)?.notes.includes('please-go-on') === true)
  await ann.until((one) => one.copy.calls.get(call)?.state === 'ringing')
  expect(ann.copy.calls.get(call)).toMatchObject({ notes: '', ring: { experts: ['dan'] } })
  for (const one of [ann, cai, lou, again, anew]) one.leave()
})
